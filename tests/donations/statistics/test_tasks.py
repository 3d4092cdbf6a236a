import base64
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from donations.models import StatisticRow
from donations.statistics import tasks
from donations.statistics.actions import recompute
from ksbb.celery import app
from ksbb.embedded.places import CHECKOUT
from regions.actions import mark_stale
from regions.models import StaleMark
from tests.chain.processes import database_url
from tests.factories import make_handover


class Queue:
    """The real queue in Redis, which no worker reads while these tests run."""

    def messages(self) -> list[tuple[str, ...]]:
        with app.connection_for_read() as wire:
            raw = wire.default_channel.client.lrange("celery", 0, -1)
        found = []
        for message in map(json.loads, raw):
            arguments = json.loads(base64.b64decode(message["body"]))[0]
            found.append((message["headers"]["task"].rsplit(".", 1)[1], *arguments))
        return sorted(found)

    def empty(self) -> None:
        app.control.purge()


@pytest.fixture
def queue() -> Iterator[Queue]:
    cache.clear()
    found = Queue()
    found.empty()
    yield found
    found.empty()


@pytest.mark.django_db(transaction=True)
def test_many_changes_of_a_city_are_one_message(queue) -> None:
    for _ in range(5):
        with transaction.atomic():
            mark_stale("31.74", "31.75")
    assert queue.messages() == [("recompute_city", "31.74"), ("recompute_city", "31.75")]


@pytest.mark.django_db(transaction=True)
def test_change_that_is_undone_sends_nothing(queue) -> None:
    with transaction.atomic():
        mark_stale("31.74")
        transaction.set_rollback(True)
    assert queue.messages() == []


COMMIT = """
import django
django.setup()
from tests.factories import make_commitment
make_commitment("accepted", quantity=70)
"""


@pytest.mark.django_db(transaction=True)
def test_dead_broker_fails_nobody_and_the_sweep_catches_up(queue, tmp_path) -> None:
    # Done by a process that finds nobody where Redis should be.
    environment = {"DATABASE_URL": database_url(), "REDIS_URL": f"unix://{tmp_path}/nobody.sock"}
    subprocess.run([sys.executable, "-c", COMMIT], cwd=CHECKOUT, env=os.environ | environment, check=True)
    assert StaleMark.objects.filter(city_code="31.74").exists()
    assert cache.get("recompute:31.74") is None
    assert queue.messages() == []
    tasks.sweep_stale()
    tasks.sweep_stale()
    assert (
        StatisticRow.objects.get(
            city_code="31.74", program_code="pangan", measure="committed", dimension="aid_type"
        ).value
        == 70
    )
    assert not StaleMark.objects.exists()


@pytest.mark.django_db
def test_recomputing_everything_moves_the_published_time_on() -> None:
    make_handover("verified")
    recompute("31.74")
    rows = StatisticRow.objects.filter(city_code="31.74")
    rows.update(as_of=timezone.now() - timedelta(hours=2))
    before = rows.earliest("as_of").as_of
    tasks.recompute_everything()
    assert rows.earliest("as_of").as_of > before
