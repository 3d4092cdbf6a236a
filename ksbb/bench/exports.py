"""How fast, and in how little memory, the server exports a million rows.

Ours goes the whole way: the server of the platform, its middleware, numbers and links made for reading, guarded
cells, HTTP, and a reader on a socket. The baseline is one COPY … TO STDOUT of the same rows in the same order with
their columns as they are stored, read by this process and thrown away. A COPY of the bare table of allocations, a
third of the bytes and no join, is printed beside it.
"""

import statistics
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psutil
from django.db import connection

from donations.opendata.datasets import DATASETS
from donations.statistics.bench import ALLOCATIONS, fill
from ksbb.bench.pages import current_database_url, free_port
from ksbb.bench.visitors import Visitor, wait_for
from ksbb.demo.processes import Child, end_all
from ksbb.demo.supervisor import web_server
from ksbb.embedded import PLACES, Trouble
from regions.benchmarks import Measurement, benchmark

PATH = "/data/allocations.csv"
ROUNDS, MOST_MEGABYTES = 3, 60
LOOK_SECONDS = 0.02
# What the columns of the file are made of.
STORED = (
    "a.id, c.id, n.id, t.program_id, t.code, t.name, t.unit, o.name, o.collaborator_kind, c.route, g.name, s.kind, "
    "r.full_name, n.region_id, village.name, district.name, city.code, city.name, a.quantity, a.released, "
    "a.dispatched, a.received, a.verified, c.unit_value"
)


@benchmark("export_rows", unit="rows/s", at_least=0.3)
def export_rows() -> Measurement:
    """Rows a second, the median of alternating rounds."""
    fill()
    source = DATASETS["allocations"].source
    same_rows = f"COPY (SELECT {STORED} FROM {source} ORDER BY a.id) TO STDOUT (FORMAT csv)"  # noqa: S608 our own
    ours, baseline, bare = [], [], []
    with serving() as (port, _server):
        for _round in range(ROUNDS):
            bare.append(ALLOCATIONS / _seconds_of_copy("COPY donations_allocation TO STDOUT (FORMAT csv)"))
            baseline.append(ALLOCATIONS / _seconds_of_copy(same_rows))
            ours.append(ALLOCATIONS / _seconds_of_export(port))
    found = Measurement(ours=statistics.median(ours), baseline=statistics.median(baseline))
    print(f"  {found.ours / statistics.median(bare):.2f} of a COPY of the bare table")  # noqa: T201
    return found


@benchmark("export_memory", unit="MB", at_most=1.0)
def export_memory() -> Measurement:
    """What the serving processes grow by while they export, at most; the baseline is what they may."""
    fill()
    with serving() as (port, server):
        # What the first answer loads is not what an export takes.
        _read_all(port, "/data/programs.csv")
        before = _megabytes(server)
        most, done = [before], threading.Event()

        def look() -> None:
            while not done.wait(LOOK_SECONDS):
                most.append(_megabytes(server))

        watcher = threading.Thread(target=look)
        watcher.start()
        try:
            _seconds_of_export(port)
        finally:
            done.set()
            watcher.join()
    return Measurement(ours=max(most) - before, baseline=MOST_MEGABYTES)


@contextmanager
def serving() -> Iterator[tuple[int, Child]]:
    """The platform's server over this process's database."""
    port = free_port()
    server = web_server("127.0.0.1", port)
    server.environment |= {"DATABASE_URL": current_database_url(), "DATA_LIMIT": "0"}
    server.log = PLACES.var / "log-bench.txt"
    server.start()
    try:
        wait_for(port, "/healthz")
        yield port, server
    finally:
        end_all([server])


def _seconds_of_export(port: int) -> float:
    begun = time.perf_counter()
    lines = _read_all(port, PATH)
    seconds = time.perf_counter() - begun
    # Two lines of heads.
    if lines != ALLOCATIONS + 2:
        raise Trouble(f"{PATH} has {lines} lines, not {ALLOCATIONS + 2}.")
    return seconds


def _read_all(port: int, path: str) -> int:
    """Ask and read to the end, keeping nothing; how many lines came."""
    with Visitor(port, path) as visitor:
        return visitor.lines()


def _seconds_of_copy(statement: str) -> float:
    begun = time.perf_counter()
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        found = sum(1 for _row in copy)
    if found != ALLOCATIONS:
        raise Trouble(f"COPY gave {found} rows.")
    return time.perf_counter() - begun


def _megabytes(server: Child) -> float:
    """Resident memory of the server and all its processes."""
    assert server.process is not None
    main = psutil.Process(server.process.pid)
    total = 0
    for process in (main, *main.children(recursive=True)):
        try:
            total += process.memory_info().rss
        except psutil.NoSuchProcess:
            continue
    return total / 1e6
