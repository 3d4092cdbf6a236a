"""Writes to the tree's marks that other apps ask for."""

from collections.abc import Callable

from django.db import transaction

from regions import codes
from regions.models import StaleMark

Listener = Callable[[list[str]], None]
_listeners: list[Listener] = []


def when_stale(listener: Listener) -> None:
    """Let `listener` hear, after each commit, of the cities that were marked in it. It must not raise."""
    if listener not in _listeners:
        _listeners.append(listener)


def mark_stale(*region_codes: str) -> None:
    """Say that the statistics of the cities of these regions no longer hold.

    One row a city, in the caller's transaction, so that the mark and the change that caused it are seen
    together or not at all. A province's code marks what is placed in no city, "" what has no wish.
    Raises TransactionManagementError outside a transaction, ValueError for a malformed code.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError(
            "mark_stale() belongs into the transaction of the change"
        )
    cities = sorted({codes.city_of(code) if code else "" for code in region_codes})
    StaleMark.objects.bulk_create(StaleMark(city_code=city) for city in cities)
    transaction.on_commit(lambda: _tell(cities), robust=True)


def _tell(cities: list[str]) -> None:
    for listener in _listeners:
        listener(cities)
