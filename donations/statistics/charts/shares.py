"""From whom, for whom, in what form, where: shares that add up to 100 per cent."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from donations.statistics.charts.sheet import Sheet
from donations.statistics.definitions import (
    AID_TYPE,
    COLLABORATOR_KIND,
    MEASURES,
    OPEN,
    RECIPIENT_KIND,
)
from donations.statistics.wording import (
    collaborator_label,
    recipient_label,
)
from programs.coverage import whole_percents
from regions import notation


def shares(sheet: Sheet, forms: Mapping[str, str]) -> dict[str, Any] | None:
    """Where the program's commitments go, from whom, for whom and in what form, each adding up to 100 per cent.

    By units of all goods and services; by rupiah where a program gives only money, and over all programs.
    What no city or recipient has yet is left out of its whole, and said. `forms`: names of aid types by code.
    """
    measure = "committed_packages"
    if not sheet.reading.total(sheet.shown, measure):
        measure = "committed_value"
    by_city = {city: sheet.reading.value(city, measure) for city in sheet.cities}
    recipients = sheet.reading.split(sheet.shown, measure, RECIPIENT_KIND)
    waiting = recipients.pop(OPEN, 0)
    collaborators = sheet.reading.split(sheet.shown, measure, COLLABORATOR_KIND)
    tables = [
        ("" if sheet.city else _("Kota"), {sheet.name_of(city): value for city, value in by_city.items()}),
        (_("Jenis kolaborator"), {collaborator_label(kind): value for kind, value in collaborators.items()}),
        (_("Penerima"), {recipient_label(kind): value for kind, value in recipients.items()}),
        (
            _("Bentuk"),
            {
                forms.get(code, code): value
                for code, value in sheet.reading.split(sheet.shown, measure, AID_TYPE).items()
            },
        ),
    ]
    drawn = [
        {"caption": caption, "rows": _shared(values)}
        for caption, values in tables
        if caption and any(values.values())
    ]
    unplaced = 0 if sheet.city else sheet.reading.total(sheet.reading.unplaced, measure)

    def write(value: int) -> str:
        return notation.rupiah_short(value) if measure == "committed_value" else notation.number(value)

    return {
        "tables": drawn,
        "measure": MEASURES[measure],
        "unplaced": write(unplaced) if unplaced else "",
        "waiting": write(waiting) if waiting else "",
    } if drawn else None  # fmt: skip


def _shared(values: Mapping[str, int]) -> list[dict[str, Any]]:
    largest = sorted(
        ((value, label) for label, value in values.items() if value > 0), key=lambda pair: -pair[0]
    )
    percents = whole_percents([value for value, _label in largest])
    return [
        {"label": label, "percent": percent}
        for (_value, label), percent in zip(largest, percents, strict=True)
    ]
