"""What gallery and stories show: verified handovers with the photos that an officer let into them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Prefetch
from django.utils.translation import gettext as _

from donations.deliveries.wording import amounts
from donations.handovers.models import Handover, HandoverLine, HandoverPhoto, HandoverQuerySet
from donations.handovers.queries import lines_of
from donations.handovers.states import HandoverState
from donations.stories.models import Story
from programs.models import Need
from programs.wording import place_line

LINES = HandoverLine.objects.select_related(
    "delivery_line__allocation__commitment__aid_type",
    "delivery_line__allocation__commitment__pledge__collaborator",
)


def shown(program: str = "", city: str = "") -> HandoverQuerySet:
    """Verified handovers with a cleared photo, the latest arrival first, of a program and in a city where asked."""
    found = Handover.objects.filter(pk__in=HandoverPhoto.objects.cleared().values("handover"))
    if program:
        found = found.filter(delivery__program=program)
    if city:
        found = found.filter(delivery__region__code__startswith=f"{city}.")
    return in_order(found)


def in_order(handovers: HandoverQuerySet) -> HandoverQuerySet:
    """The latest arrival first. Few reports have a cleared photo: they are found by it, not sought by their time."""
    return handovers.annotate(latest=F("arrived_at") + timedelta(0)).order_by("-latest", "-pk")


def with_pictures(handovers: HandoverQuerySet) -> HandoverQuerySet:
    """With their cleared photos as `pictures`, and what their rows say. Three queries."""
    photos = Prefetch("photos", HandoverPhoto.objects.cleared(), to_attr="pictures")
    places = handovers.for_rows().select_related("delivery__region__parent__parent__parent")
    return places.prefetch_related(photos, Prefetch("lines", LINES))


def received(handover: Handover) -> str:
    """What of a report was received good, in words: "120 paket sembako"."""
    lines = handover.lines.all()
    return amounts((line.delivery_line.allocation.commitment.aid_type, line.good) for line in lines)


def place_of(handover: Handover) -> str:
    return place_line(handover.delivery.region)


@dataclass(frozen=True)
class Chain:
    """One gift from the need to the proof, in the words of the journals; nothing of it is typed by hand."""

    received: str
    givers: tuple[str, ...]
    needs: tuple[Need, ...]
    steps: tuple[dict[str, Any], ...]


def chain_of(handover: Handover) -> Chain:
    """The chain that ends in a verified report. A fixed number of queries; `handover` comes with its delivery."""
    lines = lines_of(handover)
    allocations = [line.delivery_line.allocation for line in lines]
    needs = tuple({allocation.need_id: allocation.need for allocation in allocations}.values())
    commitments = {allocation.commitment_id: allocation.commitment for allocation in allocations}.values()
    givers = tuple(dict.fromkeys(commitment.pledge.public_name for commitment in commitments))
    delivery = handover.delivery
    moments: list[tuple[str, datetime | None, str, str]] = [
        (_("Kebutuhan ditetapkan"), need.published_at, need.get_absolute_url(), need.number) for need in needs
    ]
    accepted = min((item.accepted_at for item in commitments if item.accepted_at), default=None)
    moments += [
        (_("Ikrar diterima asesor"), accepted, "", ", ".join(givers)),
        (_("Bantuan berangkat"), delivery.dispatched_at, "", ""),
        (
            _("Diterima dan dihitung"),
            handover.arrived_at,
            handover.get_absolute_url(),
            f"BAST {handover.number}",
        ),
        (_("Diperiksa petugas yang bukan pelapornya"), handover.verified_at, "", ""),
    ]
    return Chain(
        amounts((line.delivery_line.allocation.commitment.aid_type, line.good) for line in lines),
        givers,
        needs,
        tuple(_step(*moment) for moment in moments if moment[1] is not None),
    )


def _step(label: str, moment: datetime | None, href: str, detail: str) -> dict[str, Any]:
    return {"label": label, "moment": moment, "detail": detail, "detail_href": href}


def stories_of(handovers: Iterable[Handover]) -> dict[int, Story]:
    """The published story of each report that has one, by the report's primary key. One query."""
    found = Story.objects.published().filter(handover__in=[handover.pk for handover in handovers])
    return {story.handover_id: story for story in found}


def tellable() -> HandoverQuerySet:
    """Reports that a story may be told of."""
    return Handover.objects.filter(state=HandoverState.VERIFIED)
