"""How the rows behind a figure are said to the public: counts, places, and organisations that agreed to be named."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from accounts.models import Organisation
from donations.handovers.models import Handover, HandoverLine
from donations.pledges.models import Allocation, Commitment
from donations.statistics.rows.parts import Part
from programs.models import Need
from programs.wording import aid_in_sentence
from regions.models import Region

ORDERS: dict[str, tuple[Any, ...]] = {
    "besar": ("-value", "kind", "pk"),
    "kecil": ("value", "kind", "pk"),
    "baru": (F("at").desc(nulls_last=True), "kind", "-pk"),
    "lama": (F("at").asc(nulls_last=True), "kind", "pk"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One row: what it is and where to read it, of what, where, from whom, when, and what it adds."""

    name: str
    href: str
    aid: str
    place: str
    place_href: str
    giver: str
    at: datetime | None
    value: int
    whole: int


def in_order(parts: Sequence[Part], order: str) -> QuerySet[Any, Any]:
    """The rows of all parts as (kind, pk, value, whole, at), in one of ORDERS."""
    first, *rest = (part.columns for part in parts)
    return (first.union(*rest, all=True) if rest else first).order_by(*ORDERS[order])


def lines_of(rows: Sequence[tuple[str, int | str, Any, Any, datetime | None]]) -> list[Line]:
    """A page of rows, said. One query for each kind among them."""
    found = {
        kind: READ[kind]().in_bulk([pk for each, pk, *_rest in rows if each == kind])
        for kind in {kind for kind, *_rest in rows}
    }
    return [
        Line(**SAY[kind](found[kind][_key(kind, pk)]), at=at, value=int(value), whole=int(whole))
        for kind, pk, value, whole, at in rows
        if _key(kind, pk) in found[kind]
    ]


def _key(kind: str, pk: int | str) -> int | str:
    return pk if kind == "rw" else int(pk)


def _place(region: Region, site: Any = None) -> dict[str, str]:
    return {"place": str(site or region.full_name), "place_href": region.get_absolute_url()}


def _need(need: Need) -> dict[str, str]:
    return {"name": _("Kebutuhan %(number)s") % {"number": need.number}, "href": need.get_absolute_url(),
            "aid": aid_in_sentence(need.aid_type), "giver": "", **_place(need.region, need.site)}  # fmt: skip


def _allocation(allocation: Allocation) -> dict[str, str]:
    need, commitment = allocation.need, allocation.commitment
    return {
        "name": _("Alokasi untuk kebutuhan %(number)s") % {"number": need.number}, "href": need.get_absolute_url(),
        "aid": aid_in_sentence(commitment.aid_type), "giver": _giver(commitment), **_place(need.region, need.site),
    }  # fmt: skip


def _commitment(commitment: Commitment) -> dict[str, str]:
    return {
        "name": _("Komitmen %(number)s") % {"number": commitment.number}, "href": "",
        "aid": aid_in_sentence(commitment.aid_type), "giver": _giver(commitment),
        **_place(commitment.region, commitment.site),
    }  # fmt: skip


def _rest(commitment: Commitment) -> dict[str, str]:
    name = _("Komitmen %(number)s, yang belum dialokasikan") % {"number": commitment.number}
    return {**_commitment(commitment), "name": name}


def _arrival(line: HandoverLine) -> dict[str, str]:
    commitment = line.delivery_line.allocation.commitment
    return {
        **_handover(line.handover),
        "aid": aid_in_sentence(commitment.aid_type),
        "giver": _giver(commitment),
    }


def _handover(handover: Handover) -> dict[str, str]:
    delivery = handover.delivery
    return {"name": str(handover), "href": handover.get_absolute_url(), "aid": "", "giver": "",
            **_place(delivery.region, delivery.site)}  # fmt: skip


def _rw(region: Region) -> dict[str, str]:
    return {"name": str(region.full_name), "href": region.get_absolute_url(), "aid": "", "giver": "", "place": "",
            "place_href": ""}  # fmt: skip


def _organisation(organisation: Organisation) -> dict[str, str]:
    return {"name": organisation.name, "href": "", "aid": "", "place": "", "place_href": "",
            "giver": organisation.kind_label}  # fmt: skip


def _unnamed(organisation: Organisation) -> dict[str, str]:
    return {**_organisation(organisation), "name": _("Tidak ingin disebut")}


def _giver(commitment: Commitment) -> str:
    return commitment.pledge.public_name


_COMMITMENT = ("pledge__collaborator", "aid_type", "region__parent", "site")
READ: dict[str, Callable[[], QuerySet[Any]]] = {
    "need": lambda: Need.objects.select_related("aid_type", "region__parent", "site"),
    "allocation": lambda: Allocation.objects.select_related(
        "need__region__parent", "need__site", "commitment__aid_type", "commitment__pledge__collaborator"
    ),
    "commitment": lambda: Commitment.objects.select_related(*_COMMITMENT),
    "rest": lambda: Commitment.objects.select_related(*_COMMITMENT),
    "arrival": lambda: HandoverLine.objects.select_related(
        "handover__delivery__region__parent", "handover__delivery__site",
        "delivery_line__allocation__commitment__aid_type", "delivery_line__allocation__commitment__pledge__collaborator",
    ),
    "handover": lambda: Handover.objects.select_related("delivery__region__parent", "delivery__site"),
    "rw": lambda: Region.objects.select_related("parent"),
    "giver": Organisation.objects.all,
    "unnamed": Organisation.objects.all,
}  # fmt: skip
SAY: dict[str, Callable[[Any], dict[str, str]]] = {
    "need": _need,
    "allocation": _allocation,
    "commitment": _commitment,
    "rest": _rest,
    "arrival": _arrival,
    "handover": _handover,
    "rw": _rw,
    "giver": _organisation,
    "unnamed": _unnamed,
}
