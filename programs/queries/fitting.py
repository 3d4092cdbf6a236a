"""Needs for which somebody has something: which aid types are meant, and how well each need fits."""

from dataclasses import dataclass

from django.db.models import Case, F, FloatField, IntegerField, Value, When
from django.db.models.functions import Cast, Least, Round

from programs.having import Called, Having, called, match
from programs.models import AidType, Need
from programs.models.needs import NeedQuerySet
from programs.models.programs import AidKind, ProgramState
from programs.queries.ordering import urgency
from programs.wording import quantity_in_unit

# Of the best match, how much another aid type needs to be meant as well.
ALSO_MEANT = 0.75
LEAST_SCORE = 1.0


@dataclass(frozen=True, slots=True)
class Meant:
    """The aid types that a text means, best first; `counts`: the number in it is in their unit."""

    having: Having
    aid_types: tuple[AidType, ...] = ()
    counts: bool = False

    @property
    def quantity(self) -> int | None:
        return self.having.quantity if self.counts else None


def meant_by(having: Having) -> Meant | None:
    """None where the words mean no aid type that is in use; without words every aid type is meant."""
    types = list(
        AidType.objects.filter(is_active=True, program__state=ProgramState.RUNNING).select_related("program")
    )
    if not having.words:
        return Meant(having, tuple(types)) if having.rupiah else None
    scored = [(match(having, _called(aid)), aid) for aid in types]
    best = max((found.score for found, _aid in scored), default=0.0)
    if best < LEAST_SCORE:
        return None
    meant = sorted(
        ((found, aid) for found, aid in scored if found.score >= ALSO_MEANT * best),
        key=lambda one: -one[0].score,
    )
    return Meant(having, tuple(aid for _found, aid in meant), meant[0][0].counts)


def fitting(needs: NeedQuerySet, meant: Meant) -> NeedQuerySet:
    """Needs of those aid types; of money those of which it buys at least one unit."""
    found = needs.filter(aid_type__in=meant.aid_types)
    return found.filter(unit_value__lte=meant.having.rupiah) if meant.having.rupiah else found


def in_order_of_fit(needs: NeedQuerySet, meant: Meant) -> NeedQuerySet:
    """The best meant aid type first, then those that take most of it, then the most urgent."""
    rank = Case(
        *(When(aid_type=aid.pk, then=Value(place)) for place, aid in enumerate(meant.aid_types)),
        default=Value(len(meant.aid_types)),
        output_field=IntegerField(),
    )
    first = ["rank"] if meant.having.words else []
    found = needs.with_missing().annotate(rank=rank, fit=_fit(meant), urgency=urgency())
    return found.order_by(*first, F("fit").desc(), F("urgency").desc(), "deadline", "pk")


def fit_of(need: Need, meant: Meant) -> int | None:
    """How much of it the need takes, in its own unit; None where that cannot be said."""
    if meant.having.rupiah and need.unit_value:
        return min(meant.having.rupiah // need.unit_value, need.missing)
    return min(meant.quantity, need.missing) if meant.quantity else None


def said(meant: Meant) -> str:
    """The aid types as they were understood, with the quantity: "50 unit: Laptop atau komputer"."""
    names = ", ".join(dict.fromkeys(aid.title for aid in meant.aid_types[:3]))
    first = meant.aid_types[0]
    if meant.quantity and first.kind != AidKind.MONEY:
        return f"{quantity_in_unit(first, meant.quantity)}, {names}"
    return names


def _fit(meant: Meant) -> Round | Cast:
    missing = F("target") - F("held") - F("reserved")
    if meant.having.rupiah:
        takes = Least(Cast(missing * F("unit_value"), FloatField()), Value(float(meant.having.rupiah)))
        return Round(takes / Value(float(meant.having.rupiah)), 1, output_field=FloatField())
    if not meant.quantity:
        # A bare constant is no order to PostgreSQL.
        return Cast(Value(1.0), FloatField())
    takes = Least(Cast(missing, FloatField()), Value(float(meant.quantity)))
    return Round(takes / Value(float(meant.quantity)), 1, output_field=FloatField())


def _called(aid: AidType) -> Called:
    inside = [text for row in aid.contents for text in (row["name"], row.get("name_en", ""))]
    return called([aid.name, aid.name_en], [aid.unit, aid.unit_en], inside)
