"""What one collaborator shows everybody: sums of the pledges in which it may be named, by program and by place."""

from dataclasses import dataclass
from typing import Any

from django.db.models import BigIntegerField, Count, F, QuerySet, Sum
from django.db.models.functions import Coalesce

from accounts.models import Organisation
from donations.pledges.models import Allocation, Commitment
from donations.pledges.states import COMMITTED, AllocationState
from programs.models import AidType
from programs.wording import place_line, quantity_in_unit


@dataclass(frozen=True, slots=True)
class AidLine:
    """One form of aid: what was promised, received good and verified, in its unit."""

    aid_type: AidType
    commitments: int
    promised: int
    received: int
    verified: int

    @property
    def written(self) -> dict[str, str]:
        return {
            name: quantity_in_unit(self.aid_type, getattr(self, name))
            for name in ("promised", "received", "verified")
        }


def named_commitments(organisation: Organisation) -> "QuerySet[Commitment]":
    return Commitment.objects.filter(
        pledge__collaborator=organisation, pledge__may_be_named=True, state__in=COMMITTED
    )


def by_aid_type(organisation: Organisation) -> list[AidLine]:
    """Two queries."""
    rows = (
        named_commitments(organisation)
        .order_by()
        .values("aid_type")
        .annotate(
            commitments=Count("pk"),
            promised=_sum(F("quantity") - F("cancelled")),
            received=_sum(F("received")),
            verified=_sum(F("verified")),
        )
    )
    found = list(rows)
    aids = AidType.objects.select_related("program").in_bulk([row["aid_type"] for row in found])
    lines = [
        AidLine(aids[row["aid_type"]], row["commitments"], row["promised"], row["received"], row["verified"])
        for row in found
    ]
    return sorted(lines, key=lambda line: (line.aid_type.program.title, line.aid_type.title))


def by_need(organisation: Organisation) -> "QuerySet[Allocation]":
    """The needs that got something of it, the latest first: the rows behind the sums by place."""
    return (
        Allocation.objects.filter(
            commitment__in=named_commitments(organisation), state=AllocationState.RESERVED
        )
        .select_related("need__region__parent__parent__parent", "need__site", "commitment__aid_type")
        .order_by("-pk")
    )


def row_of(allocation: Allocation) -> dict[str, Any]:
    """A line of the list of places."""
    need, aid = allocation.need, allocation.commitment.aid_type
    return {
        "need": need,
        "place": place_line(need.region),
        "aid": aid.title,
        "promised": quantity_in_unit(aid, allocation.live),
        "received": quantity_in_unit(aid, allocation.received),
        "verified": quantity_in_unit(aid, allocation.verified),
    }


def _sum(expression: Any) -> Coalesce:
    return Coalesce(Sum(expression, output_field=BigIntegerField()), 0)
