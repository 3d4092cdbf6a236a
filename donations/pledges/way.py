"""What the next step and the possible changes of a commitment are derived from, as plain values.

What later rooms know of it (lines of deliveries, reports) is read through the database's own relations.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch

from donations.pledges.models import Allocation, Commitment, Redirect, Route
from donations.pledges.models.commitments import CommitmentQuerySet
from donations.pledges.states import OPEN_REDIRECTS


@dataclass(frozen=True, slots=True)
class Facts:
    """Quantities in the aid type's unit; `free` is neither planned nor sent, `unsettled` damaged or missing by a
    verified report; days and moments are the earliest of what is still open."""

    state: str
    live: int = 0
    held: int = 0
    reserved: int = 0
    planned: int = 0
    dispatched: int = 0
    received: int = 0
    verified: int = 0
    unallocated: int = 0
    uncounted: int = 0
    unsettled: int = 0
    is_offer: bool = False
    contacted: bool = True
    answer_by: datetime | None = None
    accepted_at: datetime | None = None
    schedule: date | None = None
    planned_on: date | None = None
    dispatched_at: datetime | None = None
    submitted_at: datetime | None = None
    returned_at: datetime | None = None
    disputed: bool = False
    through_aggregator: bool = False
    funded: int = 0
    spent: int = 0
    converted: int = 0
    redirect: str = ""
    redirect_at: datetime | None = None

    @property
    def free(self) -> int:
        return self.live - self.planned - self.dispatched


def with_way(commitments: CommitmentQuerySet) -> CommitmentQuerySet:
    """With everything that `facts_of` reads, in a fixed number of queries."""
    allocations = (
        Allocation.objects.select_related("need__aid_type", "need__region__parent", "need__site")
        .prefetch_related(
            "lines__delivery", "lines__reports__handover",
            Prefetch("redirects", Redirect.objects.open(), to_attr="open_redirects"),
        )
        .order_by("pk")
    )  # fmt: skip
    return commitments.prefetch_related(Prefetch("allocations", allocations))


def facts_of(commitment: Commitment) -> Facts:
    """Of a commitment that `with_way` has read; no queries then."""
    allocations: list[Any] = list(commitment.allocations.all())
    lines = [line for one in allocations for line in one.lines.all()]
    trips = [line.delivery for line in lines]
    reports = [found.handover for line in lines for found in line.reports.all()]
    asked = next((r for one in allocations for r in _open_redirects(one)), None)
    sent = [line for line in lines if line.delivery.state == "dispatched" and line.uncounted]
    return Facts(
        state=commitment.state,
        live=commitment.live,
        held=commitment.held,
        reserved=commitment.reserved,
        planned=sum(one.planned for one in allocations),
        dispatched=commitment.dispatched,
        received=commitment.received,
        verified=commitment.verified,
        unallocated=commitment.unallocated,
        uncounted=sum(line.uncounted for line in sent),
        unsettled=sum(line.shortfall for line in lines if _is_checked(line)),
        is_offer=commitment.is_offer,
        contacted=commitment.contacted_at is not None,
        answer_by=commitment.answer_by,
        accepted_at=commitment.accepted_at,
        schedule=commitment.schedule,
        planned_on=_first(t.planned_on for t in trips if t.state in ("planned", "confirmed")),
        dispatched_at=_first(line.delivery.dispatched_at for line in sent),
        submitted_at=_first(r.submitted_at for r in reports if r.state in ("submitted", "disputed")),
        returned_at=_first(r.submitted_at for r in reports if r.state == "returned"),
        disputed=any(r.state == "disputed" for r in reports),
        through_aggregator=commitment.route == Route.AGGREGATOR,
        funded=commitment.funded,
        spent=commitment.spent,
        converted=commitment.converted,
        redirect=asked.state if asked else "",
        redirect_at=asked.made_at if asked else None,
    )


def _open_redirects(allocation: Any) -> list[Redirect]:
    kept = getattr(allocation, "open_redirects", None)
    return [r for r in allocation.redirects.all() if r.state in OPEN_REDIRECTS] if kept is None else kept


def _is_checked(line: Any) -> bool:
    return any(report.handover.state == "verified" for report in line.reports.all())


def _first(values: Iterable[Any]) -> Any:
    return min((value for value in values if value is not None), default=None)
