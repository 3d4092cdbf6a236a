"""A Redis cache that behaves like an empty one while Redis is away.

A page that cannot be cached is slower; a page that fails because it cannot be cached is broken. After a
failed call the cache keeps quiet for a few seconds, so that a hanging Redis is not waited for every time.
"""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

QUIET_SECONDS = 5.0
_quiet_until = 0.0


def reachable() -> bool:
    """False for a few seconds after a call failed."""
    return time.monotonic() >= _quiet_until


def attempt(call: Callable[[], Any], otherwise: Any) -> Any:
    """What the call returns, or `otherwise` while Redis does not answer."""
    global _quiet_until
    if not reachable():
        return otherwise
    try:
        return call()
    except (RedisError, OSError) as error:
        _quiet_until = time.monotonic() + QUIET_SECONDS
        logger.warning("cache does not answer, going on without it: %s", error)
        return otherwise


class TolerantRedisCache(RedisCache):
    """Django's Redis cache; reads miss and writes are dropped while the server is away."""

    def add(self, *args: Any, **kwargs: Any) -> Any:
        return attempt(lambda: RedisCache.add(self, *args, **kwargs), True)

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        return attempt(lambda: RedisCache.get(self, key, default, version), default)

    def set(self, *args: Any, **kwargs: Any) -> None:
        attempt(lambda: RedisCache.set(self, *args, **kwargs), None)

    def touch(self, *args: Any, **kwargs: Any) -> Any:
        return attempt(lambda: RedisCache.touch(self, *args, **kwargs), False)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        return attempt(lambda: RedisCache.delete(self, *args, **kwargs), False)

    def get_many(self, *args: Any, **kwargs: Any) -> Any:
        return attempt(lambda: RedisCache.get_many(self, *args, **kwargs), {})

    def has_key(self, *args: Any, **kwargs: Any) -> Any:
        return attempt(lambda: RedisCache.has_key(self, *args, **kwargs), False)

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> Any:
        return attempt(lambda: RedisCache.incr(self, key, delta, version), delta)

    def count(self, key: str, seconds: int) -> tuple[int, float] | None:
        """Add one to a number that begins anew `seconds` after its first count, in one round trip.

        The number, and the seconds until it begins anew; None while Redis does not answer.
        """

        def ask() -> tuple[int, float]:
            made = self.make_and_validate_key(key)
            steps = self._cache.get_client(made, write=True).pipeline(transaction=True)
            steps.set(made, 0, ex=seconds, nx=True)
            steps.incr(made)
            steps.pttl(made)
            _first, number, left = steps.execute()
            return number, max(left, 0) / 1000

        return attempt(ask, None)

    def set_many(self, data: Any, *args: Any, **kwargs: Any) -> Any:
        return attempt(lambda: RedisCache.set_many(self, data, *args, **kwargs), list(data))

    def delete_many(self, *args: Any, **kwargs: Any) -> None:
        attempt(lambda: RedisCache.delete_many(self, *args, **kwargs), None)

    def clear(self) -> Any:
        return attempt(lambda: RedisCache.clear(self), False)
