"""The seminar's four charts over again, from the platform's rows, beside what was published then."""

from collections.abc import Mapping, Sequence
from typing import Any

from donations.statistics.charts.sheet import Sheet
from donations.statistics.definitions import AID_TYPE, COLLABORATOR_KIND, OPEN
from donations.statistics.rows import EVERYTHING, SEVERAL, Question
from donations.statistics.seminar import CHARTS, CITY, MEASURE, PROGRAM, Chart
from donations.statistics.wording import collaborator_label, recipient_label
from programs.coverage import whole_percents
from programs.models import AidType


def seminar_charts(sheet: Sheet, forms: Mapping[str, AidType]) -> list[dict[str, Any]]:
    """Each chart with its rows: whole per cent now, per cent then, the difference in points; largest now first.

    What has no city or no recipient yet is left out of its whole, as on the page of statistics.
    """
    return [_chart(sheet, chart, forms) for chart in CHARTS]


def _chart(sheet: Sheet, chart: Chart, forms: Mapping[str, AidType]) -> dict[str, Any]:
    values = _values(sheet, chart.dimension)
    keys = sorted({*values, *chart.shares}, key=lambda key: (-values.get(key, 0), key))
    whole = sum(values.values())
    percents = (
        dict(zip(keys, whole_percents([values.get(key, 0) for key in keys]), strict=True)) if whole else {}
    )
    rows: list[dict[str, Any]] = [
        {
            "key": key,
            "label": _label(sheet, chart.dimension, key, forms),
            "now": percents.get(key),
            "then": chart.shares.get(key),
            "href": _question(chart.dimension, [key], forms).href
            if _exists(sheet, chart, key, forms)
            else "",
        }
        for key in keys
    ]
    named = [row for row in rows if row["then"] is not None]
    others = [row for row in rows if row["then"] is None]
    if chart.rest and whole:
        now = sum(row["now"] for row in others)
        rest: dict[str, Any] = {
            "label": chart.rest,
            "now": now,
            "then": chart.rest_share,
            "href": _rest_href(chart, others, forms),
        }
        if len(others) == 1:
            others = []
        named.append(rest)
    for row in named:
        row["difference"] = None if row["now"] is None else row["now"] - row["then"]
    return {"title": chart.title, "rows": named, "others": others}


def _rest_href(chart: Chart, others: Sequence[Mapping[str, Any]], forms: Mapping[str, AidType]) -> str:
    """The rows of all that the seminar did not name; none where one of them has none."""
    keys = [row["key"] for row in others]
    return _question(chart.dimension, keys, forms).href if all(row["href"] for row in others) and keys else ""


def _exists(sheet: Sheet, chart: Chart, key: str, forms: Mapping[str, AidType]) -> bool:
    """Whether there are rows to open: a city or form of aid that is not loaded has none."""
    return key in {CITY: sheet.names, AID_TYPE: forms}.get(chart.dimension, {key})


def _values(sheet: Sheet, dimension: str) -> dict[str, int]:
    if dimension == CITY:
        return {city: sheet.reading.value(city, MEASURE) for city in sheet.cities}
    found = sheet.reading.split(sheet.cities, MEASURE, dimension)
    found.pop(OPEN, 0)
    return found


def _label(sheet: Sheet, dimension: str, key: str, forms: Mapping[str, AidType]) -> str:
    if dimension == CITY:
        return sheet.name_of(key)
    if dimension == AID_TYPE:
        return forms[key].title if key in forms else key
    return collaborator_label(key) if dimension == COLLABORATOR_KIND else recipient_label(key)


def _question(dimension: str, keys: Sequence[str], forms: Mapping[str, AidType]) -> Question:
    """The rows of one key or of several, as a share of all of them."""
    asked = Question(MEASURE, PROGRAM, placed=True, of=EVERYTHING)
    if dimension == CITY:
        return asked.but(place=keys[0], placed=False)
    if dimension == AID_TYPE:
        aids = tuple(forms[key] for key in keys if key in forms)
        return asked.but(aid=aids[0]) if len(aids) == 1 else asked.but(among=aids)
    named = SEVERAL.join(keys)
    return asked.but(collaborator=named) if dimension == COLLABORATOR_KIND else asked.but(recipient=named)
