"""Jobs of the statistics. Cities are marked stale with each change; these only bring the recompute about."""

from celery import shared_task
from django.core.cache import cache

from donations.statistics.actions import places, recompute, stale_places
from regions.jobs import publish

# While a message of a city waits, further changes of it send none: the job that takes it finds their marks.
# Should the message be lost, the key goes by itself, and the sweep has been there before.
WAITING_SECONDS = 60


@shared_task
def recompute_city(city_code: str) -> None:
    """Recompute a city if it is marked stale."""
    # First of all: whoever changes something from now on sends a message of their own.
    cache.delete(_waiting(city_code))
    recompute(city_code, only_if_stale=True)


@shared_task
def sweep_stale() -> None:
    """Recompute whatever is marked stale: what a dead broker or worker left behind."""
    for city_code in stale_places():
        recompute(city_code, only_if_stale=True)


@shared_task
def recompute_everything() -> None:
    """Recompute every place, marked or not: the published time moves on, and what marked nothing shows."""
    for city_code in places():
        recompute(city_code)


def recompute_soon(city_codes: list[str]) -> None:
    """Queue the recompute of cities whose marks were just committed; never raises, never waits long."""
    for city_code in city_codes:
        first = cache.add(_waiting(city_code), 1, timeout=WAITING_SECONDS)
        if first and not publish(recompute_city, city_code):
            cache.delete(_waiting(city_code))


def _waiting(city_code: str) -> str:
    return f"recompute:{city_code}"
