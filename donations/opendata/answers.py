"""How data is answered: to any site, with a tag and the time of the last change, and with 304 where nothing changed."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import get_language

from accounts import clock
from donations.opendata.columns import Dataset
from donations.opendata.reading import LICENCE_URL, note
from regions.public_version import EVERYTHING, public_change, public_version
from regions.release import release

READ = ("GET", "HEAD", "OPTIONS")
TOLD = "ETag, Last-Modified, Link, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After, X-KSBB-Note"
# What is asked for again within the second of a change could be told "unchanged" wrongly: times have whole seconds.
SETTLED = timedelta(seconds=2)

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Version:
    """What tells one answer from the next: a tag, and the time of the last change (None while it is too fresh)."""

    tag: str
    changed_at: datetime | None


def version_of(request: HttpRequest, dataset: Dataset | None = None) -> Version | None:
    """The version of an answer to this question; None while the cache does not answer, and then nothing is promised."""
    besides = dataset.besides if dataset is not None else EVERYTHING
    number, changed_at = public_version(besides), public_change(besides)
    if number is None:
        return None
    own: object = None
    if dataset is not None and dataset.version is not None:
        own, changed_at = dataset.version()
    state = (
        request.get_full_path(),
        request.get_host(),
        # Where the reader's wish decides the language, two languages are two answers.
        get_language(),
        number,
        # A changed column is no answer that anybody has already.
        release(),
        own,
        str(changed_at),
        str(clock.today()),
        note(),
    )
    tag = f'W/"{hashlib.blake2b(repr(state).encode(), digest_size=12).hexdigest()}"'
    settled = changed_at is not None and clock.now() - changed_at > SETTLED
    return Version(tag, changed_at if settled else None)


def answer(
    request: HttpRequest, make: Callable[[], HttpResponseBase], dataset: Dataset | None = None
) -> HttpResponseBase:
    """304 where the reader has it already, else what `make` gives, with the headers of all our data."""
    version = version_of(request, dataset)
    when = int(version.changed_at.timestamp()) if version and version.changed_at else None
    response: HttpResponseBase | None = None
    if version is not None:
        response = get_conditional_response(request, etag=version.tag, last_modified=when)
    response = response or make()
    if version is not None and response.status_code in (200, 304):
        response["ETag"] = version.tag
        if when is not None:
            response["Last-Modified"] = http_date(when)
    response["Cache-Control"] = "public, no-cache"
    links = [response["Link"]] if response.has_header("Link") else []
    response["Link"] = ", ".join([*links, f'<{LICENCE_URL}>; rel="license"'])
    if told := note():
        response["X-KSBB-Note"] = told
    return response


def open_to_all(view: View) -> View:
    """Public, only to be read, and by scripts of any site."""

    @login_not_required
    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response: HttpResponseBase
        if request.method == "OPTIONS":
            response = HttpResponse(status=204, headers={"Allow": ", ".join(READ)})
            response["Access-Control-Allow-Methods"] = ", ".join(READ)
            response["Access-Control-Allow-Headers"] = (
                "If-None-Match, If-Modified-Since, Accept, Accept-Language"
            )
            response["Access-Control-Max-Age"] = "86400"
        elif request.method not in READ:
            response = HttpResponseNotAllowed(READ)
        else:
            # What is asked for its heads alone is answered as if it were read, and its rows are never begun.
            only_heads, request.method = request.method == "HEAD", "GET"
            response = view(request, *args, **kwargs)
            request.method = "HEAD" if only_heads else "GET"
            if only_heads and isinstance(response, StreamingHttpResponse):
                response.streaming_content = ()
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = TOLD
        return response

    return opened
