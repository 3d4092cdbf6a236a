"""As what the person of this request works: for the role strip over their pages."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from accounts.devices import reporter
from accounts.models import Assignment, User
from accounts.notices.queries import unread as unread_of
from accounts.roles import Role

# Who works with many things first: it is their strip when somebody is several things.
RANK = (
    Role.ASSESSOR,
    Role.INSPECTOR,
    Role.OVERSEER,
    Role.OFFICIAL,
    Role.FACILITATOR,
    Role.AGGREGATOR,
    Role.EXECUTOR,
    Role.COLLABORATOR,
    Role.ADMINISTRATOR,
)


def assignments_of(request: HttpRequest) -> list[Assignment]:
    """The assignments in force of who is signed in, by rank; read once a request. Empty for visitors."""
    kept: list[Assignment] | None = getattr(request, "assignments_in_force", None)
    if kept is None:
        kept = []
        if request.user.is_authenticated:
            rows = request.user.assignments.in_force().select_related("region", "site", "organisation")
            kept = sorted(rows, key=lambda row: (RANK.index(Role(row.role)), row.pk))
        request.assignments_in_force = kept  # type: ignore[attr-defined]
    return kept


def unread(request: HttpRequest) -> dict[str, Any]:
    """`unread_notices`: how many notices wait to be read, for the header. Asked only where drawn, once a request."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return {"unread_notices": 0}
    return {"unread_notices": SimpleLazyObject(lambda: _unread(request))}


def _unread(request: HttpRequest) -> int:
    return unread_of(request.user) if isinstance(request.user, User) else 0


def roles(request: HttpRequest) -> dict[str, Any]:
    """`role_assignments`: all of them; `role_assignment`: the first, for the strip. `reporter`: the mark of an official
    whose phone keeps reports, else nothing. Asked only where drawn.

    Without a session cookie nothing is looked up, so that a visitor's page stays cacheable.
    """
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return {"role_assignments": (), "role_assignment": None, "reporter": ""}
    return {
        "role_assignments": SimpleLazyObject(lambda: assignments_of(request)),
        "role_assignment": SimpleLazyObject(lambda: next(iter(assignments_of(request)), None)),
        "reporter": SimpleLazyObject(lambda: reporter(request)),
    }
