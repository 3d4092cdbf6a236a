"""What waits for givers and carriers, for recipients, and for facilitators."""

from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet

from accounts import clock
from accounts.models import User
from accounts.roles import Role
from accounts.scope import Scope
from donations.deliveries.models import Delivery, DeliveryLine
from donations.desk.commitments import owes
from donations.desk.rows import quantities
from donations.handovers.models import Handover
from donations.pledges import wording
from donations.pledges.models import Commitment
from programs.models import Need
from programs.states import NeedState

OPEN = ("submitted", "accepted")


@dataclass(frozen=True, slots=True)
class Step:
    """What comes next and who owes it, and whether that is the reader."""

    text: str
    who: str = ""
    mine: bool = False


def commitments_of(user: User) -> QuerySet[Commitment]:
    """Commitments of this person's organisations, as giver, collector or carrier; open ones first."""
    scope = Scope.of(user)
    q = Q(pk__in=())
    for role in (Role.COLLABORATOR, Role.AGGREGATOR, Role.EXECUTOR):
        path = Commitment.SCOPE_PATHS.organisations[role]
        q |= Q(**{f"{path}__in": scope.organisations(role)})
    # The scope's own question is asked too: an assignment may be for one program only.
    return Commitment.objects.visible_to(user).filter(q)


def next_step(item: Commitment, scope: Scope) -> Step:
    """What comes next on a commitment that `with_way` has read, for whoever looks. No queries."""
    owed = wording.next_step(item)
    if owed is None:
        return Step(str(item.state_label))
    return Step(owed.what, owed.who, owes(item, owed.owner, scope))


def deliveries_under_way(user: User) -> QuerySet[Delivery]:
    """Deliveries in reach that are planned, confirmed or on the way, the soonest first."""
    return Delivery.objects.visible_to(user).under_way().for_rows().order_by("planned_on", "pk")


@dataclass(frozen=True, slots=True)
class Coming:
    """A delivery as the recipient sees it: what to do with it, and its report if one was begun."""

    delivery: Delivery
    quantity: str
    report: Handover | None

    @property
    def is_here(self) -> bool:
        """It left, so a report can be made."""
        return self.delivery.state == "dispatched"

    @property
    def is_late(self) -> bool:
        return not self.is_here and self.delivery.planned_on < clock.today()

    @property
    def returned(self) -> bool:
        return self.report is not None and self.report.state == "returned"


def coming(user: User) -> list[Coming]:
    """Deliveries to this person's RW or site that are not over; those that wait for a report first."""
    begun = Handover.objects.filter(state__in=("draft", "returned"))
    unsaid = DeliveryLine.objects.filter(
        delivery=OuterRef("pk"), quantity__gt=F("good") + F("damaged") + F("missing")
    )
    rows = (
        deliveries_under_way(user)
        .filter(_received_by(user))
        .annotate(owed=Exists(unsaid))
        .filter(Q(owed=True) | Q(handovers__state="returned"))
        .distinct()
        .prefetch_related(Prefetch("handovers", begun, to_attr="begun"))
    )
    found = [
        Coming(row, quantities(row), next(iter(row.begun), None))  # type: ignore[attr-defined]
        for row in rows[:50]
    ]
    return sorted(found, key=lambda one: (not one.is_here, one.delivery.planned_on))


def _received_by(user: User) -> Q:
    q = Q(pk__in=())
    for grant in Scope.of(user).grants:
        if grant.role == Role.OFFICIAL:
            q |= grant.as_q(Delivery.SCOPE_PATHS)
    return q


def own_needs(user: User) -> QuerySet[Need]:
    """Published needs whose recipient is this official's RW or site."""
    q = Q(pk__in=())
    for grant in Scope.of(user).grants:
        if grant.role == Role.OFFICIAL:
            q |= grant.as_q(Need.SCOPE_PATHS)
    published = (NeedState.PUBLISHED, NeedState.PAUSED)
    return Need.objects.filter(q, state__in=published).for_rows().order_by("deadline", "pk")
