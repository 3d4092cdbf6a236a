"""Start every part in order, watch them, and stop what was started."""

import errno
import fcntl
import os
import shutil
import signal
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import IO

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import DatabaseError, connections
from django.db.migrations.exceptions import InconsistentMigrationHistory, MigrationSchemaMissing

from ksbb import embedded
from ksbb.demo import static
from ksbb.demo.processes import Child, end_all
from ksbb.demo.steps import Ledger, fill
from ksbb.embedded import PLACES, Trouble

HEALTH_SECONDS = 60
SERVERS_EVERY_SECONDS = 3
ACCOUNTS = (
    ("collaborator, owner of an organisation", "kolaborator@demo.test"),
    ("admin of the same organisation", "pengelola@demo.test"),
    ("member of the same organisation", "anggota@demo.test"),
    ("assessor, Jakarta Selatan", "asesor.selatan@demo.test"),
    ("assessor, Jakarta Timur", "asesor.timur@demo.test"),
    ("aggregator", "agregator@demo.test"),
    ("executor", "pelaksana@demo.test"),
    ("facilitator (lurah)", "lurah@demo.test"),
    ("RW official", "rw@demo.test"),
    ("inspector of misconduct, province", "pemeriksa@demo.test"),
    ("inspector of misconduct, Jakarta Selatan", "pemeriksa.selatan@demo.test"),
    ("who watches over the inspectors", "pengawas@demo.test"),
    ("administrator", "admin@demo.test"),
)
PASSWORD = "ksbb-demo"  # noqa: S105 published on purpose; it exists in demo databases only


class Interrupted(Exception):
    """Somebody pressed Ctrl-C, or the machine asks us to end."""


def run(*, host: str, port: int, reset: bool, say: Callable[[str], None]) -> None:
    """The whole demo, until it is interrupted. Raises `Trouble` with a sentence when it cannot run."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, interrupt)
    children: list[Child] = []
    ours = False
    try:
        with only_one(port):
            require_free(host, port)
            if reset:
                clear(say)
            say("Starting PostgreSQL and Redis …")
            # From here on they are this demo's, also where a killed one or another command left them up.
            ours = True
            embedded.ensure()
            prepare(say)
            children = programs(host, port)
            for child in children:
                child.start()
            address = f"http://{'localhost' if host == '127.0.0.1' else host}:{port}/"
            wait_until_healthy(f"http://{host}:{port}/healthz", children)
            say(welcome(address))
            watch(children, say)
    except (Interrupted, KeyboardInterrupt):
        say("\nStopping …")
    except (OSError, DatabaseError) as error:
        if not out_of_space(error):
            raise
        raise Trouble(
            f"The disk under {PLACES.var} ran full: make room, then start again; it goes on where it was."
        ) from error
    finally:
        # A second Ctrl-C must not cut the stopping short.
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        end_all(children)
        if ours:
            embedded.stop()
    say("Everything is stopped; the data is kept.")


def out_of_space(error: OSError | DatabaseError) -> bool:
    """True when a disk ran full under us, or under the database, which says so in words."""
    return getattr(error, "errno", None) in (errno.ENOSPC, errno.EDQUOT) or "No space left" in str(error)


def interrupt(number: int, frame: object) -> None:
    raise Interrupted


def only_one(port: int) -> IO[str]:
    """Hold the lock of this checkout's demo; the file says where the running one is."""
    PLACES.var.mkdir(parents=True, exist_ok=True)
    lock = (PLACES.var / "demo.lock").open("a+")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.seek(0)
        where = lock.read().strip() or "unknown"
        lock.close()
        raise Trouble(
            f"A demo of this checkout is running already (port {where}): stop it with Ctrl-C first."
        ) from None
    lock.truncate(0)
    lock.write(str(port))
    lock.flush()
    return lock


