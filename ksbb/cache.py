"""A Redis cache that behaves like an empty one while Redis is away.

A page that cannot be cached is slower; a page that fails because it cannot be cached is broken. After a
failed call the cache keeps quiet for a few seconds, so that a hanging Redis is not waited for every time.

Whoever keeps a copy of something outside Redis, as long as Redis says that nothing changed, may have missed
what was to be said while Redis was away: `connections_made()` grows whenever a connection had to be made anew.
"""

import itertools
import logging
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from django.utils.functional import cached_property
from redis.exceptions import RedisError

from regions.outages import Outages

logger = logging.getLogger(__name__)

OUTAGES = Outages()
_connections = itertools.count(1)
_made = 0


def connections_made() -> int:
    """How many connections to Redis this process has made so far."""
    return _made


def greet(connection: Any) -> None:
    """Do what the client does on a new connection, and count it."""
    global _made
    connection.on_connect()
    _made = next(_connections)


class KeptClient(RedisCacheClient):
    """Django makes a client for each question, which takes longer than the question; this one keeps it."""

    @cached_property
    def _kept(self) -> dict[bool, Any]:
        return {write: RedisCacheClient.get_client(self, write=write) for write in (True, False)}

    def get_client(self, key: Any = None, *, write: bool = False) -> Any:
        return self._kept[write]


class TolerantRedisCache(RedisCache):
    """Django's Redis cache; reads miss and writes are dropped while the server is away."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        options = {"redis_connect_func": greet, **params.get("OPTIONS", {})}
        super().__init__(server, {**params, "OPTIONS": options})
        self._class = KeptClient
        self.address = server

    def attempt(self, call: Callable[[], Any], otherwise: Any) -> Any:
        """What the call returns, or `otherwise` while Redis does not answer."""
        if OUTAGES.lasts(self.address):
            return otherwise
        try:
            return call()
        except (RedisError, OSError) as error:
            OUTAGES.note(self.address)
            logger.warning("cache does not answer, going on without it: %s", error)
            return otherwise

    def add(self, *args: Any, **kwargs: Any) -> Any:
        return self.attempt(lambda: RedisCache.add(self, *args, **kwargs), True)

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        return self.attempt(lambda: RedisCache.get(self, key, default, version), default)

    def set(self, *args: Any, **kwargs: Any) -> None:
        self.attempt(lambda: RedisCache.set(self, *args, **kwargs), None)

    def touch(self, *args: Any, **kwargs: Any) -> Any:
        return self.attempt(lambda: RedisCache.touch(self, *args, **kwargs), False)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        return self.attempt(lambda: RedisCache.delete(self, *args, **kwargs), False)

    def get_many(self, *args: Any, **kwargs: Any) -> Any:
        return self.attempt(lambda: RedisCache.get_many(self, *args, **kwargs), {})

    def has_key(self, *args: Any, **kwargs: Any) -> Any:
        return self.attempt(lambda: RedisCache.has_key(self, *args, **kwargs), False)

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> Any:
        return self.attempt(lambda: RedisCache.incr(self, key, delta, version), delta)

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

        return self.attempt(ask, None)

    def set_many(self, data: Any, *args: Any, **kwargs: Any) -> Any:
        return self.attempt(lambda: RedisCache.set_many(self, data, *args, **kwargs), list(data))

    def delete_many(self, *args: Any, **kwargs: Any) -> None:
        self.attempt(lambda: RedisCache.delete_many(self, *args, **kwargs), None)

    def clear(self) -> Any:
        return self.attempt(lambda: RedisCache.clear(self), False)
