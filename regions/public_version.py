"""One number for all that the public sees: every change makes it another, and a page kept under an old one is old."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from typing import Concatenate, ParamSpec

from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase

KEY = "public-version"

Rest = ParamSpec("Rest")
View = Callable[Concatenate[HttpRequest, Rest], HttpResponseBase]


def public_version() -> int | None:
    """The number now; None while the cache does not answer, and then nothing kept may be shown."""
    version = cache.get(KEY)
    if version is None:
        cache.add(KEY, time.time_ns(), timeout=None)
        version = cache.get(KEY)
    return version


def public_change() -> datetime | None:
    """When anything public changed last, or when the cache began to remember; None while it does not answer."""
    version = public_version()
    return None if version is None else datetime.fromtimestamp(version / 1e9, UTC)


def bump_public_version() -> None:
    """Make every kept public page old as soon as the current transaction is committed."""
    transaction.on_commit(_bump, robust=True)


def _bump() -> None:
    # The time, so that a number is never met a second time, also after Redis lost its memory. Whichever of two
    # that come together stays is as good: both are new, and each was set after its change could be read.
    cache.set(KEY, time.time_ns(), timeout=None)


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

    @wraps(view)
    def marked(request: HttpRequest, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponseBase:
        # Read by ksbb.page_cache, which sees the request but not the view.
        request.public_page = True  # type: ignore[attr-defined]
        return view(request, *args, **kwargs)

    return marked
