"""What the clock brings about and nobody performs: that the time for an answer is nearly over."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Max, Q

from accounts import clock
from accounts.notices.actions import tell
from accounts.notices.actions.telling import key_of
from donations.pledges.models import Commitment
from donations.pledges.notices import expiring

# How long before its end givers and assessors are reminded of a commitment that nobody has answered.
BEFORE = timedelta(hours=12)


def remind_of_expiring(limit: int = 500) -> int:
    """Remind of each commitment whose time ends soon; once, however often it is asked. How many there are."""
    now = clock.now()
    due = Commitment.objects.waiting().filter(answer_by__gt=now, answer_by__lte=now + BEFORE)
    # Sent again or led elsewhere, it ends at another time, and is worth another reminder.
    waits_since = Max("moves", filter=Q(moves__verb__in=("submit", "restore", "redirect")))
    rows = due.select_related("pledge", "aid_type__program", "region", "site").annotate(since=waits_since)
    for item in rows.order_by("answer_by")[:limit]:
        with transaction.atomic():
            tell(*expiring(item), key=key_of("commitmentmove", item.since, late=True))
    return len(rows)
