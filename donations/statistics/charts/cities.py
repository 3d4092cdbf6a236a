"""Places beside one another: shares of aid, need and people; the five numbers; coverage."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from donations.statistics.charts.sheet import STEPS, Sheet
from donations.statistics.definitions import MEASURES
from donations.statistics.rows import EVERYTHING
from donations.statistics.wording import index, linked, points
from programs.coverage import whole_percents
from regions import notation

PLOT_LEAST, PLOT_STEP = 35, 5
DIVERGE_LEAST = 50
CLOSE = 2
"""Points between aid and need that are still called even."""


def plot(sheet: Sheet, people: Mapping[str, Decimal]) -> dict[str, Any] | None:
    """Each place's share of aid, of need and of people, whole per cent that add up to 100; largest aid first.

    The districts of the page's city, or all cities. None where there is no aid or no need to share out. `people`:
    per cent of the people of all these places, by code; a place that is not there has no share.
    """
    codes = sorted(sheet.districts) if sheet.city else sheet.cities
    aid, need = ([_of(sheet, step, code) for code in codes] for step in (sheet.chosen, "target"))
    if not sum(aid) or not sum(need):
        return None
    shares = zip(codes, aid, whole_percents(aid), whole_percents(need), strict=True)
    rows = [
        {
            "name": sheet.name_of(code),
            "href": sheet.href(code),
            "chosen": code in (sheet.city, sheet.district),
            "aid": has,
            "aid_rows": sheet.rows(sheet.chosen, code, of=EVERYTHING),
            "want": wants,
            "want_rows": sheet.rows("target", code, of=EVERYTHING),
            "people": None if people.get(code) is None else float(people[code]),
            "people_written": notation.percent(people[code]) if code in people else None,
            "difference": has - wants,
        }
        for code, _given, has, wants in sorted(shares, key=lambda row: (-row[1], row[0]))
    ]
    largest = max(
        [*whole_percents(aid), *whole_percents(need), *(float(people.get(code, 0)) for code in codes)]
    )
    return {
        "rows": rows,
        "maximum": min(100, max(PLOT_LEAST, -(-int(largest + 1) // PLOT_STEP) * PLOT_STEP)),
        "reading": _reading(rows, str(sheet.measure(sheet.chosen).label).lower()),
        "gini": None if sheet.since else _gini(sheet),
        "no_gini": "" if sheet.since else no_evenness(sheet),
        "gini_rows": sheet.question(sheet.evenness, sheet.city),
        "peopled": any(code in people for code in codes),
    }


def _of(sheet: Sheet, step: str, code: str) -> int:
    return sheet.of(step, [sheet.city], code) if sheet.city else sheet.of(step, [code])


def _reading(rows: Sequence[Mapping[str, Any]], what: str) -> str:
    """The answer in a sentence or two."""
    most = max(rows, key=lambda row: row["difference"])
    least = min(rows, key=lambda row: row["difference"])
    gap = max(most["difference"], -least["difference"])
    if gap == 0:
        return _("Ya. Bagian bantuan tiap tempat sama dengan bagian kebutuhannya.")
    words = {
        "most": most["name"],
        "aid": most["aid"],
        "what": what,
        "want": most["want"],
        "least": least["name"],
        "gap": -least["difference"],
    }
    if gap <= CLOSE:
        return _("Hampir. Selisih bagian bantuan dan kebutuhan tiap tempat paling banyak %(gap)s poin.") % {
            "gap": gap
        }
    return (
        _(
            "Belum. %(most)s mendapat %(aid)s%% %(what)s dengan %(want)s%% kebutuhan; "
            "%(least)s kurang %(gap)s poin."
        )
        % words
    )


def _gini(sheet: Sheet) -> str | None:
    """The index over the RWs of the province or city; None where it cannot be told."""
    found = sheet.index_at(*sheet.keys())
    return None if found is None else index(found)


def no_evenness(sheet: Sheet) -> str:
    """Why there is no index."""
    if sheet.has_neighbourhoods:
        return _("n/a, karena belum ada yang tiba di RW yang punya target bantuan ini")
    return _("n/a, karena tidak ada RW yang punya target bantuan ini")


def city_table(sheet: Sheet) -> dict[str, Any]:
    """The five numbers of each city, of what is placed in none, and of all; largest commitments first."""
    cities = sorted(sheet.cities, key=lambda city: (-sheet.of("committed", [city]), city))
    unplaced = sheet.of("committed", sheet.reading.unplaced)
    everything = [sheet.of(step, [*cities, *sheet.reading.unplaced]) for step in STEPS]
    provinces = sheet.reading.provinces
    return {
        "heads": _heads(sheet),
        "rows": [
            {
                "name": sheet.name_of(city),
                "href": sheet.href(city),
                "chosen": city == sheet.city,
                "cells": _cells(sheet, [sheet.of(step, [city]) for step in STEPS], city),
                **_covered(sheet, [city], city),
            }
            for city in cities
        ],
        "unplaced": sheet.write(unplaced) if unplaced else "",
        "unplaced_rows": sheet.rows("committed", provinces[0]) if len(provinces) == 1 else "",
        "total": {
            "name": _("Jakarta"),
            "cells": _cells(sheet, everything, ""),
            **_covered(sheet, cities, ""),
        },
    }


def district_table(sheet: Sheet) -> dict[str, Any] | None:
    """The same of each district of the page's city, of what no district has yet, and of the city; None without one."""
    if not sheet.city:
        return None
    city = [sheet.city]
    codes = sorted(sheet.districts, key=lambda code: (-sheet.of("committed", city, code), code))
    # What no district has yet stands under the city's own code.
    open_ = sheet.of("committed", city, sheet.city)
    return {
        "heads": _heads(sheet),
        "rows": [
            {
                "name": sheet.name_of(code),
                "href": sheet.href(code),
                "chosen": code == sheet.district,
                "cells": _cells(sheet, [sheet.of(step, city, code) for step in STEPS], code),
                **_covered(sheet, city, code, district=code),
            }
            for code in codes
        ],
        "unplaced": sheet.write(open_) if open_ else "",
        "unplaced_rows": sheet.rows("committed", sheet.city, exact=True),
        "total": {
            "name": sheet.name_of(sheet.city),
            "cells": _cells(sheet, [sheet.of(step, city) for step in STEPS], sheet.city),
            **_covered(sheet, city, sheet.city),
        },
    }


