"""Who gives: collaborators with accepted commitments, named where they agreed to it, else only counted."""

from dataclasses import dataclass

from django.db.models import BigIntegerField, Count, Exists, F, Max, OuterRef, Q, QuerySet, Sum
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce

from accounts.models import CollaboratorKind, Organisation
from donations.pledges.models import Commitment
from donations.pledges.states import COMMITTED

ORDER = {
    "": ("name", "pk"),
    "komitmen": ("-commitments", "name", "pk"),
    "nilai": ("-committed_value", "name", "pk"),
    "sampai": ("-verified_value", "name", "pk"),
    "baru": ("-latest", "name", "pk"),
}
GAVE = Commitment.objects.filter(pledge__collaborator=OuterRef("pk"), state__in=COMMITTED)
NAMED = Q(pledges__may_be_named=True, pledges__commitments__state__in=COMMITTED)


def _rupiah(quantity: Combinable) -> Coalesce:
    value = Cast(quantity, BigIntegerField()) * Coalesce(F("pledges__commitments__unit_value"), 0)
    return Coalesce(Sum(value, filter=NAMED, output_field=BigIntegerField()), 0)


def named_collaborators(*, kind: str = "", text: str = "", order: str = "") -> "QuerySet[Organisation]":
    """Those who may be named, with the figures of their named pledges only.

    Annotated: `commitments`, `committed_value` and `verified_value` (rupiah), `latest` (last accepted).
    """
    commitments = "pledges__commitments__"
    found = (
        Organisation.objects.filter(Exists(GAVE.filter(pledge__may_be_named=True)), is_confirmed=True)
        .annotate(
            commitments=Count("pledges__commitments", filter=NAMED),
            committed_value=_rupiah(F(f"{commitments}quantity") - F(f"{commitments}cancelled")),
            verified_value=_rupiah(F(f"{commitments}verified")),
            latest=Max(f"{commitments}accepted_at", filter=NAMED),
        )
        .order_by(*ORDER.get(order, ORDER[""]))
    )
    if kind:
        found = found.filter(collaborator_kind=kind)
    return found.filter(name__icontains=text) if text else found


@dataclass(frozen=True, slots=True)
class KindCount:
    """How many of one kind gave: those who may be named, and those who are only counted."""

    kind: str
    label: str
    named: int
    unnamed: int

    @property
    def all(self) -> int:
        return self.named + self.unnamed


def counts_by_kind() -> list[KindCount]:
    """Every kind, also one of which nobody gave yet. One query."""
    is_named = Exists(GAVE.filter(pledge__may_be_named=True)) & Q(is_confirmed=True)
    rows = (
        Organisation.objects.filter(Exists(GAVE))
        .order_by()
        .values("collaborator_kind")
        .annotate(everyone=Count("pk"), named=Count("pk", filter=is_named))
    )
    found = {row["collaborator_kind"]: row for row in rows}
    none = {"everyone": 0, "named": 0}
    return [
        KindCount(kind, str(label), row["named"], row["everyone"] - row["named"])
        for kind, label in CollaboratorKind.choices
        for row in (found.get(kind, none),)
    ]
