"""Deadlines: days by the calendar of Jakarta, from the day on which a round began."""

from datetime import timedelta

from accounts import clock
from donations.misconduct.models import Case
from donations.misconduct.states import DAYS, DECIDE_DAYS, CaseState


def begin_round(case: Case, *, decide: bool) -> None:
    """A case that somebody has to look at anew. `decide`: the thirty days until a decision begin again, too."""
    case.since = clock.today()
    if decide:
        case.decide_by = case.since + timedelta(days=DECIDE_DAYS)
    case.decided_at = None


def set_due(case: Case, state: CaseState) -> None:
    """By when the next step is due in that state; decided cases owe nothing."""
    if state not in DAYS:
        case.due_on, case.decided_at = None, clock.now()
    elif state == CaseState.COORDINATED:
        case.due_on = case.decide_by
    else:
        case.due_on = case.since + timedelta(days=DAYS[state])
