"""A Redis of a test's own, which it may stop, and caches that look for theirs where the test says."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings

from ksbb.embedded import Places, redis


@contextmanager
def own_redis(folder: Path) -> Iterator[Places]:
    """A running Redis in this folder; stopped afterwards if it still runs."""
    places = Places(var=folder / "own")
    places.prepare()
    redis.start(places)
    try:
        yield places
    finally:
        redis.stop(places)


def at(address: str) -> dict[str, Any]:
    """The setting CACHES with another address."""
    return {"default": settings.CACHES["default"] | {"LOCATION": address}}
