"""Real processes beside the tests: Celery workers, a web server, a Redis of one's own."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path

from celery.beat import PersistentScheduler
from django.conf import settings
from django.db import connection

from ksbb.celery import app
from ksbb.embedded.places import CHECKOUT, Places


def database_url() -> str:
    """The address of the database of this test run, for another process."""
    return f"postgresql://{connection.settings_dict['USER']}@/{connection.settings_dict['NAME']}?host={settings.PLACES.sockets}"


class Process:
    """A program on the test's database, with its log; killed at the end of the `with` if it is still there."""

    def __init__(self, words: list[str], log: Path, environment: Mapping[str, str] | None = None) -> None:
        self.words, self.log = words, log
        self.environment = {"DATABASE_URL": database_url(), "LOG_LEVEL": "INFO", **(environment or {})}

    def __enter__(self) -> "Process":
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", *self.words],
                cwd=CHECKOUT,
                env=os.environ | self.environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        return self

    def __exit__(self, *exception: object) -> None:
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.kill()

    def kill(self) -> None:
        """End it the hard way, as a machine that loses its power would."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def runs(self) -> bool:
        return self.process.poll() is None

    def said(self) -> str:
        return self.log.read_text(errors="replace")

    def wait_until_said(self, words: str, seconds: float = 60) -> None:
        wait_until(
            lambda: words in self.said(),
            seconds,
            lambda: f"{self.words[0]} did not say {words!r}: {self.said()[-2000:]}",
        )


def worker(log: Path, environment: Mapping[str, str] | None = None) -> Process:
    """A Celery worker that takes one job at a time in its own process."""
    words = ["celery", "-A", "ksbb", "worker", "--pool", "solo", "--without-gossip", "--without-mingle"]
    return Process([*words, "-l", "INFO"], log, environment)


def beat(log: Path, environment: Mapping[str, str] | None = None) -> Process:
    """The one that sends what runs by the clock; it remembers beside its log when it last did: an hour ago, so that
    what was left behind is swept up as soon as it starts.
    """
    schedule = str(log.with_suffix(".schedule"))
    scheduler = PersistentScheduler(app, schedule_filename=schedule)
    scheduler.schedule["sweep-stale"].last_run_at -= timedelta(hours=1)
    scheduler.close()
    words = ["celery", "-A", "ksbb", "beat", "--pidfile=", "--schedule", schedule, "-l", "INFO"]
    return Process(words, log, environment)


def wait_until(
    holds: Callable[[], object], seconds: float = 30, why: Callable[[], str] = lambda: "waited in vain"
) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, why()
        time.sleep(0.1)


def own_places(folder: Path) -> Places:
    """Folders for a Redis that only one test uses, and may stop."""
    places = Places(var=folder / "own")
    places.prepare()
    return places
