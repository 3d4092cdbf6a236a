"""What an officer may say is to be mended when a report goes back, and in which step of the report that is done."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override


@dataclass(frozen=True, slots=True)
class Mend:
    """`label`: what the reporter reads; `step`: the page of the report."""

    code: str
    label: str | Promise
    step: str


MENDS = {
    mend.code: mend
    for mend in (
        Mend("foto-jelas", _("Foto kurang jelas, gelap, atau tidak menunjukkan barangnya"), "foto"),
        Mend("foto-lain", _("Foto bukan dari serah terima ini"), "foto"),
        Mend("jumlah", _("Jumlah tidak cocok dengan foto atau dengan yang dikirim"), "jumlah"),
        Mend("sebab", _("Sebab barang rusak atau tidak ada belum jelas"), "jumlah"),
        Mend("sesi", _("Sesi atau jumlah yang hadir keliru"), "sesi"),
        Mend("keluarga", _("Jumlah keluarga yang menerima keliru"), "keluarga"),
        Mend("pihak", _("Nama atau jabatan penerima atau saksi keliru"), "saksi"),
        Mend("tempat", _("Tempat atau posisinya keliru"), "tempat"),
        Mend("waktu", _("Tanggal atau jam tibanya keliru"), "tempat"),
        Mend("tanda-tangan", _("Tanda tangan atau lembarnya kurang jelas"), "tanda-tangan"),
    )
}


def written(codes: Iterable[str], words: str) -> str:
    """The reason as it stands in the journal, in Indonesian: what was chosen, then what was typed."""
    wanted = set(codes)
    with override("id"):
        chosen = [f"{mend.label}." for mend in MENDS.values() if mend.code in wanted]
    return " ".join([*chosen, words.strip()]).strip()


def steps_to_mend(codes: Iterable[str]) -> list[Mend]:
    """One of each step, in the order of the steps as they are listed above; codes no longer known are left out."""
    found: dict[str, Mend] = {}
    wanted = set(codes)
    for mend in MENDS.values():
        if mend.code in wanted:
            found.setdefault(mend.step, mend)
    return list(found.values())
