"""What the map shows of an indicator: the class of each region, its value in words, the legend that counts them."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from regions import notation
from regions.codes import Level, ancestors_of, level_of
from regions.models import Direction, Indicator, IndicatorValue

CLASSES = 5


@dataclass(frozen=True, slots=True)
class LayerRow:
    """A line of the legend: the CSS class of its colour, bounds in words, how many regions are in it."""

    css: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class IndicatorLayer:
    """`levels` and `said` by region code; what lies inside a region without a value of its own has its value.

    `counted`: what the legend counts, the commonest level of the regions ("kelurahan").
    """

    indicator: Indicator
    levels: Mapping[str, int]
    said: Mapping[str, str]
    legend: tuple[LayerRow, ...]
    counted: str


def indicator_layer(indicator: Indicator) -> IndicatorLayer:
    """One query."""
    values = dict(indicator.values.order_by("region").values_list("region_id", "value"))
    levels = {code: level_in(indicator, value) for code, value in values.items()}
    counts = Counter(levels.values())
    rows = [LayerRow(f"b{level}", _range(indicator, level), counts[level]) for level in range(CLASSES, 0, -1)]
    commonest = Counter(level_of(code) for code in values).most_common(1)
    return IndicatorLayer(
        indicator=indicator,
        levels=levels,
        said={code: in_words(indicator, value) for code, value in values.items()},
        legend=tuple(rows),
        counted=_words_of_level(commonest[0][0] if commonest else Level.VILLAGE),
    )


def level_in(indicator: Indicator, value: float) -> int:
    """1–5; 5, the darkest, is the end that calls for attention."""
    rank = 1 + bisect_right(indicator.breaks, value)
    return CLASSES + 1 - rank if indicator.direction == Direction.LOW else rank


def in_words(indicator: Indicator, value: float) -> str:
    gap = "" if indicator.unit.startswith("%") else " "
    return f"{notation.number(value, indicator.decimals)}{gap}{indicator.unit}"


def values_around(code: str) -> list[tuple[Indicator, str, str]]:
    """Every shown indicator's value for a region: its own, or that of the nearest region around it, and whose it is.

    Rows of (indicator, value in words, name of the region it was measured for). One query.
    """
    around = [code, *ancestors_of(code)[::-1]]
    rows = IndicatorValue.objects.filter(region__in=around, indicator__is_shown=True).select_related(
        "indicator", "region"
    )
    nearest: dict[str, IndicatorValue] = {}
    for row in sorted(rows, key=lambda row: around.index(row.region_id)):
        nearest.setdefault(row.indicator_id, row)
    ordered = sorted(nearest.values(), key=lambda row: (row.indicator.name, row.indicator_id))
    return [(row.indicator, in_words(row.indicator, row.value), row.region.full_name) for row in ordered]


def _range(indicator: Indicator, level: int) -> str:
    """The bounds of a class in words: "kurang dari 10", "10–20", "80 atau lebih"."""
    rank = CLASSES + 1 - level if indicator.direction == Direction.LOW else level
    written = [notation.number(bound, indicator.decimals) for bound in indicator.breaks]
    if rank == 1:
        return _("di bawah %(upper)s") % {"upper": written[0]}
    if rank == CLASSES:
        return _("%(lower)s atau lebih") % {"lower": written[-1]}
    return _("%(lower)s sampai di bawah %(upper)s") % {"lower": written[rank - 2], "upper": written[rank - 1]}


def _words_of_level(level: Level) -> str:
    return {
        Level.CITY: _("kota"),
        Level.DISTRICT: _("kecamatan"),
        Level.VILLAGE: _("kelurahan"),
        Level.RW: "RW",
    }.get(level, _("wilayah"))
