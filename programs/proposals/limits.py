"""How often one may write here: counted in the cache; while it is away nothing is counted."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.attempts import address_of, opens_again, seconds_to_wait, spend
from regions.notation import when

HOUR, DAY = 3600, 24 * 3600
# How often, in how many seconds. Drafts are begun by visitors, so their address is counted; an office shares one.
LIMITS = {
    "draft": (40, HOUR),
    "picture": (20, HOUR),
    "submit": (5, DAY),
    "comment": (20, HOUR),
    "support": (120, HOUR),
    "report": (20, HOUR),
}


def within_limit(request: HttpRequest, action: str) -> bool:
    """Count one try of this person (or this address, for a visitor); False once there were too many."""
    signed_in = request.user.is_authenticated
    who = f"person {request.user.pk}" if signed_in else address_of(request)
    limit, seconds = LIMITS[action]
    return spend(f"proposal-{action}", who, limit=limit, seconds=seconds)


def too_often(action: str) -> str:
    """What to tell somebody who has to wait, and until when."""
    limit, seconds = LIMITS[action]
    style = "moment_short" if seconds >= DAY else "clock"
    words = {"limit": limit, "time": when(timezone.localtime(opens_again(seconds)), style)}
    if action == "submit":
        return (
            _("Paling banyak %(limit)s usulan sehari. Usulan ini tersimpan; kirim lagi sesudah %(time)s.")
            % words
        )
    return (
        _("Terlalu sering dalam waktu singkat. Coba lagi sesudah pukul %(time)s; isian Anda tetap ada.")
        % words
    )


def wait(response: HttpResponse, action: str) -> HttpResponse:
    """The same answer, telling programs as well when to come back."""
    if response.status_code == 429:
        response["Retry-After"] = str(seconds_to_wait(LIMITS[action][1]))
    return response
