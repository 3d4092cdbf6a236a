"""The published definitions: every measure, what it means, and along which dimensions it is split. Pure.

Quantities add only within one aid type, so every measure of units has the aid type in each of its
dimensions. A dimension of several names joined by colons has keys of as many parts joined likewise, e.g.
`aid_type:month` "sembako:2026-11". Dimension "total" has an empty key.

A month is the one in which the thing counted happened, in Jakarta's time: a target was published, a commitment
accepted, an allocation reserved, goods arrived. What was verified counts in the month in which it arrived. The Gini
index of a month is the one at its end. A district's key is its code; what no district has yet has the city's.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

TOTAL = "total"
AID_TYPE = "aid_type"
COLLABORATOR_KIND = "collaborator_kind"
RECIPIENT_KIND = "recipient_kind"
PEOPLE_KIND = "people_kind"
MONTH = "month"
DISTRICT = "district"

RW = "rw"
"""The recipient kind of an RW; a site's is its kind."""
OPEN = "open"
"""The recipient kind of a wish that no need has yet."""

EVERY_PROGRAM = ""
"""The program code of rows that hold for all programs together."""


class Unit(StrEnum):
    """What a value counts."""

    QUANTITY = "quantity"  # units of one aid type
    MIXED = "mixed"  # units of several aid types: for shares only
    RUPIAH = "rupiah"
    COUNT = "count"
    BASIS_POINTS = "basis_points"  # 10,000 is the whole


UNIT_LABELS: dict[Unit, Promise] = {
    Unit.QUANTITY: _("satuan bentuk bantuannya"),
    Unit.MIXED: _("satuan campuran, hanya untuk bagian"),
    Unit.RUPIAH: _("rupiah"),
    Unit.COUNT: _("hitungan"),
    Unit.BASIS_POINTS: _("perseratus persen (10.000 berarti seluruhnya)"),
}


@dataclass(frozen=True, slots=True)
class Measure:
    """One published number. `anchor` names its place on the page of definitions."""

    name: str
    anchor: str
    label: Promise
    text: Promise
    unit: Unit
    dimensions: tuple[str, ...]


def _through_time(*dimensions: str) -> tuple[str, ...]:
    """Each dimension, and each by month."""
    return (*dimensions, *(MONTH if name == TOTAL else f"{name}:{MONTH}" for name in dimensions))


_PLACED = (*_through_time(AID_TYPE, f"{AID_TYPE}:{DISTRICT}"), f"{AID_TYPE}:{RECIPIENT_KIND}")
_QUANTITY = (*_PLACED, f"{AID_TYPE}:{COLLABORATOR_KIND}")
_VALUE = _through_time(TOTAL, AID_TYPE, COLLABORATOR_KIND, RECIPIENT_KIND, DISTRICT)
_WHOLE = (TOTAL, AID_TYPE, DISTRICT, f"{AID_TYPE}:{DISTRICT}")

