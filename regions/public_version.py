"""Numbers for what the public sees: every change makes another, and a page kept under an old one is old.

Most changes may show anywhere. What shows on a few pages only has a topic: `bump_public_version(FORUM)` leaves those
pages as they are whose views say that nothing of it stands on them, `@public_page_besides(FORUM)`.
"""

import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import wraps
from typing import Concatenate, ParamSpec

from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase

EVERYTHING, FORUM = "", "forum"
"""What a page is kept besides: of every change it gets old, or of all but those of the forum's voices."""

# For each topic the number that changes with everything but that topic.
KEYS = {EVERYTHING: "public-version", FORUM: "public-version-besides-forum"}

Rest = ParamSpec("Rest")
View = Callable[Concatenate[HttpRequest, Rest], HttpResponseBase]


def public_versions() -> Mapping[str, int] | None:
    """The numbers now, by topic; None while the cache does not answer, and then nothing kept may be shown."""
    found = cache.get_many(KEYS.values())
    if len(found) < len(KEYS):
        for key in KEYS.values() - found.keys():
            cache.add(key, time.time_ns(), timeout=None)
        found = cache.get_many(KEYS.values())
    return {topic: found[key] for topic, key in KEYS.items()} if len(found) == len(KEYS) else None


def public_version(besides: str = EVERYTHING) -> int | None:
    """The number of all changes, or of all but those of one topic; None while the cache does not answer."""
    versions = public_versions()
    return None if versions is None else versions[besides]


def public_change(besides: str = EVERYTHING) -> datetime | None:
    """When anything public changed last, or when the cache began to remember; None while it does not answer."""
    version = public_version(besides)
    return None if version is None else datetime.fromtimestamp(version / 1e9, UTC)


def bump_public_version(topic: str = EVERYTHING) -> None:
    """Make kept public pages old as soon as the current transaction is committed: all, or those with that topic."""
    transaction.on_commit(lambda: _bump(topic), robust=True)


def _bump(topic: str) -> None:
    # The time, so that a number is never met a second time, also after Redis lost its memory. Whichever of two
    # that come together stays is as good: both are new, and each was set after its change could be read.
    now = time.time_ns()
    old = [key for besides, key in KEYS.items() if not topic or besides != topic]
    cache.set_many(dict.fromkeys(old, now), timeout=None)


def known_parameters(*names: str) -> Callable[[View[Rest]], View[Rest]]:
    """Name the parameters that a public view reads: what else an address carries makes no page of its own."""

    def mark(view: View[Rest]) -> View[Rest]:
        view.known_parameters = frozenset(names)  # type: ignore[attr-defined]
        return view

    return mark


def public_page(view: View[Rest]) -> View[Rest]:
    """Mark a view whose answer to a visitor is the same for every visitor of its address and language.

    Such an answer may be kept for up to a minute, or until `bump_public_version()`. It is kept only if it
    touched no session, no CSRF token and set no cookie.
    """
    return public_page_besides(EVERYTHING)(view)


def public_page_besides(topic: str) -> Callable[[View[Rest]], View[Rest]]:
    """A `public_page` on which nothing of a topic stands: its changes leave what is kept of it as it is."""

    def mark(view: View[Rest]) -> View[Rest]:
        @wraps(view)
        def marked(request: HttpRequest, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponseBase:
            # Read by ksbb.page_cache, which sees the request but not the view.
            request.public_page, request.kept_besides = True, topic  # type: ignore[attr-defined]
            return view(request, *args, **kwargs)

        return marked

    return mark
