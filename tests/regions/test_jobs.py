"""Messages as they lie in a real queue, which no worker reads, and a broker that is not there."""

import base64
import json
from collections.abc import Iterator

import pytest
from celery import Celery, Task
from django.conf import settings

from regions import jobs, outages
from tests.ksbb.elsewhere import Stopped

QUEUE = "tests-of-jobs"


def task_on(broker: str) -> Task:
    """A task of an application of its own, with the platform's patience."""
    app = Celery(broker=broker, set_as_current=False)
    app.conf.update(
        broker_transport_options=settings.CELERY_BROKER_TRANSPORT_OPTIONS,
        broker_connection_timeout=settings.CELERY_BROKER_CONNECTION_TIMEOUT,
        task_publish_retry=False,
        task_ignore_result=True,
        task_default_queue=QUEUE,
    )

    @app.task(name="count")
    def count(*arguments: object) -> None: ...

    return count


@pytest.fixture
def alive() -> Iterator[Task]:
    task = task_on(settings.CELERY_BROKER_URL)
    empty(task)
    yield task
    empty(task)
    task.app.close()


@pytest.fixture
def dead(tmp_path) -> Iterator[Task]:
    task = task_on(f"redis+socket://{tmp_path}/nobody.sock?virtual_host=0")
    yield task
    task.app.close()


def empty(task: Task) -> None:
    with task.app.connection_for_write() as wire:
        wire.default_channel.client.delete(QUEUE)


def queued(task: Task) -> list[list[object]]:
    """The arguments of what was sent, oldest first."""
    with task.app.connection_for_read() as wire:
        raw = wire.default_channel.client.lrange(QUEUE, 0, -1)
    return [json.loads(base64.b64decode(json.loads(message)["body"]))[0] for message in reversed(raw)]


def test_task_is_queued_with_its_arguments(alive):
    assert jobs.publish(alive, "31.74", 7)
    assert queued(alive) == [["31.74", 7]]


def test_dead_broker_is_asked_again_only_after_a_while(dead, caplog, monkeypatch):
    stopped = Stopped(monkeypatch, outages)
    assert [jobs.publish(dead, number) for number in range(3)] == [False] * 3
    assert caplog.text.count("the broker does not answer") == 1
    stopped.go_on(outages.QUIET_SECONDS)
    assert jobs.publish(dead) is False
    assert caplog.text.count("the broker does not answer") == 2


def test_dead_broker_of_another_holds_nothing_up(dead, alive):
    assert jobs.publish(dead) is False
    assert jobs.publish(alive, 1) is True
    assert queued(alive) == [[1]]
