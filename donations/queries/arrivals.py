"""The latest handovers, as public pages list them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.db.models.functions import Left
from django.db.models.lookups import Exact

from donations.handovers.models import ArrivalPlace, Handover, HandoverLine
from donations.handovers.states import HandoverState
from programs.models import AidType, Need
from programs.wording import quantity_of


@dataclass(frozen=True, slots=True)
class Arrival:
    """One report in force: where, what was received good, from whom, when, and whether it was checked."""

    recipient: str
    href: str
    aid: str
    giver: str
    arrived_at: datetime | None
    is_verified: bool


def latest_arrivals(number: int, *, within_code: str = "") -> list[Arrival]:
    """The latest reports in force in a region (default: everywhere), newest arrival first. Three queries."""
    lines = HandoverLine.objects.select_related(
        "delivery_line__allocation__commitment__aid_type",
        "delivery_line__allocation__commitment__pledge__collaborator",
    )
    # Chosen by what an index holds; everything that their rows say is read for these few only.
    inside: QuerySet[Any] = Handover.objects.in_force()
    if within_code:
        inside = ArrivalPlace.objects.filter(Exact(Left("region_id", len(within_code)), within_code))
    first = list(inside.order_by("-arrived_at", "-pk").values_list("pk", flat=True)[:number])
    found = Handover.objects.filter(pk__in=first).for_rows().order_by("-arrived_at", "-pk")
    return [_arrival(handover) for handover in found.prefetch_related(Prefetch("lines", queryset=lines))]


def arrivals_for(needs: Iterable[Need], number: int = 10) -> list[Arrival]:
    """The verified reports of what these needs were given, newest arrival first. Two queries."""
    lines = HandoverLine.objects.filter(delivery_line__allocation__need__in=list(needs)).select_related(
        "delivery_line__allocation__commitment__aid_type",
        "delivery_line__allocation__commitment__pledge__collaborator",
    )
    found = Handover.objects.in_force().filter(state=HandoverState.VERIFIED, pk__in=lines.values("handover"))
    found = found.for_rows().prefetch_related(Prefetch("lines", queryset=lines))
    return [_arrival(handover) for handover in found.order_by("-arrived_at", "-pk")[:number]]


def _arrival(handover: Handover) -> Arrival:
    lines = list(handover.lines.all())
    commitments = [line.delivery_line.allocation.commitment for line in lines]
    return Arrival(
        recipient=handover.recipient_name,
        href=handover.get_absolute_url(),
        aid=", ".join(_quantities(lines)),
        giver=", ".join(dict.fromkeys(commitment.pledge.public_name for commitment in commitments)),
        arrived_at=handover.arrived_at,
        is_verified=handover.is_verified,
    )


def _quantities(lines: Iterable[HandoverLine]) -> list[str]:
    """What was received good, added up within each aid type only."""
    sums: dict[AidType, int] = {}
    for line in lines:
        aid_type = line.delivery_line.allocation.commitment.aid_type
        sums[aid_type] = sums.get(aid_type, 0) + line.good
    return [quantity_of(aid_type, good) for aid_type, good in sums.items()]
