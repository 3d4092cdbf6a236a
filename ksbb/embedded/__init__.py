"""PostgreSQL and Redis that come with the Python packages, for laptops, tests and `make demo`.

Both listen on Unix sockets only and keep everything under the checkout's `var/`, so two checkouts never
meet. A part is left alone where its address is set: `DATABASE_URL` for PostgreSQL, `REDIS_URL` for Redis.
"""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass

from ksbb.embedded import postgres, redis
from ksbb.embedded.places import Places, exclusive
from ksbb.embedded.trouble import Trouble

__all__ = ["PARTS", "PLACES", "Trouble", "ensure", "remove", "status", "stop", "wanted"]

PLACES = Places.of_checkout()


@dataclass(frozen=True)
class Part:
    """One server: what it is called, which setting replaces it, and how to start, stop and look at it."""

    name: str
    variable: str
    start: Callable[[Places], bool]
    stop: Callable[[Places], bool]
    status: Callable[[Places], str]


PARTS = (
    Part("PostgreSQL", "DATABASE_URL", postgres.start, postgres.stop, postgres.status),
    Part("Redis", "REDIS_URL", redis.start, redis.stop, redis.status),
)


def wanted() -> list[Part]:
    """The parts that run embedded here: those without an address of their own, and none in production."""
    if os.environ.get("KSBB_MODE") == "production" or os.environ.get("SECRET_KEY"):
        return []
    return [part for part in PARTS if not os.environ.get(part.variable)]


def ensure(places: Places = PLACES) -> list[str]:
    """Start what is wanted and not running; the names of what this call started. Raises `Trouble`."""
    parts = wanted()
    if not parts:
        return []
    with exclusive(places):
        return [part.name for part in parts if part.start(places)]


def stop(names: list[str] | None = None, places: Places = PLACES) -> list[str]:
    """Stop the named servers of this checkout (all when None); the names of those that were running."""
    if not places.var.exists():
        return []
    with exclusive(places):
        return [
            part.name
            for part in reversed(PARTS)
            if (names is None or part.name in names) and part.stop(places)
        ]


def remove(places: Places = PLACES) -> None:
    """Stop the servers of this checkout and throw their data away, and what was kept outside `var/`."""
    stop(places=places)
    for folder in (places.postgres_data, places.redis_data, places.shelter):
        shutil.rmtree(folder, ignore_errors=True)


def status(places: Places = PLACES) -> dict[str, str]:
    """Name → one line on what it is doing."""
    embedded = wanted()
    return {
        part.name: part.status(places) if part in embedded else f"not embedded: {part.variable} is set"
        for part in PARTS
    }
