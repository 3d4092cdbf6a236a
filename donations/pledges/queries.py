"""What pages of collaborators ask."""

import math
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    BigIntegerField,
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    FloatField,
    OuterRef,
    Q,
    QuerySet,
    Sum,
    Value,
)
from django.db.models.functions import Coalesce, Power

from accounts import clock
from accounts.models import Organisation, Permit, User
from accounts.models.organisations import OrganisationState
from accounts.roles import Permission, Role
from accounts.scope import Paths, Scope
from donations.pledges.models import Commitment, PledgeDraft, PledgeDraftLine
from donations.pledges.models.commitments import CommitmentQuerySet
from programs.models import AidType, Need
from programs.models.programs import ProgramState
from regions.codes import Level, is_code
from regions.composed import Composed
from regions.models import Region, Site
from regions.queries import position_of, search

# Whose a commitment is: the giver's alone.
OWN = Paths(program="program", organisations={Role.COLLABORATOR: "pledge__collaborator"})


def alternatives(need: Need, quantity: int, n: int = 3) -> list[Need]:
    """Open needs of the same aid type, nearest first and of two as near the one that misses more.

    Each carries `takes_all`: whether the whole quantity fits.
    """
    fits = ExpressionWrapper(Q(target__gte=F("held") + F("reserved") + quantity), output_field=BooleanField())
    return list(_nearest(need).annotate(takes_all=fits)[:n])


def nearest_open(need: Need, n: int = 30) -> QuerySet[Need]:
    """The nearest open needs of the same aid type, as rows that a form may choose from."""
    found = _nearest(need)
    # A choice is looked up by its key among these, so the limit is taken inside.
    return found.filter(pk__in=[one.pk for one in found[:n]])


def _nearest(need: Need) -> QuerySet[Need]:
    """A need without a position is as far as can be; when the need itself has none, what misses most comes first."""
    latitude, longitude = position_of(need.region)
    most_missing = F("target") - F("held") - F("reserved")
    found = Need.objects.open().filter(aid_type=need.aid_type_id).exclude(pk=need.pk).for_rows()
    if latitude is None or longitude is None:
        return found.order_by(most_missing.desc(), "pk")
    shrink = math.cos(math.radians(latitude))
    north = Coalesce("region__latitude", "region__parent__latitude", output_field=FloatField())
    east = Coalesce("region__longitude", "region__parent__longitude", output_field=FloatField())
    distance = Power(north - latitude, 2) + Power((east - longitude) * Value(shrink), 2)
    return found.annotate(distance=distance).order_by(
        F("distance").asc(nulls_last=True), most_missing.desc(), "pk"
    )


def permitted_aggregators() -> list[Permit]:
    """The permit in force today of each aggregator that has one, the one that lasts longest, by name."""
    permits = (
        Permit.objects.valid_on(clock.today())
        .filter(organisation__is_aggregator=True)
        .select_related("organisation")
        .order_by("organisation_id", "-valid_until", "pk")
        .distinct("organisation_id")
    )
    return sorted(permits, key=lambda permit: permit.organisation.name.casefold())


def collaborator_organisations(user: User) -> list[Organisation]:
    """The organisations for which this person may send pledges."""
    keys = [
        grant.organisation
        for grant in Scope.of(user).with_permission(Permission.PLEDGE_SUBMIT)
        if grant.role == Role.COLLABORATOR and grant.organisation is not None
    ]
    if len(set(keys)) == 1:
        # Nearly everybody has one, and each page of a pledge asks.
        return _ACTIVE.all(keys[0])
    return list(_active().filter(pk__in=keys).order_by("name", "pk"))


def _active() -> QuerySet[Organisation]:
    return Organisation.objects.filter(state=OrganisationState.ACTIVE)


_ACTIVE = Composed(_active, "id")


def wish_aid_types() -> list[AidType]:
    """Aid types in use of running programs: what one can promise without a need."""
    return list(
        AidType.objects.filter(is_active=True, program__state=ProgramState.RUNNING)
        .select_related("program")
        .order_by("program__position", "program_id", "position", "pk")
    )


