"""What a need has been given, as its public page shows it: no name that did not agree to be shown."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Max
from django.utils.translation import gettext as _

from accounts import clock
from donations.deliveries.models import DeliveryLine
from donations.deliveries.states import DeliveryState
from donations.handovers.models import HandoverLine
from donations.handovers.states import IN_FORCE
from donations.pledges.models import Allocation
from donations.pledges.models.allocations import AllocationQuerySet
from donations.pledges.states import AllocationState
from programs.models import Need

# The mark of components/status.html for each word of `Allocation.progress`.
MARKS = {
    "held": "held",
    "allocated": "allocated",
    "on_the_way": "allocated",
    "partly": "delivered",
    "delivered": "delivered",
    "verified": "verified",
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """One report of an arrival: its number, public address, quantity received good, whether it was checked."""

    number: str
    href: str
    good: int
    is_verified: bool


@dataclass(slots=True)
class Gift:
    """One allocation: who (or that they stay unnamed), how much, how far, and what proves it."""

    allocation: Allocation
    evidence: list[Evidence] = field(default_factory=list)
    sent_on: date | None = None

    @property
    def collaborator(self) -> str:
        """Named once an officer has accepted: anybody can sign up under any name, and nobody has looked yet."""
        pledge = self.allocation.commitment.pledge
        if pledge.may_be_named and self.progress == "held":
            return str(_("Nama tampil setelah diterima"))
        return pledge.public_name

    @property
    def kind(self) -> str:
        return str(self.allocation.commitment.pledge.collaborator.kind_label)

    @property
    def through(self) -> str:
        """The aggregator's name: collecting with a permit is a public act."""
        aggregator = self.allocation.commitment.aggregator
        return aggregator.name if aggregator else ""

    @property
    def quantity(self) -> int:
        return self.allocation.live

    @property
    def received(self) -> int:
        return self.allocation.received

    @property
    def progress(self) -> str:
        return self.allocation.progress

    @property
    def mark(self) -> str:
        return MARKS[self.progress]


def allocations_to(need: Need) -> AllocationQuerySet:
    """Live allocations of a need, oldest first."""
    return Allocation.objects.live().filter(need=need)


def held_until(need: Need) -> datetime | None:
    """When the last of the held quantities is free again at the latest; None once a job is only late."""
    held = Allocation.objects.filter(need=need, state=AllocationState.HELD, expires_at__gt=clock.now())
    return held.aggregate(last=Max("expires_at"))["last"]


def gifts_of(keys: Iterable[int]) -> list[Gift]:
    """The allocations of these keys with their evidence, oldest first. Three queries, however many there are."""
    allocations = Allocation.objects.filter(pk__in=list(keys)).select_related(
        "commitment__pledge__collaborator", "commitment__aggregator"
    )
    gifts = {allocation.pk: Gift(allocation) for allocation in allocations}
    reported = (
        HandoverLine.objects.filter(delivery_line__allocation__in=gifts, handover__state__in=IN_FORCE)
        .select_related("handover", "delivery_line")
        .order_by("handover__submitted_at", "pk")
    )
    for line in reported:
        handover = line.handover
        gifts[line.delivery_line.allocation_id].evidence.append(
            Evidence(handover.number or "", handover.get_absolute_url(), line.good, handover.is_verified)
        )
    under_way = DeliveryLine.objects.filter(
        allocation__in=gifts,
        delivery__state__in=(DeliveryState.PLANNED, DeliveryState.CONFIRMED, DeliveryState.DISPATCHED),
    ).select_related("delivery")
    for planned in under_way.order_by("delivery__planned_on"):
        gifts[planned.allocation_id].sent_on = planned.delivery.planned_on
    return list(gifts.values())
