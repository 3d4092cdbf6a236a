"""How often something may be tried: counted in the cache, in windows of time.

While the cache is away nothing is counted here; a code still has its own few attempts in the database.
"""

import time
from datetime import UTC, datetime

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest

from accounts.secrets import digest

WINDOW_SECONDS = 15 * 60


def spend(action: str, key: str, *, limit: int, seconds: int = WINDOW_SECONDS) -> bool:
    """Count one try of `action` by `key` (kept as a digest only); False once there were more than `limit`.

    Windows are the same for everybody, so that one can be told when the next one opens: `opens_again`.
    """
    name = _name(action, key, seconds)
    cache.add(name, 0, seconds)
    try:
        return int(cache.incr(name)) <= limit
    except ValueError:  # the window ended between the two calls
        return True


def is_spent(action: str, key: str, *, limit: int, seconds: int = WINDOW_SECONDS) -> bool:
    """Whether `limit` tries were counted in this window, without counting another."""
    return int(cache.get(_name(action, key, seconds), 0)) >= limit


def _name(action: str, key: str, seconds: int) -> str:
    window = int(time.time()) // seconds
    return f"accounts.attempts.{action}.{seconds}.{window}.{digest('attempts', key)[:24]}"


def opens_again(seconds: int = WINDOW_SECONDS) -> datetime:
    """When tries are counted anew (aware)."""
    return datetime.fromtimestamp((int(time.time()) // seconds + 1) * seconds, tz=UTC)


def seconds_to_wait(seconds: int = WINDOW_SECONDS) -> int:
    """For `Retry-After`."""
    return seconds - int(time.time()) % seconds


def address_of(request: HttpRequest) -> str:
    """The visitor's own address, behind as many proxies as the settings say."""
    return str(get_adapter(request).get_client_ip(request))