def wish_places() -> list[Region]:
    """Provinces and cities, which a wish chooses from; `area_called` finds what is smaller."""
    return list(Region.objects.current().filter(level__in=(Level.PROVINCE, Level.CITY)).order_by("code"))


def area_called(text: str, within: str) -> Region | None:
    """The district or village inside a region that a typed name or code means best."""
    areas = (Level.DISTRICT, Level.VILLAGE)
    if is_code(text):
        return Region.objects.current().within(within).filter(code=text, level__in=areas).first()
    return search(text).filter(level__in=areas).within(within).first()


def missing_within(aid_type: AidType, region: Region) -> int:
    """What open needs of an aid type still miss in a region."""
    needs = Need.objects.open().filter(aid_type=aid_type).within(region.code).order_by()
    return int(needs.aggregate(sum=Sum(F("target") - F("held") - F("reserved")))["sum"] or 0)


def needs_at(place: Region | Site, aid_type: AidType) -> list[Need]:
    """Open needs of an aid type at one place, most missing first."""
    needs = Need.objects.open().filter(aid_type=aid_type).for_rows()
    at = needs.filter(site=place) if isinstance(place, Site) else needs.within(place.code)
    return list(at.order_by((F("held") + F("reserved") - F("target")).asc(), "pk")[:5])


def recipient_called(text: str) -> Region | Site | None:
    """The RW, kelurahan or institution that a typed name or code means best."""
    site = Site.objects.active().filter(name__iexact=text).select_related("region").first()
    if site is not None:
        return site
    places = Region.objects.current().filter(level__in=(Level.VILLAGE, Level.RW))
    if is_code(text):
        return places.filter(code=text).first()
    region = search(text).filter(level__in=(Level.VILLAGE, Level.RW)).first()
    if region is not None or len(text) < 4:
        return region
    return (
        Site.objects.active().filter(name__icontains=text).select_related("region").order_by("name").first()
    )


# A question over a dozen tables takes PostgreSQL longer to plan than all that sending a pledge writes. So a draft comes
# with what every page of it names, and the few pages that show more (where the recipient lies, an offer's place, the
# aggregator) ask for that themselves.
_AIM = ("aid_type", "need__region")


def draft_rows() -> QuerySet[PledgeDraft]:
    """Drafts with what they promise; of their further lines whether there are any, which most have not."""
    lines = PledgeDraftLine.objects.filter(draft=OuterRef("pk"))
    return PledgeDraft.objects.select_related(*_AIM).annotate(has_lines=Exists(lines))


DRAFT_BY_KEY = Composed(draft_rows, "key")


def unsent_drafts(user: User) -> QuerySet[PledgeDraft]:
    """What this person began and has not sent, newest first."""
    return draft_rows().filter(user=user, pledge=None)[:5]


def own_commitments(user: User) -> CommitmentQuerySet:
    """Commitments of the organisations in which this person is a collaborator."""
    return Commitment.objects.filter(Scope.of(user).as_q(Permission.PLEDGE_SUBMIT, OWN))


def own_years(commitments: CommitmentQuerySet) -> list[int]:
    """In which years they were sent, the latest first."""
    days = commitments.order_by().values_list("pledge__submitted_at__year", flat=True).distinct()
    return sorted(days, reverse=True)


@dataclass(frozen=True, slots=True)
class Totals:
    """Of a list of commitments: units of several kinds do not add up, so these are commitments and rupiah."""

    count: int
    pledged: int
    received: int
    verified: int


def own_totals(commitments: CommitmentQuerySet) -> Totals:
    """One query."""

    def worth(quantity: Any) -> Any:
        value = ExpressionWrapper(quantity * F("unit_value"), output_field=BigIntegerField())
        return Coalesce(Sum(value), 0, output_field=BigIntegerField())

    found = commitments.order_by().aggregate(
        n=Count("pk"),
        pledged=worth(F("quantity") - F("cancelled")),
        got=worth(F("received")),
        checked=worth(F("verified")),
    )
    return Totals(found["n"], found["pledged"], found["got"], found["checked"])
