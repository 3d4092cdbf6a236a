"""When the condition of an asset is to be checked: 6 and 12 months after it arrived, then every year. Pure."""

from calendar import monthrange
from datetime import date, timedelta

from donations.assets.states import Condition

# A check so long before its day already answers it; one that is earlier still is a check of its own.
EARLY = timedelta(days=60)
# Who keeps the asset is told so long before, and once more so long after, its day.
AHEAD, LATE = timedelta(days=14), timedelta(days=7)


def months_after(start: date, months: int) -> date:
    """The same day of a later month, or its last: 31 August and 6 months are 28 or 29 February."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def next_check(start: date, checked: date | None = None, condition: str = Condition.GOOD) -> date | None:
    """The first of its days that the last check does not answer; None for what is lost, which nobody can look at."""
    if condition == Condition.LOST:
        return None
    months = 6
    while checked is not None and months_after(start, months) <= checked + EARLY:
        months = 12 if months == 6 else months + 12
    return months_after(start, months)
