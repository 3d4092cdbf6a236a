"""Cities beside one another: shares of aid, need and people; the five numbers; coverage."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from donations.statistics.charts.sheet import STEPS, Sheet
from donations.statistics.definitions import MEASURES
from donations.statistics.wording import (
    points,
)
from programs.coverage import whole_percents
from regions import notation

PLOT_LEAST, PLOT_STEP = 35, 5
DIVERGE_LEAST = 50
CLOSE = 2
"""Points between aid and need that are still called even."""


def plot(sheet: Sheet, people: Mapping[str, Decimal]) -> dict[str, Any] | None:
    """Each city's share of aid (placed commitments), of need and of people, whole per cent that add up to 100.

    None where there is no aid or no need to share out. `people`: per cent of the province's people by city.
    """
    cities = sheet.cities
    aid = [sheet.of("committed", [city]) for city in cities]
    need = [sheet.of("target", [city]) for city in cities]
    if not sum(aid) or not sum(need):
        return None
    shares = zip(cities, aid, whole_percents(aid), whole_percents(need), strict=True)
    rows = [
        {
            "name": sheet.name_of(city),
            "href": sheet.href(city),
            "chosen": city == sheet.city,
            "aid": has,
            "want": wants,
            "people": None if people.get(city) is None else float(people[city]),
            "people_written": notation.percent(people[city]) if city in people else None,
            "difference": has - wants,
        }
        for city, _given, has, wants in sorted(shares, key=lambda row: (-row[1], row[0]))
    ]
    largest = max(
        [*whole_percents(aid), *whole_percents(need), *(float(people.get(city, 0)) for city in cities)]
    )
    return {
        "rows": rows,
        "maximum": max(PLOT_LEAST, -(-int(largest + 1) // PLOT_STEP) * PLOT_STEP),
        "reading": _reading(rows),
        "gini": _gini(sheet),
    }


def _reading(rows: Sequence[Mapping[str, Any]]) -> str:
    """The answer in a sentence or two."""
    most = max(rows, key=lambda row: row["difference"])
    least = min(rows, key=lambda row: row["difference"])
    gap = max(most["difference"], -least["difference"])
    if gap == 0:
        return _("Ya. Bagian bantuan tiap kota sama dengan bagian kebutuhannya.")
    words = {
        "most": most["name"],
        "aid": most["aid"],
        "want": most["want"],
        "least": least["name"],
        "gap": -least["difference"],
    }
    if gap <= CLOSE:
        return _("Hampir. Selisih bagian bantuan dan kebutuhan tiap kota paling banyak %(gap)s poin.") % {
            "gap": gap
        }
    return (
        _(
            "Belum. %(most)s mendapat %(aid)s%% komitmen dengan %(want)s%% kebutuhan; "
            "%(least)s kurang %(gap)s poin."
        )
        % words
    )


def _gini(sheet: Sheet) -> str | None:
    """The index over the RWs of the province or city; None where no RW has a target."""
    if not sheet.count("rw_targeted", sheet.shown):
        return None
    found = (
        sheet.reading.value(sheet.city, "gini", *sheet.along)
        if sheet.city
        else max((sheet.reading.value(code, "gini_province", *sheet.along) for code in _provinces(sheet)), default=0)
    )  # fmt: skip
    return notation.number(Decimal(found) / 10_000, 2)


def _provinces(sheet: Sheet) -> list[str]:
    return [code for code in sheet.reading.unplaced if code]


def city_table(sheet: Sheet) -> dict[str, Any]:
    """The five numbers of each city, of what is placed in none, and of all; largest commitments first."""
    cities = sorted(sheet.cities, key=lambda city: (-sheet.of("committed", [city]), city))
    unplaced = sheet.of("committed", sheet.reading.unplaced)
    everything = [sheet.of(step, cities) for step in STEPS]
    everything[STEPS.index("committed")] += unplaced
    return {
        "heads": [str(MEASURES[step].label) for step in STEPS],
        "rows": [
            {
                "name": sheet.name_of(city),
                "href": sheet.href(city),
                "chosen": city == sheet.city,
                "cells": _cells(sheet, [sheet.of(step, [city]) for step in STEPS]),
                **_covered(sheet, [city]),
            }
            for city in cities
        ],
        "unplaced": sheet.write(unplaced) if unplaced else "",
        "total": {"cells": _cells(sheet, everything), **_covered(sheet, cities)},
    }


def _cells(sheet: Sheet, values: Sequence[int]) -> list[dict[str, str]]:
    return [
        {"label": str(MEASURES[step].label), "text": sheet.write(value)}
        for step, value in zip(STEPS, values, strict=True)
    ]


def _covered(sheet: Sheet, cities: Sequence[str]) -> dict[str, Any]:
    covered = sheet.coverage(cities)
    return {"bar": sheet.bar(cities), "points": covered, "coverage": points(covered, _("belum ada target"))}


def divergence(sheet: Sheet) -> dict[str, Any] | None:
    """Each city's coverage beside the average of all, furthest behind first; None without any target."""
    average = sheet.coverage(sheet.cities)
    if average is None:
        return None
    found = [(city, sheet.coverage([city])) for city in sheet.cities]
    known = sorted((covered, city) for city, covered in found if covered is not None)
    differences = [(covered - average) / 100 for covered, _city in known]
    return {
        "average": points(average),
        "rows": [
            {
                "name": sheet.name_of(city),
                "chosen": city == sheet.city,
                "coverage": points(covered),
                "difference": difference,
            }
            for (covered, city), difference in zip(known, differences, strict=True)
        ],
        "untold": [sheet.name_of(city) for city, covered in found if covered is None],
        "extent": max(DIVERGE_LEAST, *map(abs, differences)),
    }
