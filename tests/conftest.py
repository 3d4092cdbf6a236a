"""Tests use the embedded servers: started here if need be, and stopped again if started here."""

import gc
import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from django.db import connection
from django.test import TransactionTestCase
from django.utils import translation
from playwright.sync_api import Browser, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer
from pytest_django.plugin import DjangoDbBlocker, blocking_manager_key

from ksbb import embedded
from tests import databases

STARTED: list[str] = []
BASE = settings.DATABASES["default"]["TEST"]["NAME"]

# A busy machine is no fault of the code: nothing here is judged by the clock (`make bench` measures).
# What every change has to pass (CI) tries the same examples each time; at a desk each run looks for new ones.
hypothesis.settings.register_profile(
    "ksbb",
    deadline=None,
    derandomize="CI" in os.environ,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("ksbb")
# As long as browsers wait for whatever is done in them.
expect.set_options(timeout=30_000)


def pytest_sessionstart(session: pytest.Session) -> None:
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    try:
        STARTED.extend(embedded.ensure())
    except embedded.Trouble as trouble:
        pytest.exit(str(trouble), returncode=2)


def pytest_sessionfinish(session: pytest.Session) -> None:
    # Workers of a parallel run find the servers running; whoever started them stops them.
    if "PYTEST_XDIST_WORKER" in os.environ:
        return
    with session.config.stash[blocking_manager_key].unblock():
        databases.drop_copies(BASE)
    if STARTED:
        embedded.stop(STARTED)


# Few tests, minutes each: they begin first, so that both workers end at about the same time.
LONG = (
    "tests/chain/test_browser.py", "tests/donations/test_demo.py", "tests/chain/test_failures.py",
    "tests/ksbb/test_demo.py", "tests/programs/proposals/test_browser.py",
)  # fmt: skip


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: not item.nodeid.startswith(LONG))


def pytest_collection_finish(session: pytest.Session) -> None:
    """What is loaded by now stays to the end: looking through it for garbage again and again is in vain."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_modify_db_settings: None, django_db_blocker: DjangoDbBlocker
) -> None:
    """Each process has its own database, whatever tests it is given."""
    with django_db_blocker.unblock():
        databases.take_copy(BASE)


@pytest.fixture(scope="session", autouse=True)
def emptied_by_deleting() -> None:
    TransactionTestCase._fixture_teardown = databases.empty  # type: ignore[method-assign]


@pytest.fixture
def live_server(live_server: LiveServer, transactional_db: None) -> Iterator[LiveServer]:
    """The server, left alone until it has answered: what a browser had just asked for is still read as a test
    ends, and emptying the tables under it would be a deadlock.
    """
    yield live_server
    idle, until = 0, time.monotonic() + 5
    while idle < 3 and time.monotonic() < until:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT NOT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database()"
                " AND backend_type = 'client backend' AND pid <> pg_backend_pid() AND state <> 'idle')"
            )
            idle = idle + 1 if cursor.fetchone()[0] else 0
        time.sleep(0.03)


@pytest.fixture(autouse=True)
def indonesian() -> Iterator[None]:
    """Each test begins in Indonesian, whatever page the one before it asked for."""
    with translation.override("id"):
        yield


@pytest.fixture(autouse=True)
def unremembered() -> None:
    """Each test begins with an empty cache: it knows the sample data, and counts the tries, of the one before."""
    # Models can be imported only once Django is set up, which is after this file is read.
    from django.core.cache import cache

    from regions.queries import forget_sample_data

    cache.clear()
    forget_sample_data()


def chromium() -> str | None:
    """The browser of this machine: KSBB_CHROMIUM, else one on the PATH.

    The shell is the same engine without the desktop's window around it, which costs a third more.
    """
    names = (
        "chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable",
    )  # fmt: skip
    return os.environ.get("KSBB_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium, one for the session. Without one its tests are left out, except where CI is set."""
    program = chromium()
    if program is None:
        if os.environ.get("CI"):
            pytest.fail("There is no Chromium here: install it, or set KSBB_CHROMIUM to its path.")
        pytest.skip("no Chromium on this machine; set KSBB_CHROMIUM to its path")
    # Playwright runs a loop in this thread, which makes Django suspect every query; nothing here is concurrent.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        yield found
        found.close()
