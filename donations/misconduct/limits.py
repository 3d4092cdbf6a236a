"""How often one may try here. Counted in the cache by a digest of the address, apart from any report, and gone soon."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.attempts import address_of, opens_again, seconds_to_wait, spend
from regions.notation import when

QUARTER, HOUR = 15 * 60, 60 * 60
# How often, in how many seconds. An office or a kampung shares one address.
LIMITS = {
    "code": (12, QUARTER),
    "draft": (30, HOUR),
    "send": (12, HOUR),
    "files": (40, HOUR),
    "write": (40, HOUR),
}


def within_limit(request: HttpRequest, action: str) -> bool:
    limit, seconds = LIMITS[action]
    return spend(f"misconduct-{action}", address_of(request), limit=limit, seconds=seconds)


def too_often(action: str) -> str:
    time = when(timezone.localtime(opens_again(LIMITS[action][1])), "clock")
    return _("Terlalu sering dicoba dari jaringan ini. Coba lagi sesudah pukul %(time)s.") % {"time": time}


def wait(response: HttpResponse, action: str) -> HttpResponse:
    """The same answer, telling programs as well when to come back."""
    if response.status_code == 429:
        response["Retry-After"] = str(seconds_to_wait(LIMITS[action][1]))
    return response
