import time

import pytest
from django.db import transaction
from kombu.exceptions import OperationalError

from regions import jobs


class Queue:
    """Stands where a task would: takes messages, or refuses them as a dead broker does."""

    name = "queue"

    def __init__(self, *, alive):
        self.alive, self.taken, self.asked = alive, [], 0

    def delay(self, *arguments):
        self.asked += 1
        if not self.alive:
            raise OperationalError("away")
        self.taken.append(arguments)


@pytest.fixture(autouse=True)
def fresh(monkeypatch):
    monkeypatch.setattr(jobs, "_quiet_until", 0.0)


@pytest.mark.django_db(transaction=True)
def test_task_is_queued_after_the_commit():
    queue = Queue(alive=True)
    with transaction.atomic():
        jobs.publish_on_commit(queue, "31.74", 7)
        assert queue.taken == []
    assert queue.taken == [("31.74", 7)]


@pytest.mark.django_db(transaction=True)
def test_task_of_a_change_undone_is_not_queued():
    queue = Queue(alive=True)
    with pytest.raises(RuntimeError), transaction.atomic():
        jobs.publish_on_commit(queue, 1)
        raise RuntimeError
    assert queue.taken == []


@pytest.mark.django_db(transaction=True)
def test_dead_broker_does_not_fail_the_change():
    queue = Queue(alive=False)
    with transaction.atomic():
        jobs.publish_on_commit(queue, 1)
    assert queue.asked == 1


def test_dead_broker_is_asked_again_only_after_a_while(monkeypatch):
    dead, alive = Queue(alive=False), Queue(alive=True)
    assert jobs.publish(dead) is False
    assert jobs.publish(alive) is False
    later = time.monotonic() + jobs.QUIET_SECONDS + 1
    monkeypatch.setattr(jobs.time, "monotonic", lambda: later)
    assert jobs.publish(alive) is True
    assert (dead.asked, alive.asked) == (1, 1)
