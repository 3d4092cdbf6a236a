"""Whether aid followed need: at the end of each month, everything until then."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from donations.statistics.charts.cities import no_evenness
from donations.statistics.charts.sheet import Sheet
from donations.statistics.queries import months_between
from donations.statistics.rows import EVERYTHING
from donations.statistics.wording import index, month_name, month_short
from regions import notation

LEAST_TOP, TOP_STEP = 40, 20


def through_time(
    sheet: Sheet, people: Mapping[str, Decimal], first: str, wanted: Sequence[str]
) -> dict[str, Any] | None:
    """Each city's share of aid and of need, and the Gini index, at the end of each month.

    All that was counted from `first`, the first month of all, until then. None with less than two months to show,
    or without aid and need.
    """
    if not first or len(wanted) < 2:
        return None
    every = months_between(min(first, wanted[0]), wanted[-1])
    aid, need = (_shares(sheet, step, every) for step in (sheet.chosen, "target"))
    cities = [city for city in sheet.cities if not sheet.city or city == sheet.city]
    ginis = [_gini(sheet, month) for month in wanted]
    has_ginis = any(points is not None for points in ginis)
    if all(aid[month] is None for month in wanted) or all(need[month] is None for month in wanted):
        return None
    shown: list[dict[str, Any]] = [
        {
            "code": city,
            "name": sheet.name_of(city),
            "aid": [_of(aid[month], city) for month in wanted],
            "want": [_of(need[month], city) for month in wanted],
            "people": float(people[city]) if city in people else None,
        }
        for city in cities
    ]
    largest = max(
        value for row in shown for name in ("aid", "want") for value in row[name] if value is not None
    )
    return {
        "cities": [{**row, "last": [_percent(row[name][-1]) for name in ("aid", "want")]} for row in shown],
        "top": min(100, max(LEAST_TOP, -(-int(largest + 1) // TOP_STEP) * TOP_STEP)),
        "no_gini": no_evenness(sheet),
        "ginis": [None if points is None else points / 100 for points in ginis] if has_ginis else [],
        "table": [
            {
                "name": month_name(month),
                "gini": _("n/a: belum ada target RW, atau belum ada yang tiba")
                if points is None
                else index(points),
                "gini_rows": ""
                if points is None
                else sheet.question(sheet.evenness, sheet.city, since=month, until=month),
                "cells": [
                    {
                        "share": _percent(row[name][at]),
                        "rows": sheet.rows(step, row["code"], since=every[0], until=month, of=EVERYTHING),
                    }
                    for row in shown
                    for name, step in (("aid", sheet.chosen), ("want", "target"))
                ],
            }
            for at, (month, points) in enumerate(zip(wanted, ginis, strict=True))
        ],
        "labels": [month_short(month) for month in wanted],
        "since": month_name(wanted[0]),
        "until": month_name(wanted[-1]),
        "place": sheet.name_of(sheet.city) if sheet.city else _("seluruh Jakarta"),
    }


def _shares(sheet: Sheet, step: str, months: Sequence[str]) -> dict[str, dict[str, float] | None]:
    """By month: each city's per cent of all until its end; None before there is anything."""
    sums = dict.fromkeys(sheet.cities, 0)
    found: dict[str, dict[str, float] | None] = {}
    for month in months:
        for city in sums:
            sums[city] += sheet.in_month(step, [city], month)
        whole = sum(sums.values())
        found[month] = {city: 100 * value / whole for city, value in sums.items()} if whole else None
    return found


def _of(shares: dict[str, float] | None, city: str) -> float | None:
    return None if shares is None else shares[city]


def _gini(sheet: Sheet, month: str) -> int | None:
    """In basis points; None before the first target of an RW, and while nothing had arrived for any."""
    return sheet.index_at(*replace(sheet, since=month, until=month).keys())


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{notation.number(share, 1)}%"
