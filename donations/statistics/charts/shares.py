"""From whom, for whom, in what form, where: shares that add up to 100 per cent."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from donations.statistics.charts.sheet import Sheet
from donations.statistics.definitions import (
    AID_TYPE,
    COLLABORATOR_KIND,
    MEASURES,
    MONTH,
    OPEN,
    RECIPIENT_KIND,
    TOTAL,
)
from donations.statistics.rows import EVERYTHING, Question
from donations.statistics.wording import collaborator_label, linked, recipient_label
from programs.coverage import whole_percents
from programs.models import AidType
from regions import notation


def shares(sheet: Sheet, forms: Mapping[str, AidType], measure: str = "") -> dict[str, Any] | None:
    """Where the program's aid goes, from whom, for whom and in what form, each adding up to 100 per cent.

    Commitments by units of all goods and services; by rupiah where a program gives only money, over all programs,
    and of the other steps. What no city or recipient has yet is left out of its whole, and said. Of districts it
    is not told: then it is the city's. `forms`: aid types by code.
    """
    measure = measure or _measure(sheet)
    asked = Question(
        measure, sheet.program, place=sheet.city, since=sheet.since, until=sheet.until, placed=not sheet.city
    )
    recipients = _split(sheet, measure, RECIPIENT_KIND)
    waiting = recipients.pop(OPEN, 0)
    tables = {
        _("Kota"): {} if sheet.city else {
            city: (sheet.name_of(city), _total(sheet, [city], measure), asked.but(place=city, placed=False))
            for city in sheet.cities
        },
        _("Jenis kolaborator"): {
            kind: (collaborator_label(kind), value, asked.but(collaborator=kind))
            for kind, value in _split(sheet, measure, COLLABORATOR_KIND).items()
        },
        _("Penerima"): {
            kind: (recipient_label(kind), value, asked.but(recipient=kind))
            for kind, value in recipients.items()
        },
        _("Bentuk"): {
            code: (forms[code].title, value, asked.but(aid=forms[code]))
            for code, value in _split(sheet, measure, AID_TYPE).items()
            if code in forms
        },
    }  # fmt: skip
    drawn = [
        {"caption": caption, "rows": _shared(parts)}
        for caption, parts in tables.items()
        if any(value for _label, value, _asked in parts.values())
    ]
    unplaced = 0 if sheet.city else _total(sheet, sheet.reading.unplaced, measure)
    province = "".join(sheet.reading.provinces[:1])

    def write(value: int) -> str:
        return notation.rupiah_short(value) if measure.endswith("_value") else notation.number(value)

    return {
        "tables": drawn,
        "measure": MEASURES[measure],
        "unplaced": linked(write(unplaced), asked.but(place=province).href) if unplaced else "",
        "waiting": linked(write(waiting), asked.but(recipient=OPEN).href) if waiting else "",
        "whole_city": sheet.name_of(sheet.city) if sheet.district else "",
    } if drawn else None  # fmt: skip


def _measure(sheet: Sheet) -> str:
    if sheet.chosen == "committed" and _total(sheet, sheet.shown, "committed_packages"):
        return "committed_packages"
    return f"{sheet.chosen}_value"


def _total(sheet: Sheet, cities: list[str], measure: str) -> int:
    if not sheet.since:
        return sheet.reading.total(cities, measure, TOTAL)
    return sum(sheet.reading.total(cities, measure, MONTH, month) for month in sheet.months)


def _split(sheet: Sheet, measure: str, dimension: str) -> dict[str, int]:
    """By the keys of a dimension, over the months of the page."""
    if not sheet.since:
        return sheet.reading.split(sheet.shown, measure, dimension)
    months = set(sheet.months)
    sums: dict[str, int] = {}
    for key, value in sheet.reading.split(sheet.shown, measure, f"{dimension}:{MONTH}").items():
        kind, _colon, month = key.rpartition(":")
        if month in months:
            sums[kind] = sums.get(kind, 0) + value
    return sums


def _shared(parts: Mapping[str, tuple[str, int, Question]]) -> list[dict[str, Any]]:
    largest = sorted((part for part in parts.values() if part[1] > 0), key=lambda part: -part[1])
    percents = whole_percents([value for _label, value, _asked in largest])
    return [
        {"label": label, "percent": percent, "href": asked.but(of=EVERYTHING).href}
        for (label, _value, asked), percent in zip(largest, percents, strict=True)
    ]
