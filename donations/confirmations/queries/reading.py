"""What is known of a report for those who weigh it: who reported, what it counts, what was answered."""

from django.db.models import Sum

from accounts.models import User
from donations.confirmations.models import Confirmation, Draw
from donations.confirmations.rule import Answer, Reported
from donations.confirmations.states import DrawState
from donations.handovers.models import Handover
from programs.models import PeopleKind


def is_reporter(handover: Handover, user: User) -> bool:
    """Whether this person handed the report in, in whatever role, any version of it."""
    return handover.moves.filter(verb="submit", actor=user.pk).exists()


def reported(handover: Handover) -> Reported:
    sums = handover.lines.aggregate(good=Sum("good"), damaged=Sum("damaged"), missing=Sum("missing"))
    return Reported(**{name: value or 0 for name, value in sums.items()})


def answers_of(handover: Handover) -> list[Answer]:
    rows = Confirmation.objects.answered().filter(handover=handover).order_by("pk")
    return [Answer(*row) for row in rows.values_list("side", "received", "paid")]


def draw_of(handover: Handover) -> Draw | None:
    """The one that counts; a cancelled one does not."""
    return handover.draws.exclude(state=DrawState.CANCELLED).first()


def families_of(handover: Handover) -> int | None:
    """As many as the report counts."""
    return handover.recipients.filter(kind=PeopleKind.FAMILIES).values_list("count", flat=True).first()
