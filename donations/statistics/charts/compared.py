"""Two periods beside one another: difference and ratio of what happened in each."""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from donations.statistics.charts.sheet import STEPS, Sheet
from donations.statistics.definitions import MEASURES, Measure, is_published
from donations.statistics.wording import period_words
from regions import notation

COUNTS = ("needs", "commitments")

Span = tuple[str, str]
"""The first and the last month, both included"""


def compared(sheet: Sheet, first: Span, second: Span) -> dict[str, Any]:
    """The five numbers and two counts in both spans; a ratio without a base is "n/a", with the reason."""
    before, after = (replace(sheet, since=since, until=until) for since, until in (first, second))
    rows = [
        _row(before, after, before.measure(step), before.here(step), after.here(step), written=True)
        for step in STEPS
    ]
    dimension, _keys = before.keys(sheet.district)
    rows += [
        _row(
            before, after, MEASURES[name], before.count(name, before.everywhere, sheet.district),
            after.count(name, after.everywhere, sheet.district), written=False,
        )
        for name in COUNTS
        if is_published(name, dimension)
    ]  # fmt: skip
    return {
        "first": period_words(*first),
        "second": period_words(*second),
        "months": (len(before.months), len(after.months)),
        "rows": rows,
    }


def _row(
    before: Sheet, after: Sheet, measure: Measure, first: int, second: int, *, written: bool
) -> dict[str, Any]:
    write = before.write if written else notation.number
    return {
        "label": measure.label,
        "anchor": measure.anchor,
        "first": write(first),
        "first_rows": before.question(measure.name),
        "second": write(second),
        "second_rows": after.question(measure.name),
        "bars": (first, second, max(first, second)),
        "difference": _signed(second - first, write),
        "ratio": ratio(first, second),
        "why": "" if first else _("masa pertama nol, jadi tidak ada pembandingnya"),
    }


def ratio(first: int, second: int) -> str:
    """The second as a multiple of the first, "1,25×"; "" where the first is zero."""
    return f"{notation.number(second / first, 2)}×" if first else ""


def _signed(value: int, write: Any) -> str:
    if not value:
        return "0"
    return f"{'+' if value > 0 else notation.MINUS}{write(abs(value))}"
