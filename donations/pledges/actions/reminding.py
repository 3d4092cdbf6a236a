"""What the clock brings about and nobody performs: that the time for an answer is nearly over."""

from datetime import timedelta

from django.db import transaction

from accounts import clock
from accounts.notices.actions import tell
from donations.pledges.models import Commitment
from donations.pledges.notices import expiring

# How long before its end givers and assessors are reminded of a commitment that nobody has answered.
BEFORE = timedelta(hours=12)


def remind_of_expiring(limit: int = 500) -> int:
    """Remind of each commitment whose time ends soon; once, however often it is asked. How many there are."""
    now = clock.now()
    due = Commitment.objects.waiting().filter(answer_by__gt=now, answer_by__lte=now + BEFORE)
    rows = due.select_related("pledge", "aid_type__program", "region", "site").order_by("answer_by")[:limit]
    for item in rows:
        assert item.answer_by is not None  # asked for above
        with transaction.atomic():
            # Sent again, it ends at another time, and is worth another reminder.
            tell(*expiring(item), key=f"expiring:{item.pk}:{item.answer_by.isoformat()}")
    return len(rows)
