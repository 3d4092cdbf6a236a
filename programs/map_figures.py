"""One measure of all RW for the needs map: values, classes and the legend that counts them.

The tiles of the home page are classed by the same functions from the same sums (`programs.queries.figures_of_map`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from programs.models import AidType, Priority
from programs.queries import AidFigures
from programs.wording import aid_in_sentence
from regions import notation
from regions.classes import Classes, ClassRow, classes_for

# Fifths of the target; shifted by one because class 0 means that there is no target.
COVERAGE_CLASSES = Classes((21, 41, 61, 81))
PRIORITY_LEVELS = {Priority.NORMAL: 2, Priority.HIGH: 4, Priority.URGENT: 5}


class Measure(StrEnum):
    """What the map shows; the words of `?ukuran=`."""

    MISSING = "kurang"
    COVERAGE = "cakupan"
    PRIORITY = "prioritas"
    DELIVERED = "sampai"
    FAMILIES = "keluarga"

    @property
    def label(self) -> str | Promise:
        return _LABELS[self]

    @property
    def ramp(self) -> str:
        """The letter of its colours: k (how much is missing) or c (how much has arrived)."""
        return "c" if self in (Measure.COVERAGE, Measure.DELIVERED) else "k"


_LABELS = {
    Measure.MISSING: gettext_lazy("Masih kurang"),
    Measure.COVERAGE: pgettext_lazy("map", "Cakupan"),
    Measure.PRIORITY: gettext_lazy("Prioritas"),
    Measure.DELIVERED: gettext_lazy("Sudah sampai"),
    Measure.FAMILIES: gettext_lazy("Keluarga"),
}


@dataclass(frozen=True, slots=True)
class LegendRow:
    """One class: its CSS class, its bounds in words, and how many RW are in it."""

    css: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class MapFigures:
    """`levels`: code → class 1–5; a code that is not in it has nothing to show. `said`: code → value in words."""

    title: str
    ramp: str
    levels: Mapping[str, int]
    said: Mapping[str, str]
    legend: tuple[LegendRow, ...]


def map_figures(
    measure: Measure,
    aid_type: AidType,
    figures: Mapping[str, AidFigures],
    families: Mapping[str, int],
    total: int,
) -> MapFigures:
    """The measure for RW. `figures` and `families` by code; `total`: how many RW there are in all."""
    if measure is Measure.FAMILIES:
        return _counted(measure, _("Keluarga per RW"), families, total, _("belum didata"), _("keluarga"))
    if measure is Measure.COVERAGE:
        return _coverage(aid_type, figures, total)
    if measure is Measure.PRIORITY:
        return _priority(aid_type, figures, total)
    unit = aid_type.unit_name
    if measure is Measure.DELIVERED:
        arrived = {code: one.received for code, one in figures.items() if one.received}
        title = _("%(aid)s yang sudah sampai, menurut berita acara") % {"aid": aid_type.title}
        return _counted(measure, title, arrived, total, _("belum ada yang sampai"), unit)
    missing = {code: one.missing for code, one in figures.items() if one.missing}
    title = _("%(aid)s yang masih kurang") % {"aid": aid_type.title}
    return _counted(measure, title, missing, total, _("tanpa target, atau sudah penuh"), unit)


def _counted(
    measure: Measure, title: str, values: Mapping[str, int], total: int, nothing: str, unit: str
) -> MapFigures:
    ramp = measure.ramp
    classes = classes_for(values.values())
    rows = [
        LegendRow(f"{ramp}{row.level}", range_in_words(row), row.count)
        for row in classes.rows(values.values())
    ]
    return MapFigures(
        title=title,
        ramp=ramp,
        levels={code: classes.level(value) for code, value in values.items() if value},
        said={code: f"{notation.number(value)} {unit}" for code, value in values.items() if value},
        legend=(*rows[::-1], LegendRow("k0", nothing, total - sum(row.count for row in rows))),
    )


def _coverage(aid_type: AidType, figures: Mapping[str, AidFigures], total: int) -> MapFigures:
    percents = {code: one.percent for code, one in figures.items() if one.target}
    levels = {code: COVERAGE_CLASSES.level(percent + 1) for code, percent in percents.items()}
    rows = [
        LegendRow(
            f"c{level}",
            f"{(level - 1) * 20}–{level * 20 - 1 if level < 5 else 100}%",
            sum(found == level for found in levels.values()),
        )
        for level in range(5, 0, -1)
    ]
    return MapFigures(
        title=_("%(aid)s: bagian target yang sudah diterima") % {"aid": aid_type.title},
        ramp="c",
        levels=levels,
        said={code: _("%(percent)s%% diterima") % {"percent": percent} for code, percent in percents.items()},
        legend=(*rows, LegendRow("k0", _("tanpa target"), total - len(levels))),
    )


def _priority(aid_type: AidType, figures: Mapping[str, AidFigures], total: int) -> MapFigures:
    found = {code: Priority(one.priority) for code, one in figures.items() if one.priority}
    rows = [
        LegendRow(f"k{level}", str(priority.label), sum(one == priority for one in found.values()))
        for priority, level in reversed(PRIORITY_LEVELS.items())
    ]
    return MapFigures(
        title=_("Prioritas kebutuhan %(aid)s yang terbuka") % {"aid": aid_in_sentence(aid_type)},
        ramp="k",
        levels={code: PRIORITY_LEVELS[priority] for code, priority in found.items()},
        said={code: str(priority.label) for code, priority in found.items()},
        legend=(*rows, LegendRow("k0", _("tidak ada yang terbuka"), total - len(found))),
    )


def range_in_words(row: ClassRow) -> str:
    """ "200 lebih", "100–199"."""
    lower = notation.number(row.lower)
    if row.upper is None:
        return _("%(lower)s lebih") % {"lower": lower}
    return lower if row.upper == row.lower else f"{lower}–{notation.number(row.upper)}"


def in_words(measure: Measure, one: AidFigures, unit: str) -> str:
    """The measure of any sums of one aid type: "300 paket", "40% diterima", "mendesak"; "" for nothing to show."""
    if measure is Measure.COVERAGE:
        return _("%(percent)s%% diterima") % {"percent": one.percent} if one.target else ""
    if measure is Measure.PRIORITY:
        return str(Priority(one.priority).label) if one.priority else ""
    value = one.received if measure is Measure.DELIVERED else one.missing
    return f"{notation.number(value)} {unit}" if value else ""


def is_marked(measure: Measure, one: AidFigures) -> bool:
    """Whether an institution's mark is filled: something is missing, or for measures of what came, has come.

    What an institution and what a whole RW needs are of different sizes, so classes of RW would say nothing here.
    """
    return bool(one.received if measure.ramp == "c" else one.missing)
