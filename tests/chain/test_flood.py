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

FLOOD_SECONDS, MOST = 4.0, 60


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
    end = time.monotonic() + FLOOD_SECONDS

    def flood() -> None:
        with closing(line(guarded, "127.0.0.1")) as connection:
            while time.monotonic() < end:
                status, wait = ask(connection, "/id/kebutuhan/")
                answers[status] += 1
                if status == 429:
                    times.append(wait)

    threads = [threading.Thread(target=flood) for _ in range(4)]
    for thread in threads:
        thread.start()
    seen = []
    with closing(line(guarded, "127.0.0.2")) as visitor:
        while time.monotonic() < end:
            seen.append(ask(visitor, "/id/kebutuhan/")[0])
            time.sleep(0.2)
    for thread in threads:
        thread.join()
    assert set(answers) == {200, 429}
    # The flood may meet the border of two windows.
    assert answers[200] <= 2 * MOST
    assert answers[429] > answers[200]
    assert all(wait and 1 <= int(wait) <= 10 for wait in times)
    assert len(seen) >= 5
    assert set(seen) == {200}
