"""What later rooms know of a report: they register here when they are ready; this room imports none of them."""

from collections.abc import Callable
from typing import Any

from django.utils.functional import Promise

from accounts.models import User
from donations.handovers.models import Handover, HandoverQuerySet

# (report, who looks; None: everybody) → what its page shows beside it.
Shower = Callable[[Handover, User | None], dict[str, Any]]
# What it raises undoes the verification.
Listener = Callable[[Handover], object]
# (report, note): raises `Refused` where the report cannot be verified like that.
Checker = Callable[[Handover, str], None]
_showers: list[Shower] = []
# Reports that somebody may not verify or hand in, for what they did about them elsewhere.
Bar = Callable[[User], HandoverQuerySet]
_checkers: list[Checker] = []
_bars: dict[str, list[tuple[Bar, Promise]]] = {"verify": [], "submit": []}
_listeners: list[Listener] = []


def when_shown(shower: Shower) -> None:
    """Let `shower` add to what the templates of a report's pages are given."""
    if shower not in _showers:
        _showers.append(shower)


def before_verifying(checker: Checker) -> None:
    """Let `checker` refuse a verification, in its transaction."""
    if checker not in _checkers:
        _checkers.append(checker)


def shown_beside(handover: Handover, user: User | None = None) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for shower in _showers:
        found |= shower(handover, user)
    return found


def check_verifying(handover: Handover, note: str) -> None:
    for checker in _checkers:
        checker(handover, note)


def bars_from(verb: str, bar: Bar, why: Promise) -> None:
    """Let nobody do that ("verify", "submit") with what `bar` finds for them; `why` tells them."""
    if (bar, why) not in _bars[verb]:
        _bars[verb].append((bar, why))


def why_not(verb: str, handover: Handover, user: User) -> str:
    """Why this person may not verify the report, or hand it in; empty where they may. A query for each bar."""
    return next((str(why) for bar, why in _bars[verb] if bar(user).filter(pk=handover.pk).exists()), "")


def without_barred(handovers: HandoverQuerySet, user: User) -> HandoverQuerySet:
    for bar, _why in _bars["verify"]:
        handovers = handovers.exclude(pk__in=bar(user).order_by().values("pk"))
    return handovers


def when_verified(listener: Listener) -> None:
    """Call `listener` with each report that was verified, in the same transaction."""
    if listener not in _listeners:
        _listeners.append(listener)


def verified(handover: Handover) -> None:
    for listener in _listeners:
        listener(handover)
