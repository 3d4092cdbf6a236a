"""Questions that the pages of handover reports ask."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import Move, Organisation
from accounts.roles import Permission, Role
from accounts.scope import Scope
from donations.handovers.models import (
    CODE_ALPHABET,
    CODE_LENGTH,
    Handover,
    HandoverLine,
    HandoverPhoto,
    HandoverQuerySet,
)
from donations.handovers.states import HandoverState
from regions.codes import Level
from regions.models import Region
from regions.points import region_at
from regions.queries import position_of

# The mark of a state: the kinds of the tag "status".
MARKS = {
    HandoverState.DRAFT: "draft",
    HandoverState.SUBMITTED: "delivered",
    HandoverState.RETURNED: "held",
    HandoverState.VERIFIED: "verified",
    HandoverState.DISPUTED: "late",
    HandoverState.DISCARDED: "closed",
}
# What a public timeline tells; a draft is nobody's business yet.
PUBLIC_VERBS = ("submit", "verify", "send_back", "dispute", "settle", "discard")
FAR_METRES = 1000
EARTH_METRES = 6_371_000


def readable(user: object) -> HandoverQuerySet:
    """Reports in reach; drafts only for those who write them."""
    reports = Scope.of(user).as_q(Permission.HANDOVER_REPORT, Handover.SCOPE_PATHS)
    return Handover.objects.visible_to(user).filter(Q(submitted_at__isnull=False) | reports)


def with_place(handovers: HandoverQuerySet) -> HandoverQuerySet:
    return handovers.select_related(
        "delivery__executor",
        "delivery__program",
        "delivery__region__parent__parent__parent__parent",
        "delivery__site",
        "reported_by",
    )


def lines_of(handover: Handover) -> list[HandoverLine]:
    return list(
        handover.lines.select_related(
            "delivery_line__allocation__need",
            "delivery_line__allocation__commitment__aid_type",
            "delivery_line__allocation__commitment__pledge__collaborator",
        ).order_by("delivery_line_id")
    )


def roles_of(executor: Organisation, lines: Sequence[HandoverLine]) -> str:
    """As what somebody brings it: "kolaborator dan pelaksana"."""
    commitments = [line.delivery_line.allocation.commitment for line in lines]
    roles = [str(Role.EXECUTOR.label)]
    if gives_itself(executor, lines):
        roles.insert(0, str(Role.COLLABORATOR.label))
    elif any(commitment.aggregator_id == executor.pk for commitment in commitments):
        roles.insert(0, str(Role.AGGREGATOR.label))
    return _(" dan ").join(roles)


def gives_itself(executor: Organisation, lines: Sequence[HandoverLine]) -> bool:
    """Whether all of it is the deliverer's own gift."""
    return {line.delivery_line.allocation.commitment.pledge.collaborator_id for line in lines} == {
        executor.pk
    }


def code_of(text: str) -> str:
    """The code as it is kept, from what was typed or scanned: small letters, dashes and spaces do not matter."""
    return re.sub(r"[^0-9A-Z]", "", text[:100].upper())


def look_up(text: str) -> Handover | None:
    """The public report with this code or number ("187/31.73/2026"), or None."""
    code = code_of(text)
    if len(code) == CODE_LENGTH and set(code) <= set(CODE_ALPHABET):
        found = Handover.objects.public().filter(code=code).first()
        if found is not None:
            return found
    number = re.search(r"(\d{1,9})\s*/\s*(\d\d(?:\.\d\d)?)\s*/\s*(\d{4})", text[:100])
    if number is None:
        return None
    return (
        Handover.objects.public().filter(number="/".join((str(int(number[1])), *number.groups()[1:]))).first()
    )


@dataclass(frozen=True, slots=True)
class Counted:
    """One line as it was handed in."""

    line: HandoverLine
    good: int
    damaged: int
    missing: int

    @property
    def sent(self) -> int:
        return self.line.delivery_line.quantity

    @property
    def counted(self) -> int:
        return self.good + self.damaged + self.missing


@dataclass(frozen=True)
class Version:
    """A report as it was handed in: what its journal says, whatever is being corrected now."""

    move: Move
    number: int
    arrived_at: datetime
    place: str
    note: str
    lines: tuple[Counted, ...]
    photo_hashes: frozenset[str]

    @property
    def good(self) -> int:
        return sum(line.good for line in self.lines)

    @property
    def short(self) -> int:
        return sum(line.damaged + line.missing for line in self.lines)


def versions(handover: Handover, moves: Sequence[Move], lines: Sequence[HandoverLine]) -> list[Version]:
    """Every version that was handed in, the first one first. `lines` as `lines_of` gives them."""
    return [_version(move, move.data, lines) for move in moves if move.verb == "submit"]


def _version(move: Move, data: dict[str, Any], lines: Sequence[HandoverLine]) -> Version:
    told = data["lines"]
    return Version(
        move=move,
        number=data["version"],
        arrived_at=datetime.fromisoformat(data["arrived_at"]),
        place=data["place"],
        note=data["note"],
        lines=tuple(
            Counted(line, *told[str(line.delivery_line_id)])
            for line in lines
            if str(line.delivery_line_id) in told
        ),
        photo_hashes=frozenset(data["photos"]),
    )


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where a report says it was made: metres from the recipient's centre, and the RW that holds the point."""

    metres: int | None
    region: Region | None
    fits: bool

    @property
    def is_far(self) -> bool:
        return self.metres is not None and self.metres > FAR_METRES


def whereabouts(handover: Handover) -> Whereabouts | None:
    """How the report's position lies to its recipient; None where it has none."""
    if handover.latitude is None or handover.longitude is None:
        return None
    delivery = handover.delivery
    site, region = delivery.site, delivery.region
    centre = (site.latitude, site.longitude) if site and site.latitude is not None else position_of(region)
    metres = None
    if centre[0] is not None and centre[1] is not None:
        metres = distance(handover.latitude, handover.longitude, centre[0], centre[1])
    found = region_at(handover.latitude, handover.longitude, Level.RW)
    return Whereabouts(metres, found, found is not None and found.pk == region.pk)


def distance(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> int:
    """Metres between two points (degrees WGS 84) on a round earth; within a city that is exact enough."""
    north = math.radians(latitude - other_latitude)
    east = math.radians(longitude - other_longitude) * math.cos(math.radians(latitude))
    return round(math.hypot(north, east) * EARTH_METRES)


def photos_used_elsewhere(handover: Handover) -> set[str]:
    """Hashes of this report's photos that another report has too: the very same file."""
    own = handover.photos.values("sha256")
    return set(
        HandoverPhoto.objects.filter(sha256__in=own)
        .exclude(handover=handover)
        .values_list("sha256", flat=True)
    )
