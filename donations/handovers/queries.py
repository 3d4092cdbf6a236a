"""Questions that the pages of handover reports ask."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from accounts.actions import may
from accounts.models import Move, Organisation, User
from accounts.roles import Permission, Role
from accounts.scope import Scope
from donations.handovers.beside import without_barred
from donations.handovers.models import (
    CODE_ALPHABET,
    CODE_LENGTH,
    Handover,
    HandoverCheck,
    HandoverLine,
    HandoverMove,
    HandoverPhoto,
    HandoverQuerySet,
    RecipientListView,
)
from donations.handovers.states import HANDOVER, MADE_BY, HandoverState

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
        )
        .prefetch_related("sessions")
        .order_by("delivery_line_id")
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
    """The code as it is kept, from what was typed or scanned: small letters, dashes and spaces do not matter, and of an
    address, which some phones show instead of opening it, only the last part does."""
    last = re.sub(r"^.*[.:].*/", "", text[:100].strip().rstrip("/"))
    return re.sub(r"[^0-9A-Z]", "", last.upper())


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


def with_warned(handovers: QuerySet[Any]) -> QuerySet[Any]:
    """With the number of warnings of their newest version as `warned`."""
    return handovers.annotate(warned=Coalesce(Subquery(_noticed().values("number")[:1]), 0))


def warned_only(handovers: QuerySet[Any]) -> QuerySet[Any]:
    return handovers.filter(Exists(_noticed().filter(number__gt=0)))


def _noticed() -> QuerySet[HandoverCheck]:
    return HandoverCheck.objects.filter(record__handover=OuterRef("pk"), record__version=OuterRef("version"))


def waiting_for(user: User) -> HandoverQuerySet:
    """Reports that this person may verify now; none of which they made any version themselves, or that they confirmed."""
    own = HandoverMove.objects.filter(verb__in=MADE_BY, actor=user.pk).values("subject")
    mine = Scope.of(user).as_q(Permission.HANDOVER_VERIFY, Handover.SCOPE_PATHS)
    return without_barred(Handover.objects.waiting().filter(mine).exclude(pk__in=own), user)


def next_to_check(user: User, handover: Handover) -> Handover | None:
    """The report that waits longest after this one; after the last one the first. One query."""
    rows = waiting_for(user).exclude(pk=handover.pk)
    after = Q(submitted_at__gt=handover.submitted_at) | Q(
        submitted_at=handover.submitted_at, pk__gt=handover.pk
    )
    return rows.for_rows().order_by(Case(When(after, then=0), default=1), "submitted_at", "pk").first()


def photo_of(user: object, pk: int) -> HandoverPhoto | None:
    """A photo for those in reach of its report; one that was taken off in a correction only for officers."""
    photos = HandoverPhoto.ever.filter(handover__in=readable(user).order_by())
    found = (
        photos.select_related("handover__delivery__region", "handover__delivery__site").filter(pk=pk).first()
    )
    return found if found and (found.removed_at is None or is_officer(user, found.handover)) else None


def is_officer(user: object, handover: Handover) -> bool:
    """Whether this person checks reports like this one: then they see the evidence, and what the platform noticed."""
    scope = Scope.of(user)
    return any(
        scope.covers(permission, handover)
        for permission in (Permission.HANDOVER_VERIFY, Permission.HANDOVER_DISPUTE)
    )


def made_by(handover: Handover, user: User) -> bool:
    """Whether this person wrote the report or handed it in, in whatever role, any version of it."""
    return handover.moves.filter(verb__in=MADE_BY, actor=user.pk).exists()


def openings_of(handover: Handover) -> list[RecipientListView]:
    """Who opened its lists of recipients, the last one first."""
    return list(RecipientListView.objects.filter(handover=handover).select_related("user"))


def may_open_lists(user: User, handover: Handover) -> bool:
    """Assessors who verify the report; not whoever made it, whatever else they are."""
    return (
        handover.submitted_at is not None
        and not made_by(handover, user)
        and may(user, HANDOVER["verify"], handover)
    )
