"""Places to appoint somebody to, within the reach of who appoints. As a form sends one: "region:31.74", "site:5"."""

from collections.abc import Iterator, Sequence
from itertools import islice

from django.db.models import Q

from accounts.models import ROLE_FLAGS, Organisation, OrganisationState, User
from accounts.queries.reach import regions
from accounts.roles import AREA_ROLES, RECIPIENT_ROLES, Permission, Role
from accounts.scope import Paths, Scope
from regions import queries
from regions.codes import Level
from regions.models import Region, Site

Place = Region | Site | Organisation
MOST = 12


def find(user: User, role: Role, text: str, levels: Sequence[Level]) -> list[Place]:
    """At most twelve places for a role that fit what was typed: regions of `levels`, sites, organisations."""
    return list(islice(_find(user, role, text.strip(), levels), MOST))


def _find(user: User, role: Role, text: str, levels: Sequence[Level]) -> Iterator[Place]:
    if not text:
        return
    if role in AREA_ROLES | RECIPIENT_ROLES:
        found = queries.search(text).filter(regions(user, Permission.PEOPLE_MANAGE), level__in=levels)
        yield from found.select_related("parent")[:MOST]
    if role in RECIPIENT_ROLES:
        yield from _sites(user).filter(name__icontains=text, is_active=True)[:MOST]
    if role not in AREA_ROLES | RECIPIENT_ROLES:
        flag = ROLE_FLAGS.get(role)
        fits = Q(**{flag: True}) if flag else ~Q(collaborator_kind="")
        rows = _organisations(user).filter(fits, name__icontains=text, state=OrganisationState.ACTIVE)
        yield from rows[:MOST]


def place_of(user: User, value: str) -> Place | None:
    """The place that a form sent, if it is within reach."""
    kind, _colon, key = value.partition(":")
    if kind == "region":
        return Region.objects.filter(regions(user, Permission.PEOPLE_MANAGE), code=key).first()
    if not key.isdigit() or len(key) > 18:
        return None
    if kind == "site":
        return _sites(user).filter(pk=int(key)).first()
    return _organisations(user).filter(pk=int(key)).first() if kind == "organisation" else None


def value_of(place: Place) -> str:
    return f"{type(place).__name__.lower()}:{place.pk}"


def _sites(user: User):  # type: ignore[no-untyped-def]
    paths = Paths(region="region")
    return Site.objects.filter(Scope.of(user).as_q(Permission.PEOPLE_MANAGE, paths)).select_related("region")


def _organisations(user: User):  # type: ignore[no-untyped-def]
    paths = Organisation.SCOPE_PATHS
    return Organisation.objects.filter(Scope.of(user).as_q(Permission.PEOPLE_MANAGE, paths))
