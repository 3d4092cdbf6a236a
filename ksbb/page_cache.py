"""Public pages kept in memory, in front of every other middleware.

Who has no session gets a page that another visitor got less than a minute ago, unless anything changed since that
may show on it (`regions.public_version`). A page is kept only when its view is marked `public_page` and nothing of a
person went into it; it is kept under the version read *before* it was made, so a change that is committed while
a page is made makes that page old. While Redis is away the version is unknown, and every page is made anew; what
changed meanwhile could not be told, so what was kept before is not shown afterwards either.
"""

import gzip
import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.cache import patch_vary_headers

from accounts.typed import COOKIE as TYPIST_COOKIE
from ksbb.cache import connections_made
from regions.public_version import public_versions

LONGEST_SECONDS = 60
MOST_BYTES = 24_000_000
LARGEST_PAGE_BYTES = 4_000_000
LEAST_TO_COMPRESS_BYTES = 1_000
KINDS = ("text/html", "text/csv", "application/xml", "application/json", "application/geo+json")
# Headers that say how something travels belong to one answer; the others are kept with the page.
OWN_HEADERS = {"content-length", "content-encoding", "etag", "cache-control"}

Key = tuple[str, ...]
# The public versions by topic, and how often this process has connected to Redis: a broken connection makes pages old,
# too.
Versions = tuple[Mapping[str, int], int]


@dataclass(frozen=True)
class Page:
    """An answer to keep: body, the same compressed (or None), headers, versions, its topic of these, and time."""

    body: bytes
    compressed: bytes | None
    headers: tuple[tuple[str, str], ...]
    tag: str
    versions: Versions
    besides: str
    made_at: float

    @property
    def size(self) -> int:
        return len(self.body) + len(self.compressed or b"")

    def is_old(self, now: Versions) -> bool:
        (numbers, connections), (then, connections_then) = now, self.versions
        return (numbers[self.besides], connections) != (then[self.besides], connections_then) or (
            time.monotonic() - self.made_at > LONGEST_SECONDS
        )

    @classmethod
    def of(cls, response: HttpResponse, versions: Versions, besides: str = "") -> "Page":
        patch_vary_headers(response, ["Cookie", "Accept-Encoding"])
        body = response.content
        compressed = gzip.compress(body, 6, mtime=0) if len(body) >= LEAST_TO_COMPRESS_BYTES else None
        headers = tuple((name, value) for name, value in response.items() if name.lower() not in OWN_HEADERS)
        # A view knows better than we what makes two answers the same, when it says so.
        tag = response.get("ETag") or f'W/"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
        return cls(body, compressed, headers, tag, versions, besides, time.monotonic())

    def response(self, request: HttpRequest) -> HttpResponse:
        """The kept page as an answer to this request: 304 where the browser has it, compressed where it can."""
        if request.META.get("HTTP_IF_NONE_MATCH") == self.tag:
            response = HttpResponse(status=304)
            del response["Content-Type"]
        elif self.compressed and "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", ""):
            response = HttpResponse(self.compressed)
            response["Content-Encoding"] = "gzip"
        else:
            response = HttpResponse(self.body)
        for name, value in self.headers:
            if response.status_code == 200 or name != "Content-Type":
                response[name] = value
        if response.status_code == 200:
            response["Content-Length"] = str(len(response.content))
        response["ETag"] = self.tag
        # Others may keep it too, but have to ask each time whether it still holds.
        response["Cache-Control"] = "public, no-cache"
        return response


@dataclass
class Shelf:
    """Pages of this process, the least used dropped first when they take too much memory."""

    most_bytes: int = MOST_BYTES
    pages: "OrderedDict[Key, Page]" = field(default_factory=OrderedDict)
    bytes: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def get(self, key: Key, versions: Versions) -> Page | None:
        with self.lock:
            page = self.pages.get(key)
            if page is None:
                return None
            if page.is_old(versions):
                self._drop(key)
                return None
            self.pages.move_to_end(key)
            return page

    def put(self, key: Key, page: Page) -> None:
        with self.lock:
            self._drop(key)
            self.pages[key] = page
            self.bytes += page.size
            while self.bytes > self.most_bytes:
                self._drop(next(iter(self.pages)))

    def clear(self) -> None:
        with self.lock:
            self.pages.clear()
            self.bytes = 0

    def _drop(self, key: Key) -> None:
        page = self.pages.pop(key, None)
        if page is not None:
            self.bytes -= page.size


class PageCache:
    """The middleware. Not used while DEBUG is on: an edited template should be seen at once."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        if not settings.PAGE_CACHE:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.shelf = Shelf()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not may_be_shared(request):
            return self.get_response(request)
        numbers = public_versions()
        if numbers is None:
            self.shelf.clear()
            return self.get_response(request)
        if request.META.get("QUERY_STRING"):
            drop_unknown_parameters(request)
        versions = (numbers, connections_made())
        key = key_of(request)
        page = self.shelf.get(key, versions)
        if page is None:
            response = self.get_response(request)
            if not isinstance(response, HttpResponse) or not may_be_kept(request, response):
                return response
            page = Page.of(response, versions, getattr(request, "kept_besides", ""))
            self.shelf.put(key, page)
        return page.response(request)


def may_be_shared(request: HttpRequest) -> bool:
    """True for a plain question by somebody we know nothing of: any cookie but these three makes a person."""
    return (
        request.method == "GET"
        and "HTTP_AUTHORIZATION" not in request.META
        and "HTTP_HX_REQUEST" not in request.META
        and request.COOKIES.keys()
        <= {settings.CSRF_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME, TYPIST_COOKIE}
    )


def drop_unknown_parameters(request: HttpRequest) -> None:
    """Forget what a view that names its parameters does not read, and put the rest in order.

    So that `?x=1`, `?x=2` … are one page, and nothing that somebody made up stands in another visitor's links.
    """
    code = next(
        (code for code, _name in settings.LANGUAGES if request.path_info.startswith(f"/{code}/")), None
    )
    try:
        with translation.override(code) if code else nullcontext():
            view = resolve(request.path_info).func
    except Resolver404:
        return
    known: frozenset[str] | None = getattr(view, "known_parameters", None)
    if known is not None:
        asked = QueryDict(request.META["QUERY_STRING"])
        kept = sorted((name, value) for name, value in asked.items() if name in known and value)
        request.META["QUERY_STRING"] = urlencode(kept)


def key_of(request: HttpRequest) -> Key:
    """All that an answer may depend on. Under /id/ and /en/ the address alone says the language."""
    path = request.get_full_path()
    told = path.startswith(tuple(f"/{code}/" for code, _ in settings.LANGUAGES))
    wish = "" if told else request.META.get("HTTP_ACCEPT_LANGUAGE", "")
    cookie = "" if told else request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return (request.scheme or "", request.META.get("HTTP_HOST", ""), path, wish, cookie)


def may_be_kept(request: HttpRequest, response: HttpResponse) -> bool:
    """True when the view allows it and nothing of a person can have gone into the answer."""
    session = getattr(request, "session", None)
    return (
        getattr(request, "public_page", False)
        and response.status_code == 200
        and response.get("Content-Type", "").partition(";")[0] in KINDS
        and not response.cookies
        and not response.has_header("Content-Encoding")
        and "no-store" not in response.get("Cache-Control", "")
        and not (session is not None and (session.accessed or session.modified))
        # With a CSRF cookie there, a token in the page leaves no trace; such a page is made but not kept.
        and settings.CSRF_COOKIE_NAME not in request.COOKIES
        and "CSRF_COOKIE" not in request.META
        and len(response.content) <= LARGEST_PAGE_BYTES
    )
