"""How often one address may ask. Two nets, in front of everything else, also of the pages kept in memory.

Against floods: so many questions in ten seconds, of whatever kind, counted in each web process by itself, so that
it costs nothing and needs nobody. For the API and the downloads: a number for a minute, counted in Redis and told in
headers of every answer; it fails open: while Redis is away nobody is refused, and the headers are missing.
"""

import ipaddress
import math
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import cast

from django.conf import settings
from django.core.cache import caches
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from ksbb.cache import TolerantRedisCache

TOO_MANY = 429


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` questions in `seconds` from one address, counted under `name`."""

    name: str
    most: int
    seconds: int = 60


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one address stands: `reset` is in whole seconds, at least 1."""

    limit: Limit
    used: int
    reset: int

    @property
    def remaining(self) -> int:
        return max(self.limit.most - self.used, 0)

    @property
    def is_over(self) -> bool:
        return self.used > self.limit.most

    def tell(self, response: HttpResponseBase) -> HttpResponseBase:
        """Put the numbers on an answer."""
        response["RateLimit-Limit"] = str(self.limit.most)
        response["RateLimit-Remaining"] = str(self.remaining)
        response["RateLimit-Reset"] = str(self.reset)
        response["RateLimit-Policy"] = f"{self.limit.most};w={self.limit.seconds}"
        if self.is_over:
            response["Retry-After"] = str(self.reset)
        return response


def standing(limit: Limit, who: str) -> Standing | None:
    """Count one question; None while Redis does not answer."""
    found = cast(TolerantRedisCache, caches["default"]).count(f"limit:{limit.name}:{who}", limit.seconds)
    return None if found is None else Standing(limit, found[0], max(1, math.ceil(found[1])))


def address_of(request: HttpRequest) -> str:
    """The visitor's address as the nearest proxy of our own tells it; of IPv6 the network that one line has.

    X-Forwarded-For is believed only as far as our own proxies (TRUSTED_PROXY_COUNT) wrote it.
    """
    told = request.META.get("REMOTE_ADDR", "")
    proxies = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    if proxies:
        way = [
            part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()
        ]
        told = way[-proxies] if len(way) >= proxies else told
    return _network_of(told)


@lru_cache(maxsize=4096)
def _network_of(told: str) -> str:
    try:
        address = ipaddress.ip_address(told)
    except ValueError:
        return "unknown"
    if isinstance(address, ipaddress.IPv6Address):
        return str(address.ipv4_mapped or ipaddress.ip_network((address, 64), strict=False).network_address)
    return str(address)


@dataclass
class Flood:
    """Questions of each address in this process's current window of time; no two windows overlap."""

    limit: Limit
    number: int = -1
    counts: dict[str, int] = field(default_factory=dict)

    def standing(self, who: str) -> Standing:
        """Count one question. Threads that meet here may lose a count, and nothing else."""
        now = time.monotonic()
        number = int(now // self.limit.seconds)
        if number != self.number:
            self.number, self.counts = number, {}
        counts = self.counts
        counts[who] = used = counts.get(who, 0) + 1
        left = (number + 1) * self.limit.seconds - now
        return Standing(self.limit, used, max(1, math.ceil(left)))


@dataclass(frozen=True, slots=True)
class Rule:
    """Addresses that begin with one of `paths`, without those that begin with one of `besides`."""

    limit: Limit
    paths: tuple[str, ...]
    besides: tuple[str, ...] = ()

    def holds(self, path: str) -> bool:
        return path.startswith(self.paths) and not path.startswith(self.besides or ("\0",))


# Files that browsers ask for by the dozen, and the questions of whoever watches over the site.
UNCOUNTED = ("/static/", "/healthz", "/readyz")
FLOOD_SECONDS = 10


def rules() -> list[Rule]:
    """The first that holds for a path counts; a limit of 0 is none."""
    found = [
        Rule(Limit("api", settings.API_LIMIT), ("/api/",)),
        # What the map draws belongs to its page.
        Rule(Limit("data", settings.DATA_LIMIT), ("/data/",), besides=("/data/map/",)),
    ]
    return [rule for rule in found if rule.limit.most]


class RateLimits:
    """The middleware: refuses with 429 and the seconds to wait, and tells the numbers on all other answers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.rules: Iterable[Rule] = rules()
        self.flood = (
            Flood(Limit("flood", settings.PAGE_LIMIT, FLOOD_SECONDS)) if settings.PAGE_LIMIT else None
        )
        if not self.rules and not self.flood:
            raise MiddlewareNotUsed

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        path = request.path_info
        if path.startswith(UNCOUNTED):
            return self.get_response(request)
        who = address_of(request)
        if self.flood:
            here = self.flood.standing(who)
            if here.is_over:
                return here.tell(refusal(request, here))
        rule = next((rule for rule in self.rules if rule.holds(path)), None)
        found = standing(rule.limit, who) if rule else None
        if found is None:
            return self.get_response(request)
        return found.tell(refusal(request, found) if found.is_over else self.get_response(request))


def refusal(request: HttpRequest, found: Standing) -> HttpResponse:
    """429 with the seconds to wait: JSON for the API and for JSON, a page for readers, else a sentence. No query."""
    path = request.path_info
    language = language_of(request)
    with override(language):
        sentence = ngettext(
            "Terlalu banyak permintaan dari alamat Anda. Coba lagi %(seconds)s detik lagi.",
            "Terlalu banyak permintaan dari alamat Anda. Coba lagi %(seconds)s detik lagi.",
            found.reset,
        ) % {"seconds": found.reset}
        title = _("Terlalu banyak permintaan")
    response: HttpResponse
    if path.startswith("/api/") or path.endswith(("json", "/jsonld")):
        problem = {"title": title, "status": TOO_MANY, "detail": sentence}
        response = JsonResponse(problem, status=TOO_MANY, content_type="application/problem+json")
    elif path.startswith("/data/"):
        response = HttpResponse(f"{sentence}\n", "text/plain; charset=utf-8", status=TOO_MANY)
    else:
        page = format_html(PLAIN_PAGE, language=language, title=title, sentence=sentence)
        response = HttpResponse(page, status=TOO_MANY)
        response["Content-Security-Policy"] = "default-src 'none'"
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = "no-store"
    return response


# Without styles and pictures: whoever asks this often gets nothing that makes the browser ask for more.
PLAIN_PAGE = (
    '<!doctype html>\n<html lang="{language}">\n<meta charset="utf-8">\n'
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    "<title>{title} · KSBB</title>\n<h1>{title}</h1>\n<p>{sentence}</p>\n</html>\n"
)


def language_of(request: HttpRequest) -> str:
    """The language of the address, else the first that the browser wishes for."""
    for code, _name in settings.LANGUAGES:
        if request.path_info.startswith(f"/{code}/"):
            return code
    wish = request.META.get("HTTP_ACCEPT_LANGUAGE", "")
    return "en" if wish.lower().startswith("en") else "id"
