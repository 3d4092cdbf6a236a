"""Databases of the benchmarks' own, so that they never touch the demo's."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from psycopg import sql

from ksbb.bench.growth import a_nation, more_gifts
from ksbb.demo.steps import Ledger, fill
from ksbb.embedded import PLACES
from regions.benchmarks import Data

NAMES: dict[Data, str] = {
    "empty": "ksbb_bench",
    "demo": "ksbb_bench_demo",
    "grown": "ksbb_bench_grown",
    "nation": "ksbb_bench_nation",
}
GROWTH: dict[Data, Callable[[Callable[[str], None]], None]] = {"grown": more_gifts, "nation": a_nation}


@contextmanager
def database(data: Data, say: Callable[[str], None]) -> Iterator[None]:
    """Work in a database of this kind: the empty one is dropped afterwards, the others are kept for the next time."""
    own = connection.settings_dict["NAME"]
    try:
        prepare(data, say)
        yield
    finally:
        use(own)
        if data == "empty":
            drop(NAMES[data])


def prepare(data: Data, say: Callable[[str], None]) -> None:
    """Make the database of this kind where it is missing, bring it up to date, and use it."""
    name = NAMES[data]
    if data == "empty":
        drop(name)
    if data in GROWTH and not exists(name):
        prepare("demo", say)
        grow(data, say)
    if not exists(name):
        execute("CREATE DATABASE {}", name)
    use(name)
    call_command("migrate", interactive=False, verbosity=0)
    if data == "demo":
        fill(Ledger(PLACES.var / "bench-steps"), say)


def grow(data: Data, say: Callable[[str], None]) -> None:
    """Make a database that begins as the demo's; one that was cut off while it grew is not kept."""
    name, half = NAMES[data], f"{NAMES[data]}_half"
    drop(half)
    connections.close_all()
    with maintenance() as cursor:
        cursor.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*map(sql.Identifier, (half, NAMES["demo"])))
        )
    use(half)
    GROWTH[data](say)
    connections.close_all()
    with maintenance() as cursor:
        cursor.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(*map(sql.Identifier, (half, name))))


def use(name: str) -> None:
    connections.close_all()
    connection.settings_dict["NAME"] = name
    settings.DATABASES["default"]["NAME"] = name


def exists(name: str) -> bool:
    with maintenance() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        return cursor.fetchone() is not None


def drop(name: str) -> None:
    execute("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def maintenance() -> AbstractContextManager[Any]:
    """A cursor outside every database of ours, where databases are made and dropped."""
    return connection._nodb_cursor()  # noqa: SLF001 Django's own test runner has no other way either


def execute(statement: str, name: str) -> None:
    with maintenance() as cursor:
        cursor.execute(sql.SQL(statement).format(sql.Identifier(name)))
