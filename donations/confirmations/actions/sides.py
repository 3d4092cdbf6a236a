"""Asking the deliverer's side and the facilitator about every report that was handed in."""

from datetime import timedelta

from django.db import transaction

from accounts import clock
from accounts.actions import perform
from accounts.once import hold
from donations.confirmations.actions.drawing import draw
from donations.confirmations.codes import new_code
from donations.confirmations.drawing import MOST_HOUSEHOLDS
from donations.confirmations.kinds import Side
from donations.confirmations.models import Confirmation
from donations.confirmations.queries.reading import draw_of, families_of
from donations.handovers.models import Handover

ANSWER_DAYS = 14
SIDES = (Side.DELIVERER, Side.FACILITATOR)


@transaction.atomic
def ask(handover: Handover) -> list[Confirmation]:
    """Ask both, once; those that are asked now."""
    hold(handover)
    asked = set(handover.confirmations.exclude(side=Side.RECIPIENT).values_list("side", flat=True))
    made = []
    for side in SIDES:
        if side in asked:
            continue
        confirmation = Confirmation(
            handover=handover, side=side, code=new_code() if side == Side.DELIVERER else None,
            asked_at=clock.now(), expires_on=clock.today() + timedelta(days=ANSWER_DAYS),
        )  # fmt: skip
        with perform(confirmation, "ask", by=None):
            pass
        made.append(confirmation)
    return made


def ask_all() -> int:
    """Ask about what was handed in lately, once; about how many reports. Safe to run twice and at once."""
    since = clock.now() - timedelta(days=ANSWER_DAYS)
    new = Handover.objects.in_force().filter(submitted_at__gte=since, confirmations=None)
    asked = 0
    for handover in new.select_related("delivery__program").order_by("pk"):
        with transaction.atomic():
            if ask(handover):
                _draw_as_the_program_wants(handover)
                asked += 1
    return asked


def _draw_as_the_program_wants(handover: Handover) -> None:
    """A sample of every report, where administrators set one and the report counts families."""
    families = min(families_of(handover) or 0, MOST_HOUSEHOLDS)
    size = min(handover.delivery.program.slips, families)
    if size and draw_of(handover) is None:
        until = clock.today() + timedelta(days=ANSWER_DAYS)
        draw(handover=handover, by=None, households=families, size=size, expires_on=until)
