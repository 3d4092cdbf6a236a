"""How many visitors a second a page serves, beside a view of one line on the same server.

Both go through the same granian, settings and middleware; the visitor has no cookie and takes compressed
answers, like a browser on its first visit. Rounds of both alternate, so that a busy machine slows both alike.
"""

import os
import socket
import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

from django.db import connection

from ksbb.bench.visitors import rate, wait_for
from ksbb.demo.processes import end_all
from ksbb.demo.supervisor import web_server
from ksbb.embedded import PLACES
from regions.benchmarks import Measurement, benchmark

ROUNDS, ROUND_SECONDS = 5, 1.5
BASELINE = "/-/one-line/"


@benchmark("page_home", unit="requests/s", at_least=0.9, data="demo")
def page_home() -> Measurement:
    return compare("/id/")


@benchmark("page_statistics", unit="requests/s", at_least=0.9, data="demo")
def page_statistics() -> Measurement:
    return compare("/id/statistik/")


def compare(path: str) -> Measurement:
    """The median rate of both over alternating rounds."""
    with served(BASELINE, path) as port:
        ours, baseline = [], []
        for _ in range(ROUNDS):
            baseline.append(rate(port, BASELINE, seconds=ROUND_SECONDS))
            ours.append(rate(port, path, seconds=ROUND_SECONDS))
    return Measurement(ours=statistics.median(ours), baseline=statistics.median(baseline))


@contextmanager
def served(*paths: str) -> Iterator[int]:
    """The port of a server on this process's database, which has given each of these pages for a while."""
    port = free_port()
    server = web_server("127.0.0.1", port, application="ksbb.bench.wsgi:application")
    server.environment["DATABASE_URL"] = current_database_url()
    server.log = PLACES.var / "log-bench.txt"
    server.start()
    try:
        for address in paths:
            wait_for(port, address)
            rate(port, address, seconds=0.5)
        yield port
    finally:
        end_all([server])


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def current_database_url() -> str:
    """The address of the database that this process is using, for a server of its own."""
    address = urlsplit(os.environ.get("DATABASE_URL") or PLACES.database_url)
    return urlunsplit(address._replace(path=f"/{connection.settings_dict['NAME']}"))
