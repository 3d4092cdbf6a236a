"""To whom a notice goes. Who is in an audience is read from the assignments in force when the verb is performed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from accounts.roles import AREA_ROLES, GRANTS, Permission, Role
from accounts.scope import Grant, Place

NO_PLACE = Place()
# One assignment in force, as audiences look at it.
Post = tuple[int, Grant]


@dataclass(frozen=True, slots=True)
class Audience:
    """People by what they are for a place; `only` narrows it to these people, `besides` leaves these out, `people` adds
    people as such.

    `nearest`: of area roles only those of the smallest region that has anybody (the assessors of the city, and the
    province's only where the city has none).
    """

    roles: frozenset[Role] = frozenset()
    place: Place = NO_PLACE
    nearest: bool = False
    only: frozenset[int] | None = None
    besides: frozenset[int] = frozenset()
    people: frozenset[int] = frozenset()

    def __or__(self, other: "Audience | Audiences") -> "Audiences":
        return Audiences((self, *parts_of(other)))

    def among(self, posts: Sequence[Post]) -> set[int]:
        """The people of the audience, given posts that hold at least all of its own."""
        found = [
            (user, grant)
            for user, grant in posts
            if grant.role in self.roles
            and grant.reaches(self.place)
            and (self.only is None or user in self.only)
            and user not in self.besides
        ]
        if self.nearest and found:
            depth = max(len(grant.region or "") for _user, grant in found)
            found = [(user, grant) for user, grant in found if len(grant.region or "") == depth]
        return {user for user, _grant in found} | self.people


@dataclass(frozen=True, slots=True)
class Audiences:
    """Several audiences as one: `members(…) | officials(…)`."""

    parts: tuple[Audience, ...]

    def __or__(self, other: "Audience | Audiences") -> "Audiences":
        return Audiences((*self.parts, *parts_of(other)))


def parts_of(audience: Audience | Audiences) -> tuple[Audience, ...]:
    return audience.parts if isinstance(audience, Audiences) else (audience,)


NOBODY = Audience()


def members(organisation: int | None, *roles: Role) -> Audience:
    """Those who hold one of these roles (default: any) in an organisation (its primary key; None: nobody)."""
    if organisation is None:
        return NOBODY
    held = roles or (Role.COLLABORATOR, Role.AGGREGATOR, Role.EXECUTOR)
    return Audience(frozenset(held), Place(organisations=dict.fromkeys(held, organisation)))


def officers(permission: Permission, obj: object, *, nearest: bool = True) -> Audience:
    """Officers of the area who may do that to the object: those nearest to it, unless all are asked for."""
    held = frozenset(role for role in AREA_ROLES if permission in GRANTS[role])
    return Audience(held, Place.of(obj), nearest)


def facilitators(obj: object) -> Audience:
    """The facilitators nearest to the object's place."""
    return Audience(frozenset({Role.FACILITATOR}), Place.of(obj), nearest=True)


def officials(obj: object, *, only: Iterable[int | None] | None = None) -> Audience:
    """Officials of the RW or site that receives; `only` those of them with these primary keys."""
    narrowed = None if only is None else frozenset(pk for pk in only if pk is not None)
    return Audience(frozenset({Role.OFFICIAL}), Place.of(obj), only=narrowed)


def person(*keys: int | None) -> Audience:
    """People as such (an author), whatever they hold."""
    return Audience(people=frozenset(key for key in keys if key is not None))


def around(code: str | None) -> list[str]:
    """A region's code and those of the regions that hold it: "31.74.01" → 31.74.01, 31.74, 31."""
    parts = (code or "").split(".") if code else []
    return [".".join(parts[:depth]) for depth in range(len(parts), 0, -1)]
