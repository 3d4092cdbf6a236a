"""The figures of a certificate and of a yearly report, as plain values: kept with the document, and read again later."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import Organisation
from donations.handovers.models import HandoverLine, HandoverPhoto
from donations.handovers.states import IN_FORCE, HandoverState
from donations.pledges.models import Commitment
from donations.pledges.states import COMMITTED
from programs.models import AidKind, AidType
from programs.wording import place_line
from regions.notation import JAKARTA

Figures = dict[str, Any]
MOST_PHOTOS = 12
FEW_PHOTOS = 3
MOST_ROWS = 60


def certificate_figures(commitment: Commitment) -> Figures:
    """What of one commitment was promised, received good and verified, where and for how many."""
    lines = list(_lines().filter(delivery_line__allocation__commitment=commitment))
    received = sum(line.good for line in lines)
    verified = sum(line.good for line in lines if _is_verified(line))
    aid_type = commitment.aid_type
    return {
        "commitment": commitment.number,
        "program": commitment.program_id,
        "aid_type": aid_type.pk,
        "promised": commitment.live,
        "received": received,
        "verified": verified,
        "value": _value(verified, commitment.unit_value, aid_type),
        "people": _people(lines),
        "rows": [_row(line) for line in lines],
        "photos": list(
            _photos({line.handover_id for line in lines}).values_list("pk", flat=True)[:FEW_PHOTOS]
        ),
    }


def report_figures(organisation: Organisation, year: int, *, named_only: bool) -> Figures:
    """What a giver promised and what of theirs arrived in one year, by program and place."""
    begin, end = _year(year)
    promised = Commitment.objects.filter(
        pledge__collaborator=organisation, state__in=COMMITTED, accepted_at__range=(begin, end)
    ).select_related("aid_type")
    lines = _lines().filter(
        delivery_line__allocation__commitment__pledge__collaborator=organisation,
        handover__arrived_at__range=(begin, end),
    )
    if named_only:
        promised = promised.filter(pledge__may_be_named=True)
        lines = lines.filter(delivery_line__allocation__commitment__pledge__may_be_named=True)
    commitments, found = list(promised), list(lines)
    handovers = {line.handover_id for line in found}
    checked = {line.handover_id for line in found if _is_verified(line)}
    pledges = {one.pledge_id for one in (*commitments, *map(_commitment, found))}
    return {
        "year": year,
        "pledges": sorted(pledges),
        "commitments": len(commitments),
        "promised_value": sum(_value(one.live, one.unit_value, one.aid_type) or 0 for one in commitments),
        "received_value": _sum_value(found),
        "verified_value": _sum_value(line for line in found if _is_verified(line)),
        "handovers": len(handovers),
        "handovers_verified": len(checked),
        "recipients": len({_recipient(line) for line in found}),
        "people": _people(found),
        "programs": _by_program(commitments, found),
        "places": _by_place(found),
        "rows": [_row(line) for line in found[:MOST_ROWS]],
        "more_rows": max(0, len(found) - MOST_ROWS),
        "photos": list(_photos(handovers).values_list("pk", flat=True)[:MOST_PHOTOS]),
    }


def years_of(organisation: Organisation) -> list[int]:
    """Years in which something of theirs was accepted or arrived, the latest first. Two queries."""
    accepted = Commitment.objects.filter(pledge__collaborator=organisation, state__in=COMMITTED)
    arrived = HandoverLine.objects.filter(
        handover__state__in=IN_FORCE, delivery_line__allocation__commitment__pledge__collaborator=organisation
    )
    moments = [
        *accepted.order_by().datetimes("accepted_at", "year", tzinfo=JAKARTA),
        *arrived.order_by().datetimes("handover__arrived_at", "year", tzinfo=JAKARTA),
    ]
    return sorted({moment.year for moment in moments}, reverse=True)


def _lines() -> "QuerySet[HandoverLine]":
    """Counts of reports in force, the earliest arrival first, with all that figures read."""
    return (
        HandoverLine.objects.filter(handover__state__in=IN_FORCE, good__gt=0)
        .select_related(
            "handover__delivery__region__parent__parent__parent", "handover__delivery__site",
            "delivery_line__allocation__need", "delivery_line__allocation__commitment__aid_type",
        )
        .order_by("handover__arrived_at", "handover_id", "pk")
    )  # fmt: skip


def _photos(handovers: Iterable[int]) -> "QuerySet[HandoverPhoto]":
    return (
        HandoverPhoto.objects.cleared()
        .filter(handover__in=list(handovers))
        .order_by("-handover__arrived_at", "pk")
    )


def _is_verified(line: HandoverLine) -> bool:
    return line.handover.state == HandoverState.VERIFIED


def _commitment(line: HandoverLine) -> Commitment:
    return line.delivery_line.allocation.commitment


def _recipient(line: HandoverLine) -> tuple[str, int | None]:
    return line.handover.delivery.region_id, line.handover.delivery.site_id


def _value(quantity: int, unit_value: int | None, aid_type: AidType) -> int | None:
    if aid_type.kind == AidKind.MONEY:
        return quantity
    return None if unit_value is None else quantity * unit_value


def _sum_value(lines: Iterable[HandoverLine]) -> int:
    return sum(
        _value(line.good, _commitment(line).unit_value, _commitment(line).aid_type) or 0 for line in lines
    )


def _people(lines: Iterable[HandoverLine]) -> list[dict[str, Any]]:
    """People reached by kind: of each need the share of its target that arrived, cut off, never over one."""
    goods: dict[Any, int] = defaultdict(int)
    for line in lines:
        goods[line.delivery_line.allocation.need] += line.good
    kinds: dict[str, int] = defaultdict(int)
    for need, good in goods.items():
        kinds[need.people_kind] += int(Decimal(need.people) * min(good, need.target) / need.target)
    return [{"kind": kind, "count": count} for kind, count in sorted(kinds.items())]


def _row(line: HandoverLine) -> dict[str, Any]:
    handover = line.handover
    assert handover.arrived_at is not None  # a report in force says when
    return {
        "bast": handover.number,
        "code": handover.code,
        "recipient": handover.recipient_name,
        "place": place_line(handover.delivery.region),
        "day": timezone.localtime(handover.arrived_at, JAKARTA).date().isoformat(),
        "aid_type": _commitment(line).aid_type_id,
        "good": line.good,
        "verified": _is_verified(line),
    }


def _by_program(commitments: Iterable[Commitment], lines: Iterable[HandoverLine]) -> list[dict[str, Any]]:
    rows: dict[tuple[str, int], dict[str, Any]] = {}

    def of(commitment: Commitment) -> dict[str, Any]:
        key = (commitment.program_id, commitment.aid_type_id)
        return rows.setdefault(
            key, {"program": key[0], "aid_type": key[1], "promised": 0, "received": 0, "verified": 0}
        )

    for commitment in commitments:
        of(commitment)["promised"] += commitment.live
    for line in lines:
        row = of(_commitment(line))
        row["received"] += line.good
        row["verified"] += line.good if _is_verified(line) else 0
    return [rows[key] for key in sorted(rows)]


def _by_place(lines: Iterable[HandoverLine]) -> list[dict[str, Any]]:
    groups: dict[str, list[HandoverLine]] = defaultdict(list)
    for line in lines:
        groups[place_line(line.handover.delivery.region)].append(line)
    return [
        {
            "place": place,
            "recipients": len({_recipient(line) for line in group}),
            "received_value": _sum_value(group),
            "verified_value": _sum_value(line for line in group if _is_verified(line)),
        }
        for place, group in sorted(groups.items())
    ]


def _year(year: int) -> tuple[datetime, datetime]:
    """The first and the last moment of a year in Jakarta."""
    return (
        datetime(year, 1, 1, tzinfo=JAKARTA),
        datetime(year, 12, 31, 23, 59, 59, 999999, tzinfo=JAKARTA),
    )
