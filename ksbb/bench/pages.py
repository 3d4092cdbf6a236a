"""How many visitors a second a page serves, beside a view of one line on the same server.

Both go through the same granian, settings and middleware; the visitor has no cookie and takes compressed
answers, like a browser on its first visit. Rounds of both alternate, so that a busy machine slows both alike.
"""

import os
import socket
import statistics
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

from django.db import connection

from ksbb.bench.visitors import pace, wait_for
from ksbb.demo.processes import end_all
from ksbb.demo.supervisor import web_server
from ksbb.embedded import PLACES
from programs.models import Need
from regions.benchmarks import Data, Measurement, benchmark

ROUNDS, ROUND_SECONDS = 5, 1.5
BASELINE = "/-/one-line/"


def page(name: str, path_of: Callable[[], str]) -> None:
    """Declare `name`, and `name`_grown for a million commitments.

    Each at least 0.9 × the rate of the one-line view, and its p99 at most five times that one's.
    """
    of_data: dict[str, Data] = {name: "demo", f"{name}_grown": "grown"}
    for full_name, data in of_data.items():

        @benchmark(full_name, unit="requests/s", at_least=0.9, p99_at_most=5, data=data)
        def measure() -> Measurement:
            return compare(path_of())


page("page_home", lambda: "/id/")
page("page_statistics", lambda: "/id/statistik/")
page("page_map", lambda: "/id/peta/")
page("page_region", lambda: busiest_need().region.get_absolute_url())  # noqa: PLW0108 asked when it runs
page("page_need", lambda: busiest_need().get_absolute_url())  # noqa: PLW0108 the same


def busiest_need() -> Need:
    """The open need of an RW that most gifts were made for; the same in all databases that grew from the demo's."""
    needs = Need.objects.filter(state="published", site=None, region__code__startswith="31.74", pk__lte=2000)
    return needs.order_by("-reserved", "pk").select_related("region")[0]


def compare(path: str) -> Measurement:
    """The medians of both over alternating rounds."""
    with served(BASELINE, path) as port:
        ours, baseline = [], []
        for _ in range(ROUNDS):
            baseline.append(pace(port, BASELINE, seconds=ROUND_SECONDS))
            ours.append(pace(port, path, seconds=ROUND_SECONDS))
    return Measurement(
        ours=statistics.median(round_.rate for round_ in ours),
        baseline=statistics.median(round_.rate for round_ in baseline),
        p99=statistics.median(round_.p99 for round_ in ours),
        baseline_p99=statistics.median(round_.p99 for round_ in baseline),
    )


@contextmanager
def served(*paths: str) -> Iterator[int]:
    """The port of a server on this process's database, which has given each of these pages for a while."""
    port = free_port()
    server = web_server("127.0.0.1", port, application="ksbb.bench.wsgi:application")
    # Everybody comes from one address here: they are counted, and none is refused.
    server.environment |= {"DATABASE_URL": current_database_url(), "PAGE_LIMIT": str(10**9)}
    server.log = PLACES.var / "log-bench.txt"
    server.start()
    try:
        for address in paths:
            wait_for(port, address)
            pace(port, address, seconds=0.5)
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
