"""How often one may write here: counted in the cache; while it is away nothing is counted."""

from allauth.account.adapter import get_adapter
from django.http import HttpRequest

from accounts.attempts import spend

HOUR = 3600
# How often, in how many seconds. Drafts are begun by visitors, so their address is counted.
LIMITS = {
    "draft": (30, HOUR),
    "picture": (20, HOUR),
    "submit": (5, 24 * HOUR),
    "comment": (20, HOUR),
    "support": (120, HOUR),
    "report": (20, HOUR),
}


def within_limit(request: HttpRequest, action: str) -> bool:
    """Count one try of this person (or this address, for a visitor); False once there were too many."""
    if request.user.is_authenticated:
        who = f"person {request.user.pk}"
    else:
        who = str(get_adapter(request).get_client_ip(request))
    limit, seconds = LIMITS[action]
    return spend(f"proposal-{action}", who, limit=limit, seconds=seconds)
