"""The time at which things are done: one place, so that a history can be walked with the real verbs."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.utils import timezone

_set: ContextVar[datetime | None] = ContextVar("ksbb_clock", default=None)


def now() -> datetime:
    """The current moment (aware), or the one set by `at`."""
    return _set.get() or timezone.now()


def today() -> date:
    """The current day in the platform's time zone."""
    return timezone.localtime(now()).date()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let `now()` say `moment` (aware) inside the block; the sample data and the tests use it."""
    token = _set.set(moment)
    try:
        yield
    finally:
        _set.reset(token)
