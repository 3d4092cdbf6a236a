"""The rows behind each measure, as querysets: what each adds (`value`), of how much (`whole`), and when (`at`).

They follow the published definitions a second time, one row of the ledger at a time, so that a reader can add them
up; tests hold that their sums are the published figures.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.aggregates import BoolOr
from django.db.models import (
    DateTimeField,
    DecimalField,
    Exists,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Cast, Coalesce, Greatest, Least, Length

from accounts.models import Organisation
from donations.handovers.models import Handover, HandoverLine
from donations.handovers.states import IN_FORCE, HandoverState
from donations.pledges.models import Allocation, Commitment
from donations.pledges.states import AllocationState
from donations.statistics.definitions import EVENNESS, OPEN, RW, gini_points
from donations.statistics.facts import RW_LENGTH
from donations.statistics.rows.question import Question
from programs.models import Need
from programs.models.programs import AidKind
from programs.queries import counted_target
from regions.models import Region

# Rupiah of a large ledger can pass what a bigint holds.
EXACT = DecimalField(max_digits=60, decimal_places=0)
COLUMNS = ("kind", "pk", "value", "whole", "at")
WAITING = tuple(state for state in IN_FORCE if state != HandoverState.VERIFIED)
NEVER = Value(None, output_field=DateTimeField())


@dataclass(frozen=True)
class Part:
    """Rows of one kind: need, allocation, commitment, rest (of a commitment), arrival, handover, rw, giver, unnamed."""

    kind: str
    rows: QuerySet[Any]

    @classmethod
    def of(cls, kind: str, rows: QuerySet[Any], value: Any, at: Any = NEVER, whole: Any = 0) -> "Part":
        """`value` and `whole` are expressions, or whole numbers."""
        columns = {"value": _exact(value), "whole": _exact(whole), "at": at}
        marked = rows.order_by().annotate(kind=Value(kind)).annotate(**columns)
        return cls(kind, marked)

    @property
    def columns(self) -> QuerySet[Any, Any]:
        return self.rows.values_list(*COLUMNS)


@dataclass(frozen=True)
class Totals:
    """What the rows add up to, and how many there are."""

    value: int
    whole: int
    count: int
    index: int | None = None
    """The Gini index of the rows' shares, in basis points."""


def parts_of(question: Question) -> list[Part]:
    """The parts whose rows make the figure."""
    return BEHIND[question.measure](question)


def total_of(question: Question, parts: list[Part]) -> Totals:
    """One query for each part."""
    value = whole = count = 0
    for part in parts:
        found = part.rows.aggregate(v=Sum("value"), w=Sum("whole"), c=_count())
        value, whole, count = value + int(found["v"] or 0), whole + int(found["w"] or 0), count + found["c"]
    index = None
    if question.measure in EVENNESS:
        shares = [float(v / w) for part in parts for v, w in part.rows.values_list("value", "whole") if w]
        index = gini_points(shares)
    return Totals(value, whole, count, index)


def _count() -> Any:
    return Sum(Value(1), default=0)


def _exact(value: Any) -> Any:
    return Cast(Value(value) if isinstance(value, int) else value, EXACT)


def _times(quantity: Any, unit_value: str) -> Any:
    return _exact(quantity) * Coalesce(Cast(F(unit_value), EXACT), _exact(0))


# --- what a figure can be limited to

_NEEDS, _GIFTS = frozenset({"aids", "recipient", "people"}), frozenset({"aids", "collaborator", "recipient"})
_LIMITS = {
    **dict.fromkeys(
        ("target", "target_value", "covered_value", "needs", "people_reached", "coverage"), _NEEDS
    ),
    **dict.fromkeys(("rw_targeted", "rw_reached"), frozenset({"aids", "people"})),
    **dict.fromkeys(("gini", "gini_province"), frozenset({"aids"})),
    **dict.fromkeys(("handovers_verified", "handovers_waiting"), frozenset()),
}


def deaf_to(question: Question) -> set[str]:
    """What the question names that its figure is not told apart by: its rows would be those without it."""
    named = {name for name in _NEEDS | _GIFTS if getattr(question, name)}
    return named - _LIMITS.get(question.measure, _GIFTS)


# --- needs

TARGET = counted_target()
COVERED = Least("received", "target")


def _needs(question: Question) -> QuerySet[Need]:
    found: QuerySet[Need] = Need.objects.public().filter(
        question.at("region"), question.during("published_at")
    )
    found = _of_aid(found, question, "aid_type")
    if question.people:
        found = found.filter(people_kind=question.people)
    return _for_recipient(found, question, "site")


def _of_needs(value: Any) -> Callable[[Question], list[Part]]:
    return lambda question: [Part.of("need", _needs(question), value, F("published_at"))]


