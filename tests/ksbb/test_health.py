import json
import os
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from donations.statistics.models import StatisticRow
from ksbb import embedded
from ksbb.embedded.places import CHECKOUT
from ksbb.tasks import HEARTBEAT_KEY, heartbeat
from regions.models import StaleMark


@pytest.fixture
def working():
    """A worker has just been heard of."""
    heartbeat()


def test_healthz_needs_no_other_part(client):
    response = client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


@pytest.mark.django_db
def test_readyz_is_ready_when_all_is_well(client, working):
    response = client.get("/readyz")
    assert response.status_code == 200, response.json()
    assert response.json()["status"] == "ok"
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
@pytest.mark.parametrize("seen", [None, 3600])
def test_readyz_misses_a_silent_worker(client, seen):
    cache.delete(HEARTBEAT_KEY)
    if seen:
        cache.set(HEARTBEAT_KEY, time.time() - seen)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["worker"]["ok"] is False


@pytest.mark.django_db
def test_readyz_misses_the_broker(client, working, settings):
    settings.CELERY_BROKER_URL = f"redis+socket://{embedded.PLACES.var}/nobody.sock"
    began = time.monotonic()
    response = client.get("/readyz")
    assert (response.status_code, response.json()["broker"]["ok"]) == (503, False)
    assert time.monotonic() - began < 20  # far less than a client that tries and tries


ASK = """
import django
django.setup()
from django.test import Client
answer = Client().get("/readyz", headers={"host": "localhost"})
print(answer.status_code, answer.content.decode())
"""


def test_readyz_misses_the_database():
    """Asked of a process whose database refuses every connection."""
    environment = os.environ | {
        "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
        "LOG_LEVEL": "CRITICAL",
    }
    done = subprocess.run(
        [sys.executable, "-c", ASK], cwd=CHECKOUT, env=environment, capture_output=True, text=True, check=True
    )
    status, body = done.stdout.split(" ", 1)
    assert status == "503"
    found = json.loads(body)
    assert found["database"] == {"ok": False, "reason": "the database does not answer"}
    assert found["statistics"]["ok"] is False
    assert found["broker"]["ok"] is True


@pytest.mark.django_db
def test_readyz_says_how_old_the_statistics_are(client, working):
    moment = timezone.now() - timedelta(days=3)
    StatisticRow.objects.create(
        city_code="31.74",
        program_code="pangan",
        measure="committed",
        dimension="total",
        value=1,
        as_of=moment,
    )
    StaleMark.objects.create(city_code="31.74", marked_at=timezone.now() - timedelta(seconds=30))
    response = client.get("/readyz")
    assert response.status_code == 200
    found = response.json()["statistics"]
    assert parse_datetime(found["as_of"]).replace(microsecond=0) == moment.replace(microsecond=0)
    assert 30 <= found["waiting_seconds"] < 60


@pytest.mark.django_db
def test_readyz_misses_statistics_that_nobody_computes(client, working):
    StaleMark.objects.create(city_code="31.74", marked_at=timezone.now() - timedelta(hours=1))
    response = client.get("/readyz")
    assert (response.status_code, response.json()["statistics"]["ok"]) == (503, False)
