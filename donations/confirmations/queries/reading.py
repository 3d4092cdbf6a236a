"""What is known of a report for those who weigh it: who reported, what it counts, what was answered."""

from django.db.models import Exists, OuterRef, Q, Sum

from accounts import clock
from accounts.models import User
from accounts.roles import Permission
from accounts.scope import Scope
from donations.confirmations.kinds import Side
from donations.confirmations.models import Confirmation, ConfirmationQuerySet, Draw
from donations.confirmations.rule import Answer, Reported
from donations.confirmations.states import ConfirmationState, DrawState
from donations.handovers.models import Handover, HandoverMove, HandoverQuerySet
from donations.handovers.states import MADE_BY
from programs.models import PeopleKind


def confirmed_by(user: User) -> HandoverQuerySet:
    """Reports of which this person answered for a side: they are no judge of these."""
    return Handover.objects.filter(confirmations__moves__actor=user.pk)


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


def waiting_for_facilitator(user: User) -> ConfirmationQuerySet:
    """What this person may still answer as a facilitator, the most urgent first: not what they made or verified."""
    reach = Scope.of(user).as_q(Permission.CONFIRM_PLACE, Confirmation.SCOPE_PATHS)
    own = HandoverMove.objects.filter(subject=OuterRef("handover"), verb__in=MADE_BY, actor=user.pk)
    rows = Confirmation.objects.with_report().filter(
        reach,
        ~Exists(own),
        ~Q(handover__verified_by=user.pk),
        side=Side.FACILITATOR,
        state=ConfirmationState.OPEN,
        expires_on__gte=clock.today(),
    )
    return rows.order_by("expires_on", "pk")
