"""A Redis of a test's own, which it may stop, caches that look for theirs where the test says, and a stopped clock."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
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


class Stopped:
    """The clock of these modules, and of no other: it goes on when the test says so, however slow the machine is."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *modules: ModuleType) -> None:
        self.now = time.monotonic()
        for module in modules:
            monkeypatch.setattr(module, "time", self)

    def monotonic(self) -> float:
        return self.now

    def go_on(self, seconds: float) -> None:
        self.now += seconds
