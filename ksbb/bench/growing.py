"""What pages and jobs cost when nothing is kept, beside the same ones where there is much more data.

Each page is made by the whole stack in this process, in turns on both databases, so that a busy machine slows both
alike; the least of its times counts, and of all pages the one that grew most.
"""

import time
from collections.abc import Callable

from django.core.cache import cache
from django.test import Client

from donations.statistics.actions import recompute
from ksbb.bench.databases import NAMES, prepare, use
from ksbb.bench.pages import busiest_need
from ksbb.embedded import Trouble
from regions.benchmarks import Data, Measurement, benchmark

ROUNDS = 5
CITY = "31.74"
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
    paths = [LIST, region, f"/id/wilayah/{CITY}/", "/id/wilayah/31/", need.get_absolute_url()]
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
                begun = time.perf_counter()
                call()
                found[name] = min(found.get(name, 9e9), time.perf_counter() - begun)
    for name in calls:
        print(f"  {name}: {times[large][name] * 1000:.1f} ms, {times['demo'][name] * 1000:.1f} ms alone")  # noqa: T201
    name = max(calls, key=lambda name: times[large][name] / times["demo"][name])
    return Measurement(ours=times[large][name], baseline=times["demo"][name])
