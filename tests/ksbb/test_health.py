import time

import pytest
from django.core.cache import cache
from django.db import OperationalError

from ksbb import embedded, health
from ksbb.tasks import HEARTBEAT_KEY, heartbeat


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
    assert time.monotonic() - began < 3


@pytest.mark.django_db
def test_readyz_misses_the_database(client, working, monkeypatch):
    def refuse():
        raise OperationalError

    monkeypatch.setattr(health.connection, "cursor", refuse)
    response = client.get("/readyz")
    assert (response.status_code, response.json()["database"]["ok"]) == (503, False)