def _heads(sheet: Sheet) -> list[dict[str, str]]:
    """Each step's word, and the anchor of what it means here."""
    return [{"label": str(MEASURES[step].label), "anchor": sheet.measure(step).anchor} for step in STEPS]


def _cells(sheet: Sheet, values: Sequence[int], place: str) -> list[dict[str, str]]:
    return [
        {"label": str(MEASURES[step].label), "text": sheet.write(value), "href": sheet.rows(step, place)}
        for step, value in zip(STEPS, values, strict=True)
    ]


def _covered(sheet: Sheet, cities: Sequence[str], place: str, district: str = "") -> dict[str, Any]:
    covered = sheet.coverage(cities, district)
    why = _("tidak dihitung untuk satu masa") if sheet.since else _("belum ada target")
    return {
        "bar": sheet.bar(cities, district),
        "points": covered,
        "coverage": points(covered, why),
        "coverage_rows": sheet.question("coverage", place),
    }


def divergence(sheet: Sheet) -> dict[str, Any] | None:
    """Each city's coverage beside the average of all, furthest behind first; None without any target."""
    average = sheet.coverage(sheet.cities)
    if average is None:
        return None
    found = [(city, sheet.coverage([city])) for city in sheet.cities]
    known = sorted((covered, city) for city, covered in found if covered is not None)
    differences = [(covered - average) / 100 for covered, _city in known]
    return {
        "average": linked(points(average), sheet.question("coverage", "")),
        "rows": [
            {
                "name": sheet.name_of(city),
                "chosen": city == sheet.city,
                "coverage": points(covered),
                "coverage_rows": sheet.question("coverage", city),
                "difference": difference,
            }
            for (covered, city), difference in zip(known, differences, strict=True)
        ],
        "untold": [sheet.name_of(city) for city, covered in found if covered is None],
        "extent": max(DIVERGE_LEAST, *map(abs, differences)),
    }
