"""Jobs of the statistics. Cities are marked stale with each change; these only bring the recompute about."""

from celery import shared_task
from django.core.cache import cache

from donations.statistics.actions import places, recompute, stale_places
from regions.jobs import publish

# One message a city for all changes of this time. The job starts a moment after the key is gone, so that a
# change which found the key was committed before the job reads.
GATHER_SECONDS, START_SECONDS = 1, 1.5


@shared_task
def recompute_city(city_code: str) -> None:
    """Recompute a city if it is marked stale."""
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
        if cache.add(f"recompute:{city_code}", 1, timeout=GATHER_SECONDS) and not publish(
            recompute_city, city_code, countdown=START_SECONDS
        ):
            cache.delete(f"recompute:{city_code}")
