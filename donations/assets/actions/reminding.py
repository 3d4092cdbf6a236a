"""What the clock brings about: that the condition of assets is to be looked at."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count

from accounts import clock
from accounts.notices.actions import tell
from donations.assets.due import AHEAD, LATE
from donations.assets.models import Asset
from donations.assets.notices import due, late

# However long the job stood still, what was missed longer ago than this stands on the desks alone.
LOOK_BACK = timedelta(days=90)


def remind(limit: int = 1000) -> int:
    """Tell who keeps them of checks that are near or were missed: one notice a place and day; how many there are.

    Each is told once, however often the job runs: the key of a notice names place, program and day.
    """
    today = clock.today()
    told = 0
    for wording, word, until in ((late, "late", today - LATE), (due, "due", today + AHEAD)):
        for place in _places(until, today if word == "due" else until - LOOK_BACK, limit):
            key = "assets:{word}:{region_id}:{site_id}:{program_id}:{next_check_on}".format(
                word=word, **place
            )
            with transaction.atomic():
                tell(*wording(**place), key=key)
            told += 1
    return told


def _places(until: date, since: date, limit: int) -> Iterable[dict[str, Any]]:
    rows = Asset.objects.listed().filter(next_check_on__range=(since, until))
    grouped = rows.order_by("next_check_on", "region_id", "site_id", "program_id").values(
        "next_check_on", "region_id", "site_id", "program_id"
    )
    return [dict(row) for row in grouped.annotate(count=Count("pk"))[:limit]]
