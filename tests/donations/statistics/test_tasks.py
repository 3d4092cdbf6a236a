from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from donations.models import StatisticRow
from donations.statistics import tasks
from donations.statistics.actions import recompute
from regions.actions import mark_stale
from regions.models import StaleMark
from tests.factories import make_commitment, make_handover


class Broker:
    """Stands where the broker is: keeps messages, or is away."""

    def __init__(self) -> None:
        self.alive, self.sent = True, []

    def publish(self, task, *arguments):
        if self.alive:
            self.sent.append((task.name.rsplit(".", 1)[1], *arguments))
        return self.alive


@pytest.fixture
def broker(monkeypatch):
    wire = Broker()
    monkeypatch.setattr(tasks, "publish", wire.publish)
    cache.clear()
    return wire


@pytest.mark.django_db(transaction=True)
def test_many_changes_of_a_city_are_one_message(broker) -> None:
    for _ in range(5):
        with transaction.atomic():
            mark_stale("31.74", "31.75")
    assert sorted(broker.sent) == [("recompute_city", "31.74"), ("recompute_city", "31.75")]


@pytest.mark.django_db(transaction=True)
def test_change_that_is_undone_sends_nothing(broker) -> None:
    with transaction.atomic():
        mark_stale("31.74")
        transaction.set_rollback(True)
    assert broker.sent == []


@pytest.mark.django_db(transaction=True)
def test_dead_broker_fails_nobody_and_the_sweep_catches_up(broker) -> None:
    broker.alive = False
    make_commitment("accepted", quantity=70)
    assert StaleMark.objects.filter(city_code="31.74").exists()
    assert cache.get("recompute:31.74") is None
    broker.alive = True
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
