"""What pages of collaborators ask."""

import math

from django.db.models import BooleanField, ExpressionWrapper, F, FloatField, Prefetch, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Power

from accounts import clock
from accounts.models import Organisation, Permit, User
from accounts.models.organisations import OrganisationState
from accounts.roles import Permission, Role
from accounts.scope import Scope
from donations.pledges.models import Commitment, Pledge, PledgeDraft
from programs.models import AidType, Need
from programs.models.programs import ProgramState
from regions.codes import Level
from regions.models import Region
from regions.queries import position_of


def alternatives(need: Need, quantity: int, n: int = 3) -> list[Need]:
    """Open needs of the same aid type, nearest first and of two as near the one that misses more.

    Each carries `takes_all`: whether the whole quantity fits. A need without a position is as far as can be;
    when the need itself has none, what misses most comes first.
    """
    latitude, longitude = position_of(need.region)
    fits = ExpressionWrapper(Q(target__gte=F("held") + F("reserved") + quantity), output_field=BooleanField())
    most_missing = F("target") - F("held") - F("reserved")
    found = (
        Need.objects.open()
        .filter(aid_type=need.aid_type_id)
        .exclude(pk=need.pk)
        .for_rows()
        .annotate(takes_all=fits)
    )
    if latitude is None or longitude is None:
        return list(found.order_by(most_missing.desc(), "pk")[:n])
    shrink = math.cos(math.radians(latitude))
    north = Coalesce("region__latitude", "region__parent__latitude", output_field=FloatField())
    east = Coalesce("region__longitude", "region__parent__longitude", output_field=FloatField())
    distance = Power(north - latitude, 2) + Power((east - longitude) * Value(shrink), 2)
    ordered = found.annotate(distance=distance).order_by(
        F("distance").asc(nulls_last=True), most_missing.desc(), "pk"
    )
    return list(ordered[:n])


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
    active = Organisation.objects.filter(pk__in=keys, state=OrganisationState.ACTIVE)
    return list(active.order_by("name", "pk"))


def wish_aid_types() -> list[AidType]:
    """Aid types in use of running programs: what one can promise without a need."""
    return list(
        AidType.objects.filter(is_active=True, program__state=ProgramState.RUNNING)
        .select_related("program")
        .order_by("program__position", "program_id", "position", "pk")
    )


def wish_places() -> list[Region]:
    """Provinces and cities: where a wish may aim at."""
    return list(Region.objects.current().filter(level__in=(Level.PROVINCE, Level.CITY)).order_by("code"))


def draft_rows() -> QuerySet[PledgeDraft]:
    """Drafts with everything their pages show, in one query."""
    return PledgeDraft.objects.select_related(
        "aid_type__program", "need__aid_type", "need__program", "need__region__parent__parent__parent",
        "need__site", "region", "aggregator", "organisation", "pledge",
    )  # fmt: skip


def unsent_drafts(user: User) -> QuerySet[PledgeDraft]:
    """What this person began and has not sent, newest first."""
    return draft_rows().filter(user=user, pledge=None)[:5]


def pledge_rows(user: User) -> QuerySet[Pledge]:
    """The pledges of this person's organisations with their commitments: three queries in all."""
    commitments = Commitment.objects.for_rows().order_by("pk")
    return (
        Pledge.objects.visible_to(user)
        .select_related("collaborator")
        .prefetch_related(Prefetch("commitments", commitments, to_attr="rows"))
    )
