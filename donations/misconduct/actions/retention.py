"""What is removed of old cases: all that was told and shown, years after they were decided."""

from datetime import datetime, timedelta

from django.conf import settings

from accounts import clock
from accounts.actions import perform
from accounts.errors import NotNow
from accounts.stored import delete_after_commit
from donations.misconduct.models import Case, CaseEntry
from donations.misconduct.states import DECIDED


def empty_old(limit: int = 500) -> int:
    """Empty the cases whose time is over; how many. Safe to run twice and at once."""
    due = Case.objects.filter(state__in=DECIDED, decided_at__lt=_kept_since(), emptied_at=None)
    return sum(_empty(case) for case in due.order_by("pk")[:limit])


def _kept_since() -> datetime:
    return clock.now() - timedelta(days=365 * settings.KSBB_CASE_YEARS)


def _empty(case: Case) -> bool:
    """Kind, place, dates, steps and outcome stay, which the published counts rest on, and who had opened it."""
    try:
        with perform(case, "empty", by=None) as act:
            subject: Case = act.subject
            if subject.emptied_at or subject.decided_at is None or subject.decided_at >= _kept_since():
                raise NotNow("empty", subject.state)
            subject.emptied_at, subject.reporter = clock.now(), None
            CaseEntry.empty(subject)
            for evidence in subject.evidence.exclude(file=""):
                delete_after_commit(evidence.file)
                evidence.file, evidence.size = "", 0  # type: ignore[assignment]
                evidence.save(update_fields=["file", "size"])
    except NotNow:
        return False
    return True
