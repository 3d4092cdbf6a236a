"""What pages and jobs cost when nothing is kept, beside the same ones where there is much more data.

Each page is made by the whole stack in this process, in turns on both databases. What counts is the processors' time that
this process and its database connection take, the least of several: that of the clock says more of what else a busy
machine does (where the database runs elsewhere, or the system does not tell, it has to do). Of all pages the one that
grew most is the result.
"""

import time
from collections.abc import Callable
from pathlib import Path

from django.core.cache import cache
from django.db import connection
from django.test import Client

from donations.statistics.actions import recompute
from ksbb.bench.databases import NAMES, prepare, use
from ksbb.bench.pages import busiest_need
from ksbb.embedded import Trouble
from regions.benchmarks import Data, Measurement, benchmark

ROUNDS = 12
CITY = "31.74"
FIGURES = "/data/map/figures.json"
LIST = "/id/kebutuhan/?wilayah=31.74"


@benchmark("page_growth", unit="s", at_most=1.2, data="grown")
def page_growth() -> Measurement:
    """A million commitments against six hundred."""
    need = busiest_need()
    region = need.region.get_absolute_url()
    paths = [
        "/id/",
        "/id/statistik/",
        "/id/peta/",
        LIST,
        region,
        f"/id/wilayah/{CITY}/",
        need.get_absolute_url(),
    ]
    return worst("grown", {path: asking(path) for path in paths})


@benchmark("national_growth", unit="s", at_most=1.2, data="nation")
def national_growth() -> Measurement:
    """Jakarta within a country of a million needs, against Jakarta alone: its pages, and its recompute."""
    need = busiest_need()
    region = need.region.get_absolute_url()
    paths = ["/id/", "/id/peta/", FIGURES, LIST, region, f"/id/wilayah/{CITY}/", "/id/wilayah/31/"]
    paths.append(need.get_absolute_url())
    calls = {path: asking(path) for path in paths}
    calls |= {f"recompute {CITY}": lambda: recompute(CITY)}
    return worst("nation", calls)


def asking(path: str) -> Callable[[], object]:
    """Ask for the page as somebody for whom no page is kept."""
    client = Client(headers={"host": "localhost", "authorization": "none"})

    def ask() -> None:
        answer = client.get(path)
        if answer.status_code != 200:
            raise Trouble(f"{path} answers {answer.status_code}: the benchmark needs a page that works.")

    return ask


def worst(large: Data, calls: dict[str, Callable[[], object]]) -> Measurement:
    """The call that costs most on the larger database, in proportion to the demo's."""
    prepare("demo", lambda line: None)
    times: dict[Data, dict[str, float]] = {"demo": {}, large: {}}
    for _ in range(ROUNDS):
        for data, found in times.items():
            use(NAMES[data])
            cache.clear()
            for name, call in calls.items():
                call()
                begun = _taken()
                call()
                found[name] = min(found.get(name, 9e9), _taken() - begun)
    for name in calls:
        print(f"  {name}: {times[large][name] * 1000:.1f} ms, {times['demo'][name] * 1000:.1f} ms alone")  # noqa: T201
    name = max(calls, key=lambda name: times[large][name] / times["demo"][name])
    return Measurement(ours=times[large][name], baseline=times["demo"][name])


def _taken() -> float:
    """Seconds of processors that this process and its connection have taken; of the clock where these are not known."""
    connection.ensure_connection()
    info = connection.connection.info
    told = Path(f"/proc/{info.backend_pid}/schedstat")
    is_here = info.host.startswith("/") and told.exists()
    return time.process_time() + int(told.read_text().split()[0]) / 1e9 if is_here else time.perf_counter()
