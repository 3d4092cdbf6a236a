"""`/healthz`: this process answers. `/readyz`: every part that the platform needs does its work."""

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.models import Max, Min
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from kombu import Connection
from kombu.exceptions import KombuError
from redis.exceptions import RedisError

from donations.statistics.models import StatisticRow
from ksbb.tasks import HEARTBEAT_KEY
from regions.models import StaleMark

# Beat asks every 15 seconds; a worker that missed three of them is not taking jobs.
LATEST_HEARTBEAT_SECONDS = 60
# Changes are counted within seconds by the queue, and by beat's sweep when a message was lost.
LONGEST_WAIT_SECONDS = 900

Finding = dict[str, Any]


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 while the process answers at all; needs no other part."""
    return JsonResponse({"status": "ok"})


@login_not_required
@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when every part is well, else 503; the JSON says for each part whether and why not."""
    parts = {name: look() for name, look in PARTS.items()}
    well = all(part["ok"] for part in parts.values())
    return JsonResponse({"status": "ok" if well else "failing", **parts}, status=200 if well else 503)


def database() -> Finding:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return {"ok": False, "reason": "the database does not answer"}
    return {"ok": True}


def broker() -> Finding:
    options = {"socket_connect_timeout": 1, "socket_timeout": 1}
    try:
        with Connection(settings.CELERY_BROKER_URL, transport_options=options, connect_timeout=1) as link:
            link.ensure_connection(max_retries=1, timeout=1)
    except (KombuError, RedisError, OSError):
        return {"ok": False, "reason": "the broker does not answer"}
    return {"ok": True}


def worker() -> Finding:
    seen = cache.get(HEARTBEAT_KEY)
    if seen is None:
        return {"ok": False, "reason": "no worker has been heard of"}
    age = round(time.time() - seen)
    if age > LATEST_HEARTBEAT_SECONDS:
        return {"ok": False, "age_seconds": age, "reason": "no worker has taken a job for a while"}
    return {"ok": True, "age_seconds": age}


def statistics() -> Finding:
    """When the public figures were last computed, and since when a change waits to be counted."""
    try:
        as_of = StatisticRow.objects.aggregate(latest=Max("as_of"))["latest"]
        waiting = StaleMark.objects.aggregate(oldest=Min("marked_at"))["oldest"]
    except DatabaseError:
        return {"ok": False, "reason": "the database does not answer"}
    found: Finding = {"ok": True, "as_of": as_of, "waiting_seconds": 0}
    if waiting is not None:
        found["waiting_seconds"] = max(0, round((timezone.now() - waiting).total_seconds()))
        if found["waiting_seconds"] > LONGEST_WAIT_SECONDS:
            found |= {"ok": False, "reason": "changes have not been counted for a while"}
    return found


PARTS: dict[str, Callable[[], Finding]] = {
    "database": database,
    "broker": broker,
    "worker": worker,
    "statistics": statistics,
}
