"""The register of assets in the columns of a region's inventory book, for who keeps that book.

Its words are Indonesian whatever the reader's language: they are the headings of an official form. Columns 2, 7 and 10
are the office's to fill in: the code of goods, the material and the size are not known here.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import override

from donations.assets.models import Asset
from donations.assets.states import CONDITION_LETTERS, AssetState, Condition
from donations.deliveries.wording import amount
from regions.notation import rupiah, when

Cell = str | int
# The fifteen columns of the "Buku Inventaris" (ADR 16), then what leads back to the platform.
BOOK = (
    "No. urut", "Kode barang", "Register", "Nama/jenis barang", "Merek/tipe", "No. sertifikat / pabrik / rangka / mesin",
    "Bahan", "Asal/cara perolehan barang", "Tahun perolehan", "Ukuran barang / konstruksi (P, S, D)", "Satuan",
    "Keadaan barang (B/KB/RB)", "Jumlah barang", "Harga (Rp)", "Keterangan",
)  # fmt: skip
MORE = (
    "Nomor aset", "Kode KSBB", "Program", "Milik", "Kode wilayah", "Tempat", "Letak", "Jabatan penanggung jawab",
    "Tanggal diterima", "Nomor BAST", "Harga satuan (Rp)", "Diperiksa terakhir", "Pemeriksaan berikut", "Catatan aset",
)  # fmt: skip
HEADS = (*BOOK, *MORE)
# What the printed book shows in a row; a spreadsheet has them all.
PRINTED = len(BOOK)


def rows(assets: Iterable[Asset]) -> Iterator[list[Cell]]:
    """The cells of each asset, in the order of HEADS; `assets` as `for_rows` reads them."""
    for number, asset in enumerate(assets, 1):
        # Each row by itself: a generator that waits between two rows would leave its language to others.
        with override("id"):
            row = [number, *_book(asset), *_more(asset)]
        yield row


def _book(asset: Asset) -> list[Cell]:
    return [
        "", f"{asset.register:04d}", asset.aid_type.name, asset.brand, asset.serial, "", _origin(asset),
        asset.received_on.year, "", asset.aid_type.unit, CONDITION_LETTERS[Condition(asset.condition)], asset.count,
        "" if asset.value is None else asset.value, _remarks(asset),
    ]  # fmt: skip


def _more(asset: Asset) -> list[Cell]:
    return [
        asset.number, asset.code_in_groups, asset.program.name, str(asset.owner_label), asset.region_id,
        asset.recipient_name, asset.place, asset.custodian, asset.received_on.isoformat(),
        str(asset.handover_line.handover.number), "" if asset.unit_value is None else asset.unit_value,
        asset.checked_on.isoformat() if asset.checked_on else "",
        asset.next_check_on.isoformat() if asset.next_check_on else "", str(asset.state_label),
    ]  # fmt: skip


def _origin(asset: Asset) -> str:
    """A gift through KSBB, of whom where they may be named, and the report that proves it."""
    giver = f" dari {asset.giver_name}" if asset.giver_name else ""
    return f"Hibah melalui KSBB{giver}, BAST {asset.handover_line.handover.number}"


def _remarks(asset: Asset) -> str:
    said: list[Any] = [asset.description, asset.owner_label]
    if asset.condition == Condition.LOST:
        said.append("hilang")
    if asset.is_lot and asset.unit_value is not None:
        said.append(f"{amount(asset.aid_type, 1)} {rupiah(asset.unit_value)}")
    if asset.state == AssetState.WRITTEN_OFF:
        said.append(f"dihapus, {asset.written_off_document}")
    if asset.checked_on:
        said.append(f"diperiksa {when(asset.checked_on, 'day')}")
    return "; ".join(str(one) for one in said if one)
