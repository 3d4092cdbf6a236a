"""Totals of the whole province, read from the published statistics."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Min, Sum

from donations.statistics.definitions import AID_TYPE, EVERY_PROGRAM, TOTAL
from donations.statistics.models import StatisticRow
from programs.models import AidType


def leading_aid_type() -> AidType | None:
    """The first form of aid of the first program: what the front page counts, since types never add up."""
    return (
        AidType.objects.filter(is_active=True)
        .select_related("program")
        .order_by("program__position", "program", "position", "pk")
        .first()
    )


@dataclass(frozen=True, slots=True)
class Published:
    """`verified`: units of one aid type. `as_of`: when the rows were read; None before the first count."""

    verified: int
    rw_reached: int
    handovers_verified: int
    as_of: datetime | None


def published_totals(aid_type: AidType | None) -> Published:
    """Three numbers and the oldest time among their rows, in two queries.

    Cities add up: no RW and no report is in two of them.
    """
    everything = StatisticRow.objects.filter(
        program_code=EVERY_PROGRAM, dimension=TOTAL, measure__in=("rw_reached", "handovers_verified")
    )
    counts = {
        row["measure"]: row
        for row in everything.values("measure").annotate(sum=Sum("value"), oldest=Min("as_of"))
    }
    times = [row["oldest"] for row in counts.values()]
    verified = 0
    if aid_type is not None:
        found = StatisticRow.objects.filter(
            program_code=aid_type.program_id, measure="verified", dimension=AID_TYPE, key=aid_type.code
        ).aggregate(sum=Sum("value"), oldest=Min("as_of"))
        verified = int(found["sum"] or 0)
        times += [found["oldest"]] if found["oldest"] else []
    reached, checked = (
        int(counts[name]["sum"]) if name in counts else 0 for name in ("rw_reached", "handovers_verified")
    )
    return Published(verified, reached, checked, min(times, default=None))
