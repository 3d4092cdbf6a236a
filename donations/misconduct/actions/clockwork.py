"""What happens by the clock: reminders of what is due, and to the province what a city leaves lying."""

from datetime import timedelta

import pghistory
from django.db import transaction

from accounts import clock
from accounts.actions import perform
from accounts.errors import NotNow
from donations.misconduct.actions.receiving import write_parties
from donations.misconduct.actions.rounds import begin_round, set_due
from donations.misconduct.models import Case
from donations.misconduct.notices import remind
from donations.misconduct.queries.concerned import able
from donations.misconduct.states import CaseState

# How many days after its deadline a city's case goes to the province.
GRACE_DAYS = 2


def watch() -> tuple[int, int]:
    """(due, escalated). Safe to run as often as one likes: reminders go out once a day, escalations once."""
    today, reminded, escalated = clock.today(), 0, 0
    for case in Case.objects.open().select_related("handover", "region").order_by("pk"):
        if refresh(case):
            continue
        assert case.due_on is not None
        if (
            case.due_on < today - timedelta(days=GRACE_DAYS)
            and able(case, _province(case))
            and _escalate(case)
        ):
            escalated += 1
        elif case.due_on <= today + timedelta(days=1):
            with transaction.atomic():
                remind(case)
            reminded += 1
    return reminded, escalated


@transaction.atomic
def refresh(case: Case, more: str = "") -> bool:
    """Take note of who acted on the thing or was named since; True where the city may look no more.

    `more`: what its reporter is just about to tell.
    """
    if case.emptied_at is not None:
        return False
    before = case.beyond_city
    write_parties(case, more=more)
    if case.beyond_city == before:
        return False
    with pghistory.context(verb="escalate", user=None):
        Case.objects.filter(pk=case.pk).update(beyond_city=True)
    return _escalate(case)


def _province(case: Case) -> str:
    return case.office_id.partition(".")[0]


def _escalate(case: Case) -> bool:
    """To the province; False where it is there, or decided meanwhile."""
    if _province(case) == case.office_id:
        return False
    try:
        with perform(case, "escalate", by=None) as act:
            if _province(act.subject) == act.subject.office_id:
                raise NotNow("escalate", act.subject.state)  # another job was faster
            act.subject.office_id = _province(act.subject)
            begin_round(act.subject, decide=False)
            set_due(act.subject, CaseState.RECEIVED)
    except NotNow:
        return False
    return True
