"""How often something may be tried: counted in the cache, in windows of time.

While the cache is away nothing is counted here; a code still has its own few attempts in the database.
"""

from django.core.cache import cache

from accounts.secrets import digest

WINDOW_SECONDS = 15 * 60


def spend(action: str, key: str, *, limit: int, seconds: int = WINDOW_SECONDS) -> bool:
    """Count one try of `action` by `key` (kept as a digest only); False once there were more than `limit`."""
    name = f"accounts.attempts.{action}.{digest('attempts', key)[:24]}"
    cache.add(name, 0, seconds)
    try:
        return int(cache.incr(name)) <= limit
    except ValueError:  # the window ended between the two calls
        return True
