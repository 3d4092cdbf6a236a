"""What the pages of administration share: who may come in, the tabs, the strip, paging, timelines."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from accounts.context import assignments_of
from accounts.models import Move, User
from accounts.queries import reach
from accounts.roles import GRANTS, Permission, Role
from accounts.scope import Scope

View = Callable[..., HttpResponse]
PAGE_ROWS = 25
TABS = (
    ("people", gettext_lazy("Orang"), (Permission.PEOPLE_MANAGE, Permission.CODE_ISSUE)),
    ("invitations", gettext_lazy("Undangan"), (Permission.PEOPLE_MANAGE,)),
    ("organisations", gettext_lazy("Organisasi"), (Permission.ORGANISATION_MANAGE,)),
    ("sites", gettext_lazy("Lembaga penerima"), (Permission.SITE_MANAGE,)),
    ("program_admin", gettext_lazy("Program"), (Permission.PROGRAM_MANAGE,)),
    ("desk_proposals", gettext_lazy("Usulan"), (Permission.PROPOSAL_SEE,)),
    ("layers", gettext_lazy("Lapisan peta"), (Permission.LAYER_MANAGE,)),
)


def administering(*permissions: Permission) -> Callable[[View], View]:
    """Let in who has one of the permissions anywhere; others get 403. What they see there is up to the query."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            scope = Scope.of(request.user)
            if not any(scope.may(permission) for permission in permissions):
                raise PermissionDenied(_("Halaman ini untuk administrator."))
            return view(request, *args, **kwargs)

        return never_cache(guarded)

    return decorate


def frame(request: HttpRequest, current: str, **context: Any) -> dict[str, Any]:
    """The context of a page: the tabs that this person has, and as what they work here."""
    scope = Scope.of(request.user)
    needed = next((permissions for name, _label, permissions in TABS if name == current), ())
    tabs = [
        {"label": label, "href": href, "current": name == current, "count": _waiting(request, name)}
        for name, label, permissions in TABS
        if any(scope.may(permission) for permission in permissions) and (href := _address(name))
    ]
    held = [row for row in assignments_of(request) if set(needed) & GRANTS[Role(row.role)]]
    strip = next((row for row in held if row.role == Role.ADMINISTRATOR), held[0] if held else None)
    return {"tabs": tabs, **({"role_assignment": strip} if strip else {}), **context}


def _waiting(request: HttpRequest, name: str) -> int | None:
    """How many wait for this person behind a tab; None: nothing to say."""
    if name != "organisations":
        return None
    return reach.organisations(who(request)).filter(is_confirmed=False).count() or None


def page_of(request: HttpRequest, rows: QuerySet[Any]) -> Page[Any]:
    return Paginator(rows, PAGE_ROWS).get_page(request.GET.get("hal"))


def who(request: HttpRequest) -> User:
    """The person of a page that asks for sign-in."""
    assert isinstance(request.user, User)
    return request.user


def timeline(
    moves: Iterable[Move],
    label: Callable[[Move], str] | None = None,
    detail: Callable[[Move], str] | None = None,
) -> list[dict[str, Any]]:
    """A journal for the component, newest first, with who did it by name: these pages are for colleagues."""
    rows = sorted(moves, key=lambda move: (move.at, move.pk), reverse=True)
    return [
        {
            "label": label(move) if label else move.done,
            "who": f"{move.acted_as}, {move.actor.name}" if move.actor else move.acted_as,
            "detail": detail(move) if detail else "",
            "why": move.reason,
            "moment": move.at,
        }
        for move in rows
    ]


JOURNAL = ("actor", "organisation", "region", "site")
"""What a timeline reads with each move."""


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
