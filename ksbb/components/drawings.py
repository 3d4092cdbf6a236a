"""The coverage bar, the charts and the district tiles, as SVG and grids beside the same numbers in words."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import template
from django.utils.translation import gettext as _

from ksbb import charts
from programs.coverage import Coverage
from regions.classes import Classes, classes_for
from regions.tiles import COLUMNS, tile_places

register = template.Library()


@register.inclusion_tag("components/coverage.html")
def coverage_bar(coverage: Coverage, size: str = "", silent: bool = False) -> dict[str, Any]:
    """`{% coverage_bar coverage "l" %}`: size s, l or none; `silent` where a key says the same."""
    return {"coverage": coverage, "size": size, "silent": silent}


@register.inclusion_tag("components/coverage_key.html")
def coverage_key(coverage: Coverage) -> dict[str, Any]:
    """The bar's key: rows that add up to the target, in quantity and in whole per cent."""
    return {"rows": coverage.key, "unit": coverage.unit}


@register.inclusion_tag("components/coverage_legend.html")
def coverage_legend(held: bool = True) -> dict[str, Any]:
    """What the bar's fillings mean, once under a list of bars; without `held` for published statistics."""
    return {"held": held}


@register.filter
def coverage(counters: Any, unit: str = "") -> Coverage:
    """`need|coverage:need.unit`: the counters of a need or a row, as a Coverage."""
    return counters if isinstance(counters, Coverage) else Coverage.of(counters, unit)


@register.inclusion_tag("components/meter.html")
def meter(numerator: float, denominator: float = 100, muted: bool = False) -> dict[str, Any]:
    """A share as a bar beside its figure: never alone, since it is silent."""
    return {"width": charts.length(float(numerator or 0) / float(denominator or 1)), "muted": muted}


@register.inclusion_tag("components/plot.html")
def plot(aid: float, want: float, people: float | None = None, maximum: float = 35) -> dict[str, Any]:
    """Shares in per cent: aid (dot), want (ring), people (tick), on a scale from 0 to `maximum`."""
    return {"dots": charts.dots(aid, want, people, maximum)}


@register.inclusion_tag("components/plot_axis.html")
def plot_axis(maximum: float = 35) -> dict[str, Any]:
    """The scale of `plot`, for the head of its column."""
    return {"ticks": charts.scale_ticks(maximum, charts.share_step(maximum))}


@register.inclusion_tag("components/diverge.html")
def diverge(value: float, extent: float = 50) -> dict[str, Any]:
    """A difference in points from the middle: left is less, right is more."""
    return {"bar": charts.divergence(value, extent)}


@register.inclusion_tag("components/columns.html")
def columns_chart(months: Sequence[charts.Month], label: str) -> dict[str, Any]:
    """Received per month, verified below and waiting above, with the table of the same numbers."""
    return {"chart": charts.columns(months), "months": months, "label": label}


@register.inclusion_tag("components/lines.html")
def lines_chart(
    values: Sequence[float | None], top: float, labels: Sequence[str], label: str
) -> dict[str, Any]:
    """One line through the months on a scale of per cent; the table with the same numbers stands beside it."""
    return {"chart": charts.lines([("line", values)], top, charts.share_step(top), labels), "label": label}


@register.inclusion_tag("components/spark.html")
def spark(
    aid: Sequence[float | None], want: Sequence[float | None], people: float | None, top: float, label: str
) -> dict[str, Any]:
    """Two small lines through the months, aid and need, and the people as a level; all in per cent up to `top`."""
    series: list[tuple[str, Sequence[float | None]]] = [("want", want), ("aid", aid)]
    if people is not None:
        series.insert(0, ("ppl", [people] * max(len(aid), 2)))
    return {"chart": charts.lines(series, top, top, [""] * len(aid)), "label": label, "top": round(top)}


@register.inclusion_tag("components/tiles.html")
def tiles(items: Iterable[Mapping[str, Any]], classes: Classes | None = None) -> dict[str, Any]:
    """One tile per district in its rough place. Items: code, name, href, value (None: no target)."""
    listed = list(items)
    classes = classes or classes_for(item["value"] for item in listed)
    places = tile_places()
    grid: dict[tuple[int, int], dict[str, Any]] = {}
    unplaced = []
    for item in listed:
        tile = {**item, "level": classes.level(item["value"]), "place": places.get(item["code"])}
        if tile["place"]:
            grid[tile["place"].row, tile["place"].column] = tile
        else:
            unplaced.append(tile)
    last = max((row for row, column in grid), default=0)
    cells = [grid.get((row, column)) for row in range(1, last + 1) for column in range(1, COLUMNS + 1)]
    while cells and cells[-1] is None:
        cells.pop()
    return {"cells": cells, "unplaced": unplaced}


@register.inclusion_tag("components/classes.html")
def class_scale(classes: Classes, label: str) -> dict[str, Any]:
    """The classes as one strip, for under the tiles."""
    return {"rows": classes.rows(()), "label": label}


@register.inclusion_tag("components/class_counts.html")
def class_counts(
    classes: Classes, values: Iterable[int | None], unit: str, nothing: str = ""
) -> dict[str, Any]:
    """The legend of a map: swatch, class, how many are in it; `unit` is what is counted ("RW")."""
    listed = list(values)
    return {
        "rows": classes.rows(listed)[::-1],
        "unit": unit,
        "nothing": nothing or _("tanpa target"),
        "nothing_count": classes.nothing(listed),
    }