_ALL = (
    Measure(
        "target", "target", _("Target"),
        _("Jumlah yang dibutuhkan menurut penetapan asesor, dengan alasan dan batas waktu yang dapat dibaca siapa pun. "
          "Kebutuhan yang sudah ditutup dihitung sebesar yang sudah dialokasikan."),
        Unit.QUANTITY, _PLACED),
    Measure(
        "committed", "komitmen", _("Komitmen"),
        _("Ikrar yang sudah diterima asesor. Ikrar yang menunggu jawaban tidak dihitung. Dihitung di kota penerimanya, "
          "kalau belum ada di kota yang diminta; selebihnya di baris belum ditempatkan."),
        Unit.QUANTITY, _QUANTITY),
    Measure(
        "allocated", "dialokasikan", _("Dialokasikan"),
        _("Bagian komitmen yang sudah ditetapkan untuk satu kebutuhan. Yang masih ditahan tidak dihitung."),
        Unit.QUANTITY, _QUANTITY),
    Measure(
        "delivered", "diterima", _("Diterima"),
        _("Jumlah yang diterima dalam keadaan baik menurut berita acara (BAST). Rusak dan hilang tidak dihitung."),
        Unit.QUANTITY, _QUANTITY),
    Measure(
        "verified", "terverifikasi", _("Terverifikasi"),
        _("Diterima dalam keadaan baik menurut BAST, dan BAST itu sudah diperiksa petugas yang bukan pelapornya."),
        Unit.QUANTITY, _QUANTITY),
    Measure(
        "committed_packages", "komitmen-campuran", _("Komitmen menurut jumlah, semua barang dan jasa"),
        _("Komitmen dalam paket, porsi, dan satuan lain, dijumlahkan tanpa uang. Satuannya berbeda, jadi angka ini hanya "
          "dipakai untuk bagian (persen), seperti yang diterbitkan dalam seminar tahun 2021."),
        Unit.MIXED, _VALUE),
    Measure(
        "target_value", "nilai-target", _("Nilai target"),
        _("Target dikali nilai acuan kebutuhannya, dalam rupiah. Bentuk bantuan tanpa nilai acuan tidak dihitung."),
        Unit.RUPIAH, _through_time(TOTAL, AID_TYPE, DISTRICT)),
    Measure(
        "covered_value", "nilai-tercakup", _("Nilai yang tercakup"),
        _("Bagian target yang sudah diterima, dikali nilai acuan kebutuhannya. Tiap kebutuhan paling banyak dihitung "
          "sebesar targetnya."),
        Unit.RUPIAH, (TOTAL, AID_TYPE, DISTRICT)),
    Measure(
        "committed_value", "nilai-komitmen", _("Nilai komitmen"),
        _("Komitmen dikali nilai satuan ketika diikrarkan, dalam rupiah. Uang lewat agregator dihitung satu kali."),
        Unit.RUPIAH, _VALUE),
    Measure(
        "allocated_value", "nilai-dialokasikan", _("Nilai yang dialokasikan"),
        _("Yang dialokasikan dikali nilai satuan ketika diikrarkan, dalam rupiah."),
        Unit.RUPIAH, _VALUE),
    Measure(
        "delivered_value", "nilai-diterima", _("Nilai yang diterima"),
        _("Yang diterima dalam keadaan baik dikali nilai satuan ketika diikrarkan, dalam rupiah."),
        Unit.RUPIAH, _VALUE),
    Measure(
        "verified_value", "nilai-terverifikasi", _("Nilai yang terverifikasi"),
        _("Yang terverifikasi dikali nilai satuan ketika diikrarkan, dalam rupiah."),
        Unit.RUPIAH, _VALUE),
    Measure(
        "needs", "kebutuhan", _("Kebutuhan"),
        _("Banyaknya kebutuhan yang pernah diterbitkan, juga yang dijeda atau sudah ditutup."),
        Unit.COUNT, _through_time(*_WHOLE)),
    Measure(
        "commitments", "banyak-komitmen", _("Banyaknya komitmen"),
        _("Banyaknya ikrar yang sudah diterima asesor, dihitung di kota tujuannya."),
        Unit.COUNT, _through_time(TOTAL, AID_TYPE, COLLABORATOR_KIND, RECIPIENT_KIND, DISTRICT)),
    Measure(
        "collaborators", "kolaborator", _("Kolaborator di kota ini"),
        _("Banyaknya kolaborator yang punya komitmen di kota itu. Satu kolaborator bisa dihitung di beberapa kota, jadi "
          "angka ini tidak dijumlahkan antarkota."),
        Unit.COUNT, (TOTAL, AID_TYPE)),
    Measure(
        "collaborators_province", "kolaborator-provinsi", pgettext_lazy("count", "Kolaborator"),
        _("Banyaknya kolaborator yang punya komitmen di provinsi ini, masing-masing dihitung satu kali."),
        Unit.COUNT, (TOTAL, AID_TYPE)),
    Measure(
        "people_reached", "terjangkau", _("Orang atau keluarga yang terjangkau"),
        _("Untuk tiap kebutuhan: orang atau keluarga yang dituju, dikali bagian target yang sudah diterima. Satu orang "
          "bisa dihitung lebih dari satu kali."),
        Unit.COUNT, (TOTAL, PEOPLE_KIND, DISTRICT, f"{DISTRICT}:{PEOPLE_KIND}")),
    Measure(
        "rw_targeted", "rw-bertarget", _("RW yang punya target"),
        _("Banyaknya RW dengan paling sedikit satu kebutuhan yang pernah diterbitkan."),
        Unit.COUNT, _WHOLE),
    Measure(
        "rw_reached", "rw-terjangkau", _("RW yang terjangkau"),
        _("Banyaknya RW dengan paling sedikit satu serah terima yang sudah diverifikasi."),
        Unit.COUNT, _WHOLE),
    Measure(
        "handovers_verified", "bast-terverifikasi", _("BAST terverifikasi"),
        _("Banyaknya berita acara serah terima yang sudah diperiksa petugas yang bukan pelapornya."),
        Unit.COUNT, _through_time(TOTAL, DISTRICT)),
    Measure(
        "handovers_waiting", "bast-menunggu", _("BAST yang menunggu"),
        _("Banyaknya berita acara yang sudah diajukan dan belum selesai diperiksa, juga yang disengketakan."),
        Unit.COUNT, _through_time(TOTAL, DISTRICT)),
    Measure(
        "coverage", "cakupan", _("Cakupan"),
        _("Diterima dibagi target, tiap kebutuhan paling banyak 100%. Antarbentuk bantuan ditimbang dengan nilai "
          "rupiahnya."),
        Unit.BASIS_POINTS, _WHOLE),
    Measure(
        "gini", "gini", _("Indeks Gini cakupan antar-RW di kota ini"),
        _("Seberapa tidak rata cakupan antar-RW yang punya target: 0 berarti semua RW sama, mendekati 1 berarti hanya "
          "sedikit RW yang mendapat. Di unduhan 4.312 berarti 0,4312."),
        Unit.BASIS_POINTS, _through_time(TOTAL, AID_TYPE)),
    Measure(
        "gini_province", "gini-provinsi", _("Indeks Gini cakupan antar-RW"),
        _("Seberapa tidak rata cakupan antar-RW di seluruh provinsi yang punya target: 0 berarti semua RW sama, "
          "mendekati 1 berarti hanya sedikit RW yang mendapat. Di unduhan 4.312 berarti 0,4312."),
        Unit.BASIS_POINTS, _through_time(TOTAL, AID_TYPE)),
)  # fmt: skip

