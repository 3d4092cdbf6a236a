"""One address that asks without end, and somebody else who only wants to read."""

import http.client
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.chain.sites import Site, running_site
from tests.factories import make_need

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("chain")]

# In a window of ten seconds, and after how many refusals of how patient a flood it is enough.
MOST, REFUSED, PATIENCE_SECONDS = 60, 240, 40.0
READ = 5


@pytest.fixture
def guarded(tmp_path: Path, transactional_db: None) -> Iterator[Site]:
    with running_site(tmp_path, PAGE_LIMIT=str(MOST)) as site:
        yield site


def line(site: Site, source: str) -> http.client.HTTPConnection:
    """A connection that comes from this address of the machine."""
    address = urlsplit(site.address)
    assert address.hostname
    return http.client.HTTPConnection(address.hostname, address.port, timeout=20, source_address=(source, 0))


def ask(connection: http.client.HTTPConnection, path: str) -> tuple[int, str | None]:
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read()
    return answer.status, answer.headers.get("Retry-After")


def test_flood_is_refused_with_a_time_and_others_are_served(guarded: Site) -> None:
    make_need()
    # Before the flood, so that the pages stand.
    assert guarded.read("/id/kebutuhan/").status == 200
    answers: Counter[int] = Counter()
    times: list[str | None] = []
    seen: list[int] = []
    begun = time.monotonic()

    def goes_on() -> bool:
        lacking = answers[429] < REFUSED or len(seen) < READ
        return lacking and time.monotonic() - begun < PATIENCE_SECONDS

    def flood() -> None:
        with closing(line(guarded, "127.0.0.1")) as connection:
            while goes_on():
                status, wait = ask(connection, "/id/kebutuhan/")
                answers[status] += 1
                if status == 429:
                    times.append(wait)

    threads = [threading.Thread(target=flood) for _ in range(4)]
    for thread in threads:
        thread.start()
    with closing(line(guarded, "127.0.0.2")) as visitor:
        while goes_on():
            seen.append(ask(visitor, "/id/kebutuhan/")[0])
            time.sleep(0.2)
    for thread in threads:
        thread.join()
    assert set(answers) == {200, 429}
    # The flood may meet the borders of windows.
    assert answers[200] <= (2 + (time.monotonic() - begun) // 10) * MOST
    assert answers[429] >= REFUSED
    assert all(wait and 1 <= int(wait) <= 10 for wait in times)
    assert len(seen) >= READ
    assert set(seen) == {200}
