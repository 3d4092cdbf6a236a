"""What those do who keep an asset: say what it is, look after it, part one from a lot."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models.functions import Upper
from django.utils.translation import gettext as _

from accounts import clock
from accounts.actions import Performance, perform
from accounts.errors import Refused
from accounts.models import User
from accounts.once import hold_key
from accounts.photos import Photo
from donations.assets.due import next_check
from donations.assets.models import Asset, AssetPhoto
from donations.assets.sheet import Faulty, Row
from donations.assets.states import AssetState, Condition
from donations.handovers.models import HandoverLine

FIELDS = ("description", "brand", "serial", "owner", "place", "custodian", "custodian_name")
# Of a person: that it changed is told, not to what.
NAMES = frozenset({"custodian_name"})


def describe(*, asset: Asset, by: User | None, photo: Photo | None = None, **fields: str) -> Asset:
    """Say what it is, where, and with whom. `fields`: those of FIELDS; whose it is can be said once, then by moving it.

    `photo`: a picture that everybody may see.
    """
    unknown = set(fields) - set(FIELDS)
    if unknown:
        raise TypeError(f"not part of an asset: {sorted(unknown)}")
    with _one_serial(), perform(asset, "describe", by=by) as act:
        subject = act.subject
        if subject.described_at and fields.get("owner", subject.owner) != subject.owner:
            raise Refused(
                _("Pemiliknya sudah tercatat. Untuk menggantinya, asesor mengalihkan aset ini."),
                field="owner",
            )
        for name, value in fields.items():
            value = " ".join(value.split())
            if value != getattr(subject, name):
                act.data[name] = True if name in NAMES else [getattr(subject, name), value]
                setattr(subject, name, value)
        if subject.serial and subject.is_lot:
            raise Refused(
                _("Nomor seri hanya untuk satu barang. Pisahkan dulu satu barang dari kelompok ini."),
                field="serial",
            )
        _check_serial(subject)
        subject.described_at = subject.described_at or clock.now()
        _add_photo(act, photo, is_public=True)
    return act.subject


@transaction.atomic
def describe_sheet(*, assets: Collection[Asset], rows: Sequence[Row], by: User | None) -> list[Asset]:
    """Write the serial numbers of a whole sheet down, all or none. Raises `Faulty` with what is wrong in which row.

    `assets`: those of one line of a report that the person has; a row without a register number goes to the next of
    them that has no serial number yet. What is written down there already is left as it is: a sheet may come twice.
    """
    hold_key(f"assets of {min(asset.handover_line_id for asset in assets)}")
    keys = [asset.pk for asset in assets]
    records = {
        asset.register: asset
        for asset in Asset.objects.filter(pk__in=keys, state=AssetState.KEPT, count=1).order_by("register")
    }
    named = {row.register for row in rows}
    free = (number for number, asset in records.items() if not asset.serial and number not in named)
    faults: list[tuple[int, str]] = []
    wanted: list[tuple[Row, Asset]] = []
    taken = _serials(assets, {row.serial.upper() for row in rows})
    for row in rows:
        holder = taken.get(row.serial.upper())
        if holder and holder.pk in keys and row.register in (None, holder.register):
            continue
        number = row.register if row.register is not None else next(free, None)
        asset = records.get(number) if number is not None else None
        if number is None:
            faults.append((row.number, _("Tidak ada lagi barang yang belum bernomor seri.")))
        elif asset is None:
            faults.append(
                (row.number, _("Tidak ada barang bernomor register %(n)s di sini.") % {"n": number})
            )
        elif holder:
            faults.append(
                (row.number, _("Nomor seri %(serial)s sudah dipakai barang lain.") % {"serial": row.serial})
            )
        else:
            wanted.append((row, asset))
    if faults:
        raise Faulty(faults)
    return [
        describe(asset=asset, by=by, serial=row.serial, brand=row.brand or asset.brand)
        for row, asset in wanted
    ]


def _serials(assets: Collection[Asset], serials: Collection[str]) -> dict[str, Asset]:
    """Who has which of these serial numbers (in capitals) among things of the same aid types."""
    rows = Asset.objects.filter(aid_type__in={asset.aid_type_id for asset in assets}).exclude(serial="")
    return {one.serial.upper(): one for one in rows.annotate(key=Upper("serial")).filter(key__in=serials)}


def check(
    *, asset: Asset, condition: str, by: User | None, note: str = "", photo: Photo | None = None
) -> Asset:
    """Write down how it is. Anything but good wants a note; the day of the next check follows."""
    if condition != Condition.GOOD and not note.strip():
        raise Refused(_("Tuliskan apa yang rusak, atau sejak kapan hilang."), field="note")
    with perform(asset, "check", by=by, reason=note, condition=condition) as act:
        subject = act.subject
        subject.condition, subject.checked_on = condition, clock.today()
        subject.next_check_on = next_check(subject.received_on, subject.checked_on, condition)
        _add_photo(act, photo, is_public=False)
    return act.subject


@transaction.atomic
def check_together(*, assets: Collection[Asset], by: User | None) -> int:
    """Say of several that somebody looked at each and found it good; how many. Sent twice a day it is one check."""
    hold_key(f"assets checked by {by.pk if by else 0}")
    keys = [asset.pk for asset in assets]
    done = Asset.objects.filter(pk__in=keys, condition=Condition.GOOD, checked_on=clock.today())
    for asset in Asset.objects.filter(pk__in=keys).exclude(pk__in=done).order_by("pk"):
        check(asset=asset, condition=Condition.GOOD, by=by)
    return len(keys)


@transaction.atomic
def split(*, asset: Asset, count: int, by: User | None) -> Asset:
    """Part so many from a lot; they become a record of their own, with the same facts and a code of its own."""
    line = HandoverLine.objects.select_for_update().get(pk=asset.handover_line_id)
    with perform(asset, "split", by=by, count=count) as act:
        if not 1 <= count < act.subject.count:
            raise Refused(
                _("Tulis jumlah dari 1 sampai %(most)s.") % {"most": act.subject.count - 1}, field="count"
            )
        act.subject.count -= count
        last = (
            Asset.objects.filter(handover_line=line).order_by("-register").values_list("register", flat=True)
        )
        copied = (
            "handover_line_id", "program_id", "aid_type_id", "description", "brand", "owner", "region_id", "site_id",
            "place", "custodian", "custodian_name", "unit_value", "received_on", "condition", "checked_on",
            "next_check_on",
        )  # fmt: skip
        values: dict[str, Any] = {name: getattr(act.subject, name) for name in copied}
        part = Asset(register=last[0] + 1, count=count, registered_at=clock.now(), **values)
        with perform(part, "part", by=by, **{"from": act.subject.pk, "count": count}):
            pass
        act.data["part"] = part.pk
    return part


def _check_serial(asset: Asset) -> None:
    others = Asset.objects.filter(aid_type=asset.aid_type_id).exclude(pk=asset.pk).exclude(serial="")
    if asset.serial and others.annotate(key=Upper("serial")).filter(key=asset.serial.upper()).exists():
        raise _serial_is_taken()


def _serial_is_taken() -> Refused:
    return Refused(
        _("Nomor seri ini sudah dipakai barang lain yang sejenis. Periksa lagi."),
        field="serial",
        code="serial_taken",
    )


@contextmanager
def _one_serial() -> Iterator[None]:
    """Two who write the same number at once: the database lets one of them."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if "asset_serial_once_an_aid_type" not in str(error):
            raise
        raise _serial_is_taken() from error


def _add_photo(act: Performance, photo: Photo | None, *, is_public: bool) -> None:
    """Keep a photo with the verb; the same file twice is one photo."""
    if photo is None:
        return
    kept = act.subject.photos.filter(sha256=photo.sha256, is_public=is_public).first()
    if kept is None:
        kept = AssetPhoto.objects.create(
            asset=act.subject, image=photo.file, is_public=is_public, sha256=photo.sha256, taken_at=photo.taken_at,
            latitude=photo.latitude, longitude=photo.longitude, added_at=clock.now(),
        )  # fmt: skip
    act.data["photo"] = kept.pk
