"""Who may act where: one object answers for lists (`as_q`) and for objects (`covers`)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import Q

from accounts import clock
from accounts.roles import AREA_ROLES, GRANTS, RECIPIENT_ROLES, STANDING_GRANTS, Permission, Role, Standing
from regions.codes import contains

NOWHERE = Q(pk__in=())
# What `Assignment.objects.in_force()` says. Written out, since every page of who is signed in asks for it, and Django's
# own way of putting the question together costs more than asking it.
IN_FORCE = "a.state = 'appointed' AND a.starts <= %(day)s AND (a.ends IS NULL OR a.ends >= %(day)s)"
OWN_POSTS = f"""
SELECT a.role, a.region_id, a.site_id, a.organisation_id, a.program_code, a.standing
FROM accounts_assignment a WHERE a.user_id = %(user)s AND {IN_FORCE} ORDER BY a.id
"""  # noqa: S608 the condition above


@dataclass(frozen=True, slots=True)
class Paths:
    """Where a model keeps what a scope looks at, as paths to foreign keys from that model.

    `region` it is at; `site` that receives (absent: the RW itself does); `program`;
    `organisations` the organisation that stands in each role; "pk" where the row is the organisation itself.
    """

    region: str = ""
    site: str = ""
    program: str = ""
    organisations: Mapping[Role, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Place:
    """What a scope looks at in one object. `program` None: programs do not matter; "": it belongs to none."""

    region: str | None = None
    site: int | None = None
    program: str | None = None
    organisations: Mapping[Role, int | None] = field(default_factory=dict)

    @classmethod
    def of(cls, obj: Any) -> "Place":
        """The place of an object whose model declares `SCOPE_PATHS`; a `Place` is its own."""
        if isinstance(obj, Place):
            return obj
        paths: Paths = obj.SCOPE_PATHS
        return cls(
            region=_walk(obj, paths.region),
            site=_walk(obj, paths.site),
            # Whoever works for one program does not reach what belongs to none (as `as_q` says it, too).
            program=(_walk(obj, paths.program) or "") if paths.program else None,
            organisations={role: _walk(obj, path) for role, path in paths.organisations.items()},
        )


def _walk(obj: Any, path: str) -> Any:
    if not path:
        return None
    *way, last = path.split("__")
    for name in way:
        if obj is None:
            return None
        obj = getattr(obj, name)
    if obj is None:
        return None
    return obj.pk if last == "pk" else getattr(obj, f"{last}_id")


@dataclass(frozen=True, slots=True)
class Grant:
    """One assignment in force: a role, and the region, site or organisation it is for."""

    role: Role
    region: str | None = None
    site: int | None = None
    organisation: int | None = None
    program: str = ""
    standing: str = ""

    def permits(self, permission: Permission) -> bool:
        """Whether the role, or the standing within the organisation, brings that permission."""
        if permission in GRANTS[self.role]:
            return True
        return bool(self.standing) and permission in STANDING_GRANTS[Standing(self.standing)]

    def reaches(self, place: Place) -> bool:
        """Whether that place lies within the grant, whatever the role may do there."""
        if self.program and place.program is not None and self.program != place.program:
            return False
        if self.role in AREA_ROLES:
            return place.region is not None and contains(self.region or "", place.region)
        if self.role in RECIPIENT_ROLES:
            if self.site is not None:
                return place.site == self.site
            return place.site is None and place.region == self.region
        return self.organisation is not None and place.organisations.get(self.role) == self.organisation

    def as_q(self, paths: Paths) -> Q:
        """The same question, put to the database."""
        q = self._where(paths)
        if self.program and paths.program:
            q &= Q(**{paths.program: self.program})
        return q

    def _where(self, paths: Paths) -> Q:
        if self.role in AREA_ROLES:
            return within(paths.region, self.region) if paths.region and self.region else NOWHERE
        if self.role in RECIPIENT_ROLES:
            if self.site is not None:
                return Q(**{paths.site: self.site}) if paths.site else NOWHERE
            if not paths.region:
                return NOWHERE
            no_site = Q(**{f"{paths.site}__isnull": True}) if paths.site else Q()
            return no_site & Q(**{paths.region: self.region})
        path = paths.organisations.get(self.role)
        return Q(**{path: self.organisation}) if path else NOWHERE


def within(path: str, code: str) -> Q:
    """`path` (to a foreign key to a region) lies in the region `code`, itself included."""
    return Q(**{path: code}) | Q(**{f"{path}__code__startswith": f"{code}."})


@dataclass(frozen=True, slots=True)
class Scope:
    """Everything that one person is, now."""

    user_id: int | None
    grants: tuple[Grant, ...] = ()

    @classmethod
    def of(cls, user: Any) -> "Scope":
        """The scope of a user by the assignments in force; read once for each user object and kept on it."""
        if user is None or not getattr(user, "is_authenticated", False) or not user.is_active:
            return cls(None)
        kept = getattr(user, "_scope", None)
        if kept is None:
            kept = user._scope = cls(user.pk, tuple(_grants(user)))
        return kept

    def grant_for(self, permission: Permission, obj: Any) -> Grant | None:
        """The first grant under which `permission` holds for the object, or None."""
        place = Place.of(obj)
        return next((g for g in self.grants if g.permits(permission) and g.reaches(place)), None)

    def covers(self, permission: Permission, obj: Any) -> bool:
        """Whether this person may do that to this object (or at this `Place`)."""
        return self.grant_for(permission, obj) is not None

    def reaches(self, obj: Any) -> bool:
        """Whether the object lies within anything this person is: in reach but not allowed is 403, else 404."""
        place = Place.of(obj)
        return any(grant.reaches(place) for grant in self.grants)

    def may(self, permission: Permission) -> bool:
        """Whether there is any place at all where this person may do that."""
        return any(grant.permits(permission) for grant in self.grants)

    def has_role(self, *roles: Role) -> bool:
        return any(grant.role in roles for grant in self.grants)

    def with_permission(self, permission: Permission) -> tuple[Grant, ...]:
        return tuple(grant for grant in self.grants if grant.permits(permission))

    def organisations(self, *roles: Role) -> list[int]:
        """Primary keys of the organisations in which this person holds one of the roles."""
        return [g.organisation for g in self.grants if g.role in roles and g.organisation is not None]

    def as_q(self, permission: Permission, paths: Paths) -> Q:
        """The rows of a model with these paths for which `covers(permission, row)` is true."""
        q = NOWHERE
        for grant in self.with_permission(permission):
            q |= grant.as_q(paths)
        return q


def _grants(user: Any) -> Iterable[Grant]:
    with connection.cursor() as cursor:
        cursor.execute(OWN_POSTS, {"user": user.pk, "day": clock.today()})
        return [Grant(Role(role), *rest) for role, *rest in cursor.fetchall()]
