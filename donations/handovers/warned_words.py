"""Warnings in the reader's words: what was compared, with its figure."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, ngettext_lazy

from donations.handovers.warnings import WEIGHTS
from regions.notation import duration, number

# Up to here it is told in the colour of a warning; what weighs less, as a note.
HEAVY = 50
TEXTS: dict[str, Any] = {
    "photo_same": ngettext_lazy("%(photos)s: berkasnya sama persis dengan foto pada %(reports)s.",
                     "%(photos)s: berkasnya sama persis dengan foto pada %(reports)s.", "n"),
    "photo_alike": ngettext_lazy("%(photos)s mirip foto pada %(reports)s: %(same)s dari 64 ciri gambarnya sama.",
                      "%(photos)s mirip foto pada %(reports)s: %(same)s dari 64 ciri gambarnya sama.", "n"),
    "party": _("Pelapor juga anggota %(names)s, yang memberi atau mengantar kiriman ini."),
    "two_places": _("%(report)s dari pelapor yang sama berselisih %(span)s, padahal tempatnya %(km)s km dari sini."),
    "place_outside": _("Posisi laporan %(metres)s m di luar batas penerima."),
    "photo_outside": ngettext_lazy("%(photos)s diambil di luar batas penerima, sejauh %(metres)s m.",
                        "%(photos)s diambil di luar batas penerima, paling jauh %(metres)s m.", "n"),
    "photo_elsewhere": ngettext_lazy("%(photos)s diambil %(metres)s m dari posisi laporannya.",
                          "%(photos)s diambil sampai %(metres)s m dari posisi laporannya.", "n"),
    "photo_early": ngettext_lazy("Menurut telepon, %(photos)s diambil %(span)s sebelum kiriman tercatat berangkat.",
                      "Menurut telepon, %(photos)s diambil sampai %(span)s sebelum kiriman tercatat berangkat.", "n"),
    "photo_late": ngettext_lazy("Menurut telepon, %(photos)s diambil %(span)s sesudah laporan diajukan.",
                     "Menurut telepon, %(photos)s diambil sampai %(span)s sesudah laporan diajukan.", "n"),
    "arrival_early": _("Jam tibanya %(span)s lebih awal daripada keberangkatan yang tercatat."),
    "before_arrival": _("Laporan diajukan %(span)s sebelum jam tiba yang tertulis."),
    "soon": _("Laporan diajukan %(span)s sesudah kiriman tercatat berangkat."),
    "place_zero": _("Posisi laporan 0,0: telepon tidak tahu letaknya."),
    "photo_zero": ngettext_lazy("%(photos)s berposisi 0,0: telepon tidak tahu letaknya.",
                     "%(photos)s berposisi 0,0: telepon tidak tahu letaknya.", "n"),
    "photo_empty": ngettext_lazy("%(photos)s hampir tanpa gambar.", "%(photos)s hampir tanpa gambar.", "n"),
    "photo_dark": ngettext_lazy("%(photos)s hampir gelap.", "%(photos)s hampir gelap.", "n"),
    "same_counts": ngettext_lazy(
        "Jumlah pada %(lines)s barang persis sama dengan %(report)s, laporan terakhir penerima ini.",
        "Jumlah pada %(lines)s barang persis sama dengan %(report)s, laporan terakhir penerima ini.", "n"),
    "round": _("Semua hitungan berupa puluhan bulat, padahal tidak sama dengan yang dikirim."),
    "photo_clock": ngettext_lazy("Jam telepon pada %(photos)s meleset %(years)s tahun dari saat diajukan.",
                      "Jam telepon pada %(photos)s meleset sampai %(years)s tahun dari saat diajukan.", "n"),
    "clock": _("Jam telepon pelapor meleset %(span)s ketika laporan dikirim."),
    "photo_burst": _("%(n)s foto diambil dalam %(seconds)s detik."),
    "nothing_wrong": _("Dalam %(n)s laporan berturut-turut pelapor ini tidak mencatat yang rusak atau tidak ada."),
}  # fmt: skip
APPROXIMATE = _("Batasnya perkiraan.")
HABIT = _("Begitu pula %(habit)s dari %(of)s laporan pelapor ini sebelumnya.")
FROM_CENTRE = _("Diukur dari pusatnya, sebab batasnya belum dimuat.")


@dataclass(frozen=True, slots=True)
class Told:
    """One warning on a page."""

    code: str
    text: str
    is_heavy: bool


def told(findings: Iterable[dict[str, Any]]) -> list[Told]:
    """What is kept as JSON, in words; a code that the platform no longer knows is left out."""
    return [
        Told(
            code=one["code"],
            text=_text(one["code"], one["figures"]),
            is_heavy=WEIGHTS[one["code"]] >= HEAVY,
        )
        for one in findings
        if one["code"] in TEXTS
    ]


def _text(code: str, figures: dict[str, Any]) -> str:
    photos: list[int] = figures.get("photos", [])
    words: dict[str, Any] = {
        name: number(value, 1 if isinstance(value, float) else 0)
        for name, value in figures.items()
        if isinstance(value, (int, float)) and not isinstance(value, bool)
    }
    words["photos"] = _named(photos)
    words["reports"] = listed([_report(one, figures.get("older", ())) for one in figures.get("reports", [])])
    words["names"] = listed(figures.get("names", []))
    if "report" in figures:
        words["report"] = f"BAST\u00a0{figures['report']}"
    if "minutes" in figures:
        words["span"] = _span(figures["minutes"])
    pattern: str | Promise = TEXTS[code]
    # The plural of a lazy ngettext is chosen by "n".
    text = str(pattern % {**words, "n": figures.get("n", figures.get("lines", len(photos)))})
    if figures.get("habit"):
        text = f"{text} {HABIT % words}"
    if figures.get("centre"):
        return f"{text} {FROM_CENTRE}"
    return f"{text} {APPROXIMATE}" if figures.get("approximate") else text


def _report(number: str, older: Collection[str]) -> str:
    """ "BAST 9/31.74/2026", and that only an older version of it is meant."""
    named = f"BAST\u00a0{number}"
    return _now("%(report)s (versi lama)") % {"report": named} if number in older else named


def _span(minutes: int) -> str:
    if minutes < 1:
        return _now("kurang dari 1\u00a0menit")
    return _now("1\u00a0menit") if minutes == 1 else duration(timedelta(minutes=minutes))


def _named(photos: Sequence[int]) -> str:
    """ "Foto 1", "Foto 1, 3, dan 4"."""
    if not photos:
        return ""
    pattern = ngettext("Foto %(numbers)s", "Foto %(numbers)s", len(photos))
    return pattern % {"numbers": listed([number(one) for one in photos])}


def listed(parts: Sequence[str]) -> str:
    """ "a", "a dan b", "a, b, dan c"."""
    if len(parts) < 3:
        return _now(" dan ").join(parts)
    return ", ".join(parts[:-1]) + _now(", dan ") + parts[-1]
