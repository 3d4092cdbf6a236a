"""Jobs of the whole: only the sign of life that /readyz reads."""

import time

from celery import shared_task
from django.core.cache import cache

HEARTBEAT_KEY = "worker-heartbeat"


@shared_task
def heartbeat() -> None:
    """Note that a worker took this job just now (seconds since 1970)."""
    cache.set(HEARTBEAT_KEY, time.time(), timeout=None)