def _coverage(question: Question) -> list[Part]:
    value, whole = (
        (COVERED, TARGET) if question.aid else (_times(COVERED, "unit_value"), _times(TARGET, "unit_value"))
    )
    return [Part.of("need", _needs(question), value, F("published_at"), whole)]


def _reached() -> Any:
    return Func(
        Cast(F("people"), EXACT) * Cast(COVERED, EXACT) / Cast(F("target"), EXACT),
        function="TRUNC",
        output_field=EXACT,
    )


# --- gifts


def _allocations(question: Question, at: Any) -> QuerySet[Allocation]:
    found: QuerySet[Allocation] = Allocation.objects.filter(
        question.at("need__region"), state=AllocationState.RESERVED
    )
    found = found.annotate(at=at).filter(question.during("at"))
    found = _of_aid(found, question, "commitment__aid_type")
    found = _from_kind(found, question, "commitment__pledge__collaborator")
    return _for_recipient(found, question, "need__site")


RESERVED_AT = Greatest("created_at", "commitment__accepted_at")
LIVE = F("quantity") - F("released")


def _allocated(question: Question, *, valued: bool) -> list[Part]:
    value = _times(LIVE, "commitment__unit_value") if valued else LIVE
    return [Part.of("allocation", _allocations(question, RESERVED_AT), value, F("at"))]


def _commitments(question: Question) -> QuerySet[Commitment]:
    found: QuerySet[Commitment] = Commitment.objects.committed().filter(
        question.at("region"), question.during("accepted_at")
    )
    found = _from_kind(_of_aid(found, question, "aid_type"), question, "pledge__collaborator")
    if not question.recipient:
        return found
    found = found.annotate(depth=Length("region"))
    wanted = Q(site__kind__in=question.recipients)
    if RW in question.recipients:
        wanted |= Q(site=None, depth__gte=RW_LENGTH)
    if OPEN in question.recipients:
        wanted |= Q(site=None, depth__lt=RW_LENGTH)
    return found.filter(wanted)


def _committed(question: Question, *, valued: bool = False, packages: bool = False) -> list[Part]:
    """What needs have of the commitments, at the needs; and what no need has, where the commitments aim."""
    rest = F("quantity") - F("cancelled") - F("reserved")
    given = _allocations(question, F("commitment__accepted_at"))
    left = _commitments(question).annotate(rest=rest).filter(quantity__gt=F("cancelled") + F("reserved"))
    if packages:
        given = given.exclude(commitment__aid_type__kind=AidKind.MONEY)
        left = left.exclude(aid_type__kind=AidKind.MONEY)
    return [
        Part.of("allocation", given, _times(LIVE, "commitment__unit_value") if valued else LIVE, F("at")),
        Part.of("rest", left, _times(F("rest"), "unit_value") if valued else F("rest"), F("accepted_at")),
    ]


def _unallocated(question: Question, *, valued: bool) -> list[Part]:
    """What commitments have and no need has of them."""
    return [part for part in _committed(question, valued=valued) if part.kind == "rest"]


def _count_of_commitments(question: Question) -> list[Part]:
    return [Part.of("commitment", _commitments(question), 1, F("accepted_at"))]


def _givers(question: Question) -> list[Part]:
    """Named where one of the commitments that the figure counts may name them; the others are only counted."""
    given = _commitments(question).order_by().values_list("pledge__collaborator")
    may_be_named = dict(given.annotate(named=BoolOr("pledge__may_be_named")))
    named = Q(pk__in=[pk for pk, is_named in may_be_named.items() if is_named], is_confirmed=True)
    givers = Organisation.objects.filter(pk__in=may_be_named)
    return [
        Part.of("giver", givers.filter(named), 1),
        Part.of("unnamed", givers.exclude(named), 1),
    ]


# --- arrivals

BY_LINE = "delivery_line__allocation__commitment"


def _arrivals(question: Question, *, states: Collection[HandoverState], valued: bool) -> list[Part]:
    found = HandoverLine.objects.filter(
        question.at("handover__delivery__region"), question.during("handover__arrived_at"),
        handover__state__in=states, good__gt=0,
    )  # fmt: skip
    found = _of_aid(found, question, f"{BY_LINE}__aid_type")
    found = _from_kind(found, question, f"{BY_LINE}__pledge__collaborator")
    found = _for_recipient(found, question, "handover__delivery__site")
    value = _times(F("good"), f"{BY_LINE}__unit_value") if valued else F("good")
    return [Part.of("arrival", found, value, F("handover__arrived_at"))]


def _handovers(question: Question, *, verified: bool) -> list[Part]:
    found = Handover.objects.in_force().filter(question.at("delivery__region"), question.during("arrived_at"))
    if question.program:
        found = found.filter(delivery__program=question.program)
    is_verified = Q(state=HandoverState.VERIFIED)
    return [Part.of("handover", found.filter(is_verified if verified else ~is_verified), 1, F("arrived_at"))]


