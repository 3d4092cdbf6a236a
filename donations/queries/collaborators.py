"""Who gives: collaborators with accepted commitments, named where they agreed to it, else only counted."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter

from django.db.models import BigIntegerField, Count, F, Max, Q, Sum
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce

from accounts.models import CollaboratorKind, Organisation
from donations.pledges.models import Commitment

ORDER = {
    "": None,
    "komitmen": attrgetter("commitments"),
    "nilai": attrgetter("committed_value"),
    "sampai": attrgetter("verified_value"),
    "baru": attrgetter("latest"),
}
NAMED = Q(pledge__may_be_named=True)


@dataclass(frozen=True, slots=True)
class Giver:
    """Who gave, with the figures of the pledges that may be named: how many, rupiah, and when the last was accepted."""

    organisation: Organisation
    commitments: int
    committed_value: int
    verified_value: int
    latest: datetime | None

    @property
    def name(self) -> str:
        return self.organisation.name

    @property
    def kind(self) -> str:
        return self.organisation.collaborator_kind

    @property
    def is_named(self) -> bool:
        """Whether the public may read the name: somebody looked at it, and they agreed to it."""
        return self.organisation.is_confirmed and self.commitments > 0


def _rupiah(quantity: Combinable) -> Coalesce:
    value = Cast(quantity, BigIntegerField()) * Coalesce(F("unit_value"), 0)
    return Coalesce(Sum(value, filter=NAMED, output_field=BigIntegerField()), 0)


def givers() -> list[Giver]:
    """Everybody who has accepted commitments, by name. Two queries, one pass over the commitments."""
    rows = (
        Commitment.objects.committed()
        .order_by()
        .values_list("pledge__collaborator")
        .annotate(
            commitments=Count("pk", filter=NAMED),
            committed_value=_rupiah(F("quantity") - F("cancelled")),
            verified_value=_rupiah(F("verified")),
            latest=Max("accepted_at", filter=NAMED),
        )
    )
    figures = {pk: found for pk, *found in rows}
    who = Organisation.objects.filter(pk__in=figures).order_by("name", "pk")
    return [Giver(organisation, *figures[organisation.pk]) for organisation in who]


def named_collaborators(
    everybody: Sequence[Giver], *, kind: str = "", text: str = "", order: str = ""
) -> list[Giver]:
    """Those who may be named, of a kind, whose name holds the text, in one of ORDER."""
    found = [
        giver
        for giver in everybody
        if giver.is_named
        and (not kind or giver.kind == kind)
        and (not text or text.casefold() in giver.name.casefold())
    ]
    key = ORDER.get(order)
    return sorted(found, key=key, reverse=True) if key else found


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


def counts_by_kind(everybody: Sequence[Giver]) -> list[KindCount]:
    """Every kind, also one of which nobody gave yet."""
    named = Counter(giver.kind for giver in everybody if giver.is_named)
    unnamed = Counter(giver.kind for giver in everybody if not giver.is_named)
    return [
        KindCount(kind, str(label), named[kind], unnamed[kind]) for kind, label in CollaboratorKind.choices
    ]
