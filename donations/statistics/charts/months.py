"""What arrived, month by month."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from donations.statistics.charts.sheet import Sheet
from donations.statistics.wording import linked, month_name, month_short, period_words
from programs.models.programs import AidKind

MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Month:
    """One month: `label` under its column, `name` in the table; what is drawn, what is written, and its rows."""

    label: str
    name: str
    received: float
    verified: float
    received_written: str
    verified_written: str
    received_rows: str
    verified_rows: str


def months(sheet: Sheet, wanted: Sequence[str]) -> dict[str, Any] | None:
    """Received and verified per month of arrival, rupiah in millions; None without months."""
    if not wanted:
        return None
    is_money = sheet.aid is None or sheet.aid.kind == AidKind.MONEY
    values = {
        month: tuple(
            sheet.in_month(step, sheet.shown, month, sheet.district) for step in ("delivered", "verified")
        )
        for month in wanted
    }
    scale = MILLION if is_money and max(received for received, _verified in values.values()) >= MILLION else 1
    found = [
        Month(
            month_short(month),
            month_name(month),
            received / scale,
            verified / scale,
            sheet.write(received),
            sheet.write(verified),
            sheet.rows("delivered", since=month, until=month),
            sheet.rows("verified", since=month, until=month),
        )
        for month, (received, verified) in values.items()
    ]
    received = sum(pair[0] for pair in values.values())
    waiting = received - sum(pair[1] for pair in values.values())
    return {
        "months": found,
        "span": period_words(wanted[0], wanted[-1]),
        "received": sheet.write(received),
        "received_rows": sheet.rows("delivered", since=wanted[0], until=wanted[-1]),
        "waiting": linked(sheet.write(waiting), sheet.rows("unverified", since=wanted[0], until=wanted[-1]))
        if waiting > 0
        else "",
        "in_millions": scale == MILLION,
        "label": _(
            "%(aid)s diterima per bulan, %(since)s sampai %(until)s; angkanya ada dalam tabel di bawah"
        )
        % {
            "aid": sheet.aid.title if sheet.aid else _("Nilai bantuan"),
            "since": found[0].name,
            "until": found[-1].name,
        },
    }
