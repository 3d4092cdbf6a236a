"""What arrived, month by month."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from donations.statistics.charts.sheet import Sheet
from donations.statistics.definitions import (
    AID_TYPE,
    MONTH,
)
from donations.statistics.wording import (
    month_name,
    month_short,
)
from programs.models.programs import AidKind


@dataclass(frozen=True, slots=True)
class Month:
    """One month: `label` under its column, `name` in the table."""

    label: str
    name: str
    received: int
    verified: int


def months(sheet: Sheet, wanted: Sequence[str]) -> dict[str, Any] | None:
    """Received and verified per month of arrival, of one aid type; None for several, or without months."""
    if sheet.aid is None or not wanted:
        return None
    along = f"{AID_TYPE}:{MONTH}"
    found = [
        Month(
            label=month_short(month),
            name=month_name(month),
            received=sheet.reading.total(sheet.shown, "delivered", along, f"{sheet.aid.code}:{month}"),
            verified=sheet.reading.total(sheet.shown, "verified", along, f"{sheet.aid.code}:{month}"),
        )
        for month in wanted
    ]
    received = sum(month.received for month in found)
    waiting = received - sum(month.verified for month in found)
    is_money = sheet.aid.kind == AidKind.MONEY
    return {
        "months": [] if is_money else found,
        "money": [[{"text": text} for text in (month.name, sheet.write(month.received), sheet.write(month.verified))]
                  for month in found] if is_money else [],
        "received": sheet.write(received),
        "waiting": sheet.write(waiting) if waiting > 0 else "",
        "label": _("%(aid)s diterima per bulan, %(since)s sampai %(until)s; angkanya ada dalam tabel di bawah")
        % {"aid": sheet.aid.title, "since": found[0].name, "until": found[-1].name},
    }  # fmt: skip
