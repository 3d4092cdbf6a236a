"""The published rows counted a second time, as slowly and plainly as can be: one object after the other."""

from collections import defaultdict
from collections.abc import Iterator

from donations.handovers.models import Handover, HandoverLine
from donations.handovers.states import IN_FORCE
from donations.models import Allocation, Commitment
from donations.pledges.states import COMMITTED
from donations.statistics.definitions import MEASURES
from programs.models import Need
from regions.notation import JAKARTA

Atom = tuple[str, int, dict[str, str]]
"""(measure, value, labels): one thing that is counted, with everything that is known of it"""
DISTINCT = {"collaborators", "collaborators_province", "rw_targeted", "rw_reached"}
RATIOS = {"coverage", "gini", "gini_province"}


def counted(city: str) -> dict[tuple[str, str, str, str], int]:
    """(program, measure, dimension, key) → value, of every measure that adds up."""
    sums: defaultdict[tuple[str, str, str, str], int] = defaultdict(int)
    for measure, value, labels in _atoms(city):
        for dimension in MEASURES[measure].dimensions:
            parts = [] if dimension == "total" else dimension.split(":")
            if any(part not in labels for part in parts) or (
                "only" in labels and labels["only"] not in parts
            ):
                continue
            key = ":".join(labels[part] for part in parts)
            sums[labels["program"], measure, dimension, key] += value
            across = MEASURES[measure].unit in ("rupiah", "count") and "aid_type" not in parts
            if across:
                sums["", measure, dimension, key] += value
    return {key: value for key, value in sums.items() if value}


def _atoms(place: str) -> Iterator[Atom]:
    """Of a city; of a province ("31") what is promised to it and to no city."""
    commitments = Commitment.objects.select_related("aid_type", "site", "pledge__collaborator")
    for commitment in commitments.filter(state__in=COMMITTED):
        aimed = commitment.region_id
        if aimed == place or (len(place) > 2 and aimed.startswith(place)):
            yield from _of_commitment(commitment)
    if len(place) == 2:
        return
    for need in Need.objects.select_related("aid_type", "site").exclude(published_at=None):
        if need.region_id.startswith(place):
            yield from _of_need(need)
    allocations = Allocation.objects.select_related(
        "need__aid_type", "need__site", "commitment__aid_type", "commitment__pledge__collaborator"
    )
    for allocation in allocations.filter(state="reserved"):
        if allocation.need.region_id.startswith(place):
            yield from _of_allocation(allocation)
    lines = HandoverLine.objects.select_related(
        "handover__delivery", "delivery_line__allocation__need__aid_type", "delivery_line__allocation__need__site",
        "delivery_line__allocation__commitment__pledge__collaborator",
    )  # fmt: skip
    for line in lines.filter(handover__state__in=IN_FORCE):
        if line.handover.delivery.region_id.startswith(place):
            yield from _of_line(line)
    for handover in Handover.objects.select_related("delivery").filter(state__in=IN_FORCE):
        if handover.delivery.region_id.startswith(place):
            name = "handovers_verified" if handover.state == "verified" else "handovers_waiting"
            yield name, 1, {
                "program": handover.delivery.program_id,
                "district": handover.delivery.region_id[:8],
                "month": _month(handover.arrived_at),
            }  # fmt: skip


def _of_need(need: Need) -> Iterator[Atom]:
    labels = _labels_of(need) | {"people_kind": need.people_kind, "month": _month(need.published_at)}
    target = need.reserved if need.state == "closed" else need.target
    covered = min(need.received, need.target)
    value = need.unit_value or 0
    yield "needs", 1, labels
    yield "target", target, labels
    yield "target_value", target * value, labels
    yield "people_reached", need.people * covered // need.target, labels
    yield "covered_value", covered * value, labels


def _of_allocation(allocation: Allocation) -> Iterator[Atom]:
    commitment = allocation.commitment
    labels = _labels_of(allocation.need) | {
        "collaborator_kind": commitment.pledge.collaborator.collaborator_kind
    }
    live, value = allocation.quantity - allocation.released, commitment.unit_value or 0
    accepted = labels | {"month": _month(commitment.accepted_at)}
    yield from _committed(live, value, accepted, commitment.aid_type.kind)
    reserved = labels | {"month": _month(max(allocation.created_at, commitment.accepted_at))}
    yield from _both("allocated", live, value, reserved)
    yield from (
        (measure, quantity, given)
        for name, count in (("delivered", allocation.received), ("verified", allocation.verified))
        for measure, quantity, given in _both(name, count, value, labels)
    )


def _of_commitment(commitment: Commitment) -> Iterator[Atom]:
    kind = commitment.site.kind if commitment.site else "rw" if len(commitment.region_id) == 17 else "open"
    labels = {
        "program": commitment.program_id, "aid_type": commitment.aid_type.code, "recipient_kind": kind,
        "collaborator_kind": commitment.pledge.collaborator.collaborator_kind,
        "district": commitment.region_id[:8], "month": _month(commitment.accepted_at),
    }  # fmt: skip
    rest = commitment.quantity - commitment.cancelled - commitment.reserved
    yield from _committed(rest, commitment.unit_value or 0, labels, commitment.aid_type.kind)
    yield "commitments", 1, labels


def _of_line(line: HandoverLine) -> Iterator[Atom]:
    allocation = line.delivery_line.allocation
    labels = _labels_of(allocation.need) | {
        "collaborator_kind": allocation.commitment.pledge.collaborator.collaborator_kind,
        "month": _month(line.handover.arrived_at),
    }
    for name in ("delivered", "verified") if line.handover.state == "verified" else ("delivered",):
        for atom in _both(name, line.good, allocation.commitment.unit_value or 0, labels):
            yield _only_by_month(atom)


def _only_by_month(atom: Atom) -> Atom:
    measure, value, labels = atom
    return measure, value, labels | {"only": "month"}


def _committed(quantity: int, value: int, labels: dict[str, str], aid_kind: str) -> Iterator[Atom]:
    yield from _both("committed", quantity, value, labels)
    if aid_kind != "money":
        yield "committed_packages", quantity, labels


def _both(name: str, quantity: int, value: int, labels: dict[str, str]) -> Iterator[Atom]:
    yield name, quantity, labels
    yield f"{name}_value", quantity * value, labels


def _labels_of(need: Need) -> dict[str, str]:
    return {
        "program": need.program_id,
        "aid_type": need.aid_type.code,
        "recipient_kind": need.site.kind if need.site else "rw",
        "district": need.region_id[:8],
    }


def _month(moment) -> str:
    return f"{moment.astimezone(JAKARTA):%Y-%m}"