EVENNESS = ("gini", "gini_province")
"""Measures that say how it was at the end of a month: none of them adds up, and none of them is 0 for want of rows."""

MEASURES: dict[str, Measure] = {measure.name: measure for measure in _ALL}

_BETWEEN = (
    Measure(
        "unallocated", "belum-dialokasikan", _("Belum dialokasikan"),
        _("Komitmen dikurangi yang dialokasikan: bagian komitmen yang belum ditetapkan untuk satu kebutuhan."),
        Unit.QUANTITY, ()),
    Measure(
        "unallocated_value", "nilai-belum-dialokasikan", _("Nilai yang belum dialokasikan"),
        _("Nilai komitmen dikurangi nilai yang dialokasikan."),
        Unit.RUPIAH, ()),
    Measure(
        "unverified", "menunggu-diperiksa", _("Menunggu diperiksa"),
        _("Diterima dikurangi terverifikasi: sudah tiba dalam keadaan baik menurut BAST yang belum selesai diperiksa, "
          "juga yang disengketakan."),
        Unit.QUANTITY, ()),
    Measure(
        "unverified_value", "nilai-menunggu-diperiksa", _("Nilai yang menunggu diperiksa"),
        _("Nilai yang diterima dikurangi nilai yang terverifikasi."),
        Unit.RUPIAH, ()),
)  # fmt: skip

DIFFERENCES: dict[str, tuple[str, str]] = {
    "unallocated": ("committed", "allocated"),
    "unallocated_value": ("committed_value", "allocated_value"),
    "unverified": ("delivered", "verified"),
    "unverified_value": ("delivered_value", "verified_value"),
}
"""Figures that pages say and no published row holds: one measure less another."""

FIGURES: dict[str, Measure] = MEASURES | {measure.name: measure for measure in _BETWEEN}
"""Everything whose rows can be asked for: the measures, and the differences between two of them."""


def is_published(measure: str, dimension: str) -> bool:
    """Whether the measure is split along that dimension."""
    return measure in MEASURES and dimension in MEASURES[measure].dimensions


def coverage_points(covered: int, target: int) -> int | None:
    """Coverage in basis points, rounded half up; None without a target."""
    return (20_000 * min(covered, target) + target) // (2 * target) if target > 0 else None


def gini_points(values: list[float]) -> int | None:
    """The Gini index of shares from 0 to 1, in basis points; None without values, or where nobody has anything."""
    ranked = sorted(values)
    whole = sum(ranked)
    if whole <= 0:
        return None
    count = len(ranked)
    weighted = sum(rank * value for rank, value in enumerate(ranked, start=1))
    return max(0, round(10_000 * (2 * weighted / (count * whole) - (count + 1) / count)))
