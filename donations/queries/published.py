"""Totals of the whole province, read from the published statistics."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, Sum

from donations.statistics.definitions import AID_TYPE, EVERY_PROGRAM, TOTAL
from donations.statistics.models import StatisticRow
from programs.models import AidType


@dataclass(frozen=True, slots=True)
class Published:
    """`verified`: units of one aid type. `as_of`: when the rows were read; None before the first count."""

    verified: int
    rw_reached: int
    handovers_verified: int
    as_of: datetime | None


def published_totals(aid_type: AidType | None) -> Published:
    """Three numbers in two queries. Cities add up: no RW and no report is in two of them."""
    rows = StatisticRow.objects.filter(program_code=EVERY_PROGRAM, dimension=TOTAL)
    counts = dict(
        rows.filter(measure__in=("rw_reached", "handovers_verified"))
        .values_list("measure")
        .annotate(Sum("value"))
    )
    verified, as_of = 0, None
    if aid_type is not None:
        row = StatisticRow.objects.filter(
            program_code=aid_type.program_id, measure="verified", dimension=AID_TYPE, key=aid_type.code
        ).aggregate(value=Sum("value"))
        verified = int(row["value"] or 0)
        as_of = StatisticRow.objects.aggregate(latest=Max("as_of"))["latest"]
    return Published(
        verified, int(counts.get("rw_reached", 0)), int(counts.get("handovers_verified", 0)), as_of
    )