# --- neighbourhoods


def _rw(question: Question, *, reached: bool = False) -> list[Part]:
    needs = _needs(question).filter(site=None, region=OuterRef("pk"))
    if reached:
        needs = needs.filter(verified__gt=0)
    return [Part.of("rw", Region.objects.filter(Exists(needs)), 1)]


def _evenness(question: Question) -> list[Part]:
    """Every RW with a target: what arrived, of how much; without an aid type in rupiah. Of months: at their end."""
    covered, target = (F("needs__received"), counted_target("needs__"))
    if not question.aid:
        covered, target = (_times(each, "needs__unit_value") for each in (covered, target))
    mine = Q(needs__published_at__isnull=False, needs__site=None)
    if question.program:
        mine &= Q(needs__aid_type__program=question.program)
    if question.aids:
        mine &= Q(needs__aid_type__in=question.aids)
    whole: Any = Sum(_exact(target))
    value: Any = Sum(_exact(covered))
    if question.until:
        mine &= question.until_its_end("needs__published_at")
        value = Least(Coalesce(Subquery(_arrived_at_rw(question)), _exact(0)), whole)
    found = Region.objects.filter(question.at("needs__region"), mine)
    return [Part.of("rw", found, value, NEVER, whole)]


def _arrived_at_rw(question: Question) -> QuerySet[Any, Any]:
    """What had arrived for the needs of an RW (the outer row) by the end of the months, in one sum."""
    need = "delivery_line__allocation__need"
    found = HandoverLine.objects.filter(
        question.until_its_end("handover__arrived_at"),
        handover__state__in=IN_FORCE,
        **{f"{need}__region": OuterRef("pk"), f"{need}__site": None, f"{need}__published_at__isnull": False},
    )
    found = _of_aid(found, question, f"{need}__aid_type")
    value = _exact("good") if question.aid else _times("good", f"{need}__unit_value")
    return found.order_by().values(f"{need}__region").annotate(sum=Sum(value)).values("sum")


# --- what several share


def _of_aid(found: QuerySet[Any], question: Question, path: str) -> QuerySet[Any]:
    if question.aids:
        return found.filter(**{f"{path}__in": question.aids})
    return found.filter(**{f"{path}__program": question.program}) if question.program else found


def _from_kind(found: QuerySet[Any], question: Question, path: str) -> QuerySet[Any]:
    return (
        found.filter(**{f"{path}__collaborator_kind__in": question.collaborators})
        if question.collaborator
        else found
    )


def _for_recipient(found: QuerySet[Any], question: Question, path: str) -> QuerySet[Any]:
    if not question.recipient:
        return found
    wanted = Q(**{f"{path}__kind__in": question.recipients})
    if RW in question.recipients:
        wanted |= Q(**{path: None})
    return found.filter(wanted)


def _both(make: Callable[..., list[Part]], **options: Any) -> tuple[Callable[[Question], list[Part]], ...]:
    """In units, and in rupiah."""
    return (
        lambda question: make(question, valued=False, **options),
        lambda question: make(question, valued=True, **options),
    )


_COMMITTED, _ALLOCATED = _both(_committed), _both(_allocated)
_DELIVERED, _VERIFIED, _UNVERIFIED = (
    _both(_arrivals, states=states) for states in (IN_FORCE, (HandoverState.VERIFIED,), WAITING)
)
_UNALLOCATED = _both(_unallocated)

BEHIND: dict[str, Callable[[Question], list[Part]]] = {
    "target": _of_needs(TARGET),
    "target_value": _of_needs(_times(TARGET, "unit_value")),
    "covered_value": _of_needs(_times(COVERED, "unit_value")),
    "needs": _of_needs(1),
    "people_reached": _of_needs(_reached()),
    "coverage": _coverage,
    "committed": _COMMITTED[0],
    "committed_value": _COMMITTED[1],
    "committed_packages": lambda question: _committed(question, packages=True),
    "commitments": _count_of_commitments,
    "collaborators": _givers,
    "collaborators_province": _givers,
    "allocated": _ALLOCATED[0],
    "allocated_value": _ALLOCATED[1],
    "delivered": _DELIVERED[0],
    "delivered_value": _DELIVERED[1],
    "verified": _VERIFIED[0],
    "verified_value": _VERIFIED[1],
    "unallocated": _UNALLOCATED[0],
    "unallocated_value": _UNALLOCATED[1],
    "unverified": _UNVERIFIED[0],
    "unverified_value": _UNVERIFIED[1],
    "handovers_verified": lambda question: _handovers(question, verified=True),
    "handovers_waiting": lambda question: _handovers(question, verified=False),
    "rw_targeted": _rw,
    "rw_reached": lambda question: _rw(question, reached=True),
    "gini": _evenness,
    "gini_province": _evenness,
}