def require_free(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError as error:
            raise Trouble(f"Port {port} is for root only: try `make demo PORT=8000`.") from error
        except OSError as error:
            raise Trouble(
                f"Port {port} on {host} is taken by another program: try `make demo PORT={port + 1}`."
            ) from error


def clear(say: Callable[[str], None]) -> None:
    """Remove what the embedded servers and the demo keep; never the data of a server of one's own."""
    if len(embedded.wanted()) < len(embedded.PARTS):
        raise Trouble(
            "RESET empties embedded servers only: unset DATABASE_URL and REDIS_URL, or empty yours by hand."
        )
    say("Removing the old data …")
    embedded.remove()
    for folder in (Path(settings.MEDIA_ROOT), PLACES.var / "mail"):
        shutil.rmtree(folder, ignore_errors=True)
    for path in (PLACES.var / "demo-steps", *PLACES.var.glob("celerybeat-schedule*")):
        path.unlink(missing_ok=True)


def prepare(say: Callable[[str], None]) -> None:
    """Database structure, data and static files, in this process, before anything else runs."""
    say("Bringing the database up to date …")
    try:
        call_command("migrate", interactive=False, verbosity=0)
    except (DatabaseError, MigrationSchemaMissing, InconsistentMigrationHistory) as error:
        raise Trouble(
            f"The database cannot be brought up to date ({error}): `make demo RESET=1` starts afresh."
        ) from error
    fill(Ledger(PLACES.var / "demo-steps"), say)
    say("Collecting static files …")
    static.collect(Path(settings.STATIC_ROOT))
    connections.close_all()


def programs(host: str, port: int) -> list[Child]:
    celery = ["-m", "celery", "-A", "ksbb"]
    quiet = ["--without-gossip", "--without-mingle"]
    return [
        web_server(host, port),
        Child(
            "worker",
            [*celery, "worker", "--loglevel", "INFO", "--concurrency", "2", *quiet],
            PLACES.var / "log-worker.txt",
        ),
        Child("beat", [*celery, "beat", "--loglevel", "INFO", "--pidfile="], PLACES.var / "log-beat.txt"),
    ]


def web_server(host: str, port: int, application: str = "ksbb.wsgi:application") -> Child:
    return Child(
        "web server",
        [
            *("-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)),
            *("--workers", "2", "--blocking-threads", "6", "--backlog", "1024", "--no-ws"),
            *("--respawn-failed-workers", application),
        ],
        PLACES.var / "log-web.txt",
        {"DATABASE_POOL_SIZE": os.environ.get("DATABASE_POOL_SIZE", "6")},
    )


def wait_until_healthy(address: str, children: list[Child]) -> None:
    deadline = time.monotonic() + HEALTH_SECONDS
    while True:
        try:
            with urllib.request.urlopen(address, timeout=2):  # noqa: S310 our own server
                return
        except (urllib.error.URLError, OSError):
            restart_ended(children, lambda line: None)
        if time.monotonic() > deadline:
            raise Trouble(f"The web server does not answer at {address}; {children[0].log} says why.")
        time.sleep(0.1)


def ended_servers_started() -> list[str]:
    """Start PostgreSQL and Redis where they ended: their names.

    What a killed server leaves behind (processes of its own that have not noticed yet) keeps the next one from
    starting for some seconds.
    """
    deadline = time.monotonic() + HEALTH_SECONDS
    while True:
        try:
            return embedded.ensure()
        except Trouble:
            if time.monotonic() > deadline:
                raise
            time.sleep(1)


def watch(children: list[Child], say: Callable[[str], None]) -> None:
    looked = time.monotonic()
    while True:
        restart_ended(children, say)
        if time.monotonic() - looked > SERVERS_EVERY_SECONDS:
            for name in ended_servers_started():
                say(
                    f"{name} ended; it runs again. What was saved is there ({PLACES.logs} says why it ended)."
                )
            looked = time.monotonic()
        time.sleep(0.5)


def restart_ended(children: list[Child], say: Callable[[str], None]) -> None:
    for child in children:
        if child.ended():
            say(f"The {child.name} ended; starting it again ({child.log} says why).")
            child.start()


def welcome(address: str) -> str:
    lines = ["", f"KSBB runs at {address}", ""]
    # Only the demo's loader makes accounts of this domain.
    if get_user_model().objects.filter(email__endswith="@demo.test").exists():
        width = max(len(role) for role, _ in ACCOUNTS)
        lines += [
            f"  {'role'.ljust(width)}  e-mail",
            *(f"  {role.ljust(width)}  {mail}" for role, mail in ACCOUNTS),
        ]
        lines += ["", f"Password of all: {PASSWORD}"]
    return "\n".join([*lines, f"Logs and mail: {PLACES.var}. Ctrl-C stops everything and keeps the data."])
