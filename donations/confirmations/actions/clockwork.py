"""What happens by the clock: answers stand after a day, questions lapse, draws are closed, and sides are reminded."""

from datetime import timedelta

import pgtrigger
from django.conf import settings
from django.db import transaction
from django.db.models import Q

from accounts import clock
from accounts.actions import perform
from accounts.errors import NotNow
from donations.confirmations.actions.answering import CORRECT_HOURS
from donations.confirmations.kinds import Side
from donations.confirmations.models import Confirmation, ConfirmationRemark, Draw
from donations.confirmations.notices import remind_of
from donations.confirmations.states import ConfirmationState, DrawState
from donations.handovers.states import HandoverState
from regions.public_version import bump_public_version

REMIND_DAYS = 3


def end() -> tuple[int, int, int]:
    """(answers that stand, questions that lapsed, draws that closed). Safe to run twice and at once."""
    day_ago = clock.now() - timedelta(hours=CORRECT_HOURS)
    stand = Confirmation.objects.filter(state=ConfirmationState.ANSWERED, answered_at__lte=day_ago)
    lapsed = Confirmation.objects.filter(
        Q(expires_on__lt=clock.today()) | Q(handover__state=HandoverState.DISCARDED), state=ConfirmationState.OPEN
    )  # fmt: skip
    closed = sum(_step(one, "close") for one in stand.order_by("pk"))
    expired = sum(_step(one, "expire") for one in lapsed.order_by("pk"))
    pending = (ConfirmationState.OPEN, ConfirmationState.ANSWERED)
    over = Draw.objects.filter(state=DrawState.OPEN).exclude(slips__state__in=pending).order_by("pk")
    return closed, expired, sum(_step(draw, "close") for draw in over)


def _step(subject: Confirmation | Draw, verb: str) -> bool:
    try:
        with perform(subject, verb, by=None) as act:
            if isinstance(act.subject, Draw):
                act.subject.closed_at = clock.now()
    except NotNow:  # somebody was faster
        return False
    if verb == "expire" and subject.side != Side.RECIPIENT:  # type: ignore[union-attr]
        bump_public_version()
    return True


def remind() -> int:
    """Remind each side once that nobody has answered for it; how many questions. Safe to run twice."""
    since = clock.now() - timedelta(days=REMIND_DAYS)
    late = Confirmation.objects.filter(state=ConfirmationState.OPEN, asked_at__lte=since).exclude(
        side=Side.RECIPIENT
    )
    for confirmation in late.order_by("pk"):
        with transaction.atomic():
            remind_of(confirmation)
    return len(late)


def forget_remarks() -> int:
    """Remove sentences as old as what cases say may get (`KSBB_CASE_YEARS`); the answers stay. Safe to run twice."""
    before = clock.now() - timedelta(days=365 * settings.KSBB_CASE_YEARS)
    with transaction.atomic(), pgtrigger.ignore("donations.ConfirmationRemark:append_only"):
        return ConfirmationRemark.objects.filter(at__lt=before).delete()[0]
