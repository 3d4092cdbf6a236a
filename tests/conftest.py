"""Tests use the embedded servers: started here if need be, and stopped again if started here."""

import os

import pytest

from ksbb import embedded
from ksbb.catalogs import compile_catalogs

STARTED: list[str] = []


def pytest_sessionstart(session: pytest.Session) -> None:
    compile_catalogs()
    try:
        STARTED.extend(embedded.ensure())
    except embedded.Trouble as trouble:
        pytest.exit(str(trouble), returncode=2)


def pytest_sessionfinish(session: pytest.Session) -> None:
    # Workers of a parallel run find the servers running; whoever started them stops them.
    if "PYTEST_XDIST_WORKER" not in os.environ and STARTED:
        embedded.stop(STARTED)
