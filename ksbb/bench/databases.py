"""Databases of the benchmarks' own, so that they never touch the demo's."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from psycopg import sql

from ksbb.demo.steps import Ledger, fill
from ksbb.embedded import PLACES
from regions.benchmarks import Data

NAMES: dict[Data, str] = {"demo": "ksbb_bench_demo", "empty": "ksbb_bench"}


@contextmanager
def database(data: Data, say: Callable[[str], None]) -> Iterator[None]:
    """Work in a database of this kind: the demo's is kept for the next time, the empty one is dropped."""
    own = connection.settings_dict["NAME"]
    name = NAMES[data]
    if data == "empty":
        execute("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
    create(name)
    use(name)
    try:
        call_command("migrate", interactive=False, verbosity=0)
        if data == "demo":
            fill(Ledger(PLACES.var / "bench-steps"), say)
        yield
    finally:
        use(own)
        if data == "empty":
            execute("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def use(name: str) -> None:
    connections.close_all()
    connection.settings_dict["NAME"] = name
    settings.DATABASES["default"]["NAME"] = name


def create(name: str) -> None:
    with maintenance() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        missing = cursor.fetchone() is None
    if missing:
        execute("CREATE DATABASE {}", name)


def maintenance() -> AbstractContextManager[Any]:
    """A cursor outside every database of ours, where databases are made and dropped."""
    return connection._nodb_cursor()  # noqa: SLF001 Django's own test runner has no other way either


def execute(statement: str, name: str) -> None:
    with maintenance() as cursor:
        cursor.execute(sql.SQL(statement).format(sql.Identifier(name)))
