"""Questions that the pages of deliveries ask."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import Coalesce

from accounts import clock
from accounts.models import Move, Organisation
from accounts.roles import Permission, Role
from accounts.scope import Paths, Scope
from donations.deliveries.models import Delivery, DeliveryQuerySet
from donations.deliveries.states import DeliveryState
from donations.pledges.models import Allocation
from donations.pledges.models.allocations import AllocationQuerySet
from donations.pledges.states import AllocationState, CommitmentState
from programs.models import Program
from regions.models import Region, Site

# A deliverer reaches an allocation through the organisation that hands its commitment over.
PLANNING = Paths(
    region="need__region",
    site="need__site",
    program="need__program",
    organisations={
        Role.COLLABORATOR: "commitment__executor",
        Role.AGGREGATOR: "commitment__executor",
        Role.EXECUTOR: "commitment__executor",
    },
)

# The tabs of the list: name in the address → states.
VIEWS: dict[str, tuple[DeliveryState, ...]] = {
    "akan": (DeliveryState.PLANNED, DeliveryState.CONFIRMED),
    "jalan": (DeliveryState.DISPATCHED,),
    "selesai": (DeliveryState.COMPLETED,),
    "batal": (DeliveryState.FAILED, DeliveryState.CANCELLED),
}

# What the recipient still waits for.
TO_COME = (*VIEWS["akan"], *VIEWS["jalan"])

# The mark of a state: the kinds of the tag "status".
MARKS = {
    DeliveryState.PLANNED: "held",
    DeliveryState.CONFIRMED: "allocated",
    DeliveryState.DISPATCHED: "delivered",
    DeliveryState.COMPLETED: "verified",
    DeliveryState.FAILED: "late",
    DeliveryState.CANCELLED: "closed",
}


@dataclass
class Journey:
    """What could go in one delivery: allocations of one executor for one recipient and one program."""

    executor: Organisation
    program: Program
    region: Region
    site: Site | None
    allocations: list[Allocation] = field(default_factory=list)

    @property
    def recipient_name(self) -> str:
        return str(self.site or self.region.full_name)

    @property
    def free(self) -> int:
        return sum(allocation.free for allocation in self.allocations)

    @property
    def key(self) -> str:
        """Names the journey in an address."""
        return f"{self.executor.pk}-{self.program.pk}-{self.region.pk}-{self.site.pk if self.site else ''}"


def plannable(user: object) -> AllocationQuerySet:
    """Allocations of which this person may plan something that is neither planned nor sent yet."""
    return (
        Allocation.objects.filter(
            Scope.of(user).as_q(Permission.DELIVERY_PLAN, PLANNING),
            state=AllocationState.RESERVED,
            commitment__state__in=(CommitmentState.ACCEPTED, CommitmentState.FULFILLED),
            quantity__gt=F("released") + F("planned") + F("dispatched"),
        )
        .select_related(
            "commitment__executor",
            "commitment__aid_type",
            "commitment__pledge__collaborator",
            "need__program",
            "need__region",
            "need__site",
        )
        .order_by("need__deadline", "pk")
    )


def journeys(allocations: Iterable[Allocation]) -> list[Journey]:
    """The allocations by executor, recipient and program, in the order of their deadlines."""
    found: dict[str, Journey] = {}
    for allocation in allocations:
        need, executor = allocation.need, allocation.commitment.executor
        if executor is None:
            continue
        journey = Journey(executor, need.program, need.region, need.site)
        found.setdefault(journey.key, journey).allocations.append(allocation)
    return list(found.values())


def search(deliveries: DeliveryQuerySet, text: str) -> DeliveryQuerySet:
    """Those whose number, deliverer or recipient fits."""
    text = text.strip()
    if not text:
        return deliveries
    if number := re.fullmatch(r"(?:kr)?[\s-]*0*(\d{1,12})", text, re.IGNORECASE):
        return deliveries.filter(pk=int(number[1]))
    return deliveries.filter(
        Q(executor__name__icontains=text)
        | Q(site__name__icontains=text)
        | Q(region__in=Region.objects.search(text).order_by().values("pk"))
    )


def count_by_view(deliveries: DeliveryQuerySet) -> dict[str, int]:
    """How many there are under each tab; "" is all of them. One query."""
    counts = dict(deliveries.order_by().values_list("state").annotate(n=Count("pk")))
    by_view = {name: sum(counts.get(state, 0) for state in states) for name, states in VIEWS.items()}
    return {"": sum(counts.values()), **by_view}


def lines_of(delivery: Delivery) -> list[Any]:
    """The lines (`DeliveryLine`) with all that a page says of them; `open_shortfall` is what may be settled now."""
    short = Sum(F("reports__damaged") + F("reports__missing"), filter=Q(reports__handover__state="verified"))
    return list(
        delivery.lines.annotate(open_shortfall=Coalesce(short, 0) - F("settled"))
        .select_related(
            "allocation__need__aid_type",
            "allocation__commitment__aid_type",
            "allocation__commitment__pledge__collaborator",
        )
        .order_by("pk")
    )


def say_settled(lines: Iterable[Any], moves: Iterable[Move]) -> None:
    """Put on each line how much of its shortfall was `resent` and how much `released`, by the journal."""
    sums: Counter[tuple[int, str]] = Counter()
    for move in moves:
        if move.verb in ("resend", "release"):
            sums[move.data["line"], move.verb] += move.data["quantity"]
    for line in lines:
        line.resent, line.released = sums[line.pk, "resend"], sums[line.pk, "release"]


def is_late(delivery: Delivery) -> bool:
    """Its day is over and it has not left."""
    return delivery.state in VIEWS["akan"] and delivery.planned_on < clock.today()


def has_open_report(delivery: Delivery) -> bool:
    """Whether its recipient is writing a report of it, or correcting one."""
    return delivery.handovers.filter(state__in=("draft", "returned")).exists()
