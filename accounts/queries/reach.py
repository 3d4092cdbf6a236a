"""What of people, places and organisations is within somebody's reach as an administrator."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import Assignment, Invitation, KeptSite, Organisation, Permit, User
from accounts.models.assignments import AssignmentQuerySet
from accounts.roles import RECIPIENT_ROLES, Permission
from accounts.scope import NOWHERE, Scope
from regions.models import Region

_AREA = Assignment.SCOPE_PATHS


def areas(user: User, permission: Permission) -> list[str]:
    """Codes of the regions over which somebody has a permission, none inside another."""
    codes = sorted({grant.region for grant in Scope.of(user).with_permission(permission) if grant.region})
    return [code for code in codes if not any(code.startswith(f"{other}.") for other in codes)]


def regions(user: User, permission: Permission) -> Q:
    """The condition on regions themselves: one of those areas, or inside it."""
    q = NOWHERE
    for code in areas(user, permission):
        q |= Q(code=code) | Q(code__startswith=f"{code}.")
    return q


def assignments(user: User) -> AssignmentQuerySet:
    """Those somebody looks after; who only issues codes sees the officials in their area."""
    return Assignment.objects.filter(_posts(user))


def invitations(user: User) -> QuerySet[Invitation]:
    return Invitation.objects.filter(_posts(user))


def people(user: User) -> QuerySet[User]:
    """Who holds, held or is asked to hold something within reach."""
    mine = {"user": OuterRef("pk")}
    return User.objects.filter(
        Exists(assignments(user).filter(**mine)) | Exists(invitations(user).filter(email="", **mine))
    )


def organisations(user: User) -> QuerySet[Organisation]:
    scope = Scope.of(user)
    return Organisation.objects.filter(scope.as_q(Permission.ORGANISATION_MANAGE, Organisation.SCOPE_PATHS))


def permits(user: User) -> QuerySet[Permit]:
    return Permit.objects.filter(Scope.of(user).as_q(Permission.ORGANISATION_MANAGE, Permit.SCOPE_PATHS))


def sites(user: User) -> QuerySet[KeptSite]:
    return KeptSite.objects.filter(Scope.of(user).as_q(Permission.SITE_MANAGE, KeptSite.SCOPE_PATHS))


def parts(user: User, permission: Permission) -> QuerySet[Region]:
    """The regions to filter a list by: the parts of one's areas, cities for the province, districts for a city."""
    return Region.objects.current().filter(parent__in=areas(user, permission)).order_by("code")


def _posts(user: User) -> Q:
    scope = Scope.of(user)
    officials = scope.as_q(Permission.CODE_ISSUE, _AREA) & Q(role__in=sorted(RECIPIENT_ROLES))
    return scope.as_q(Permission.PEOPLE_MANAGE, _AREA) | officials
