"""The databases of a run: one is migrated, each process gets a copy of it, and tests that commit leave theirs empty."""

import fcntl
import hashlib
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.test import TransactionTestCase

# What migrating leaves behind, and no test changes.
KEPT = {"django_migrations", "django_content_type", "auth_permission"}


def take_copy(base: str) -> None:
    """Connect this process to its own copy of a database that is migrated once for each state of the migrations.

    `base`: the name that all processes of this run share. The first to ask makes what is copied; others wait for it.
    """
    own, template = connection.settings_dict["TEST"]["NAME"], f"{base}_migrated_{_fingerprint()}"
    with (settings.VAR_DIR / f"{base}.lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        found = _databases(f"^{base}_migrated_")
        if template not in found:
            _administer(*(f'DROP DATABASE "{name}"' for name in found))
            _migrate(template)
    _administer(
        f'DROP DATABASE IF EXISTS "{own}"',
        f'CREATE DATABASE "{own}" TEMPLATE "{template}"',
    )
    connection.close()
    connection.close_pool()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = own


def drop_copies(base: str) -> None:
    """Remove the copies at the end of the run; what they were copied from stays for the next."""
    _administer(*(f'DROP DATABASE "{name}" WITH (FORCE)' for name in _databases(f"^{base}(_gw[0-9]+)?$")))


def _fingerprint() -> str:
    """Of every migration there is, of ours and of the apps that we use."""
    found = hashlib.sha256()
    for app in apps.get_app_configs():
        for file in sorted(Path(app.path, "migrations").glob("*.py")):
            found.update(file.read_bytes())
    return found.hexdigest()[:12]


def _databases(pattern: str) -> list[str]:
    with connection.creation._nodb_cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname ~ %s", [pattern])
        return [name for (name,) in cursor.fetchall()]


def _administer(*statements: str) -> None:
    with connection.creation._nodb_cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _migrate(template: str) -> None:
    """Make it under another name first: one that was broken off is not taken for whole."""
    names = connection.settings_dict["NAME"], connection.settings_dict["TEST"]["NAME"]
    unfinished = f"{template}_unfinished"
    connection.settings_dict["TEST"]["NAME"] = unfinished
    try:
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    finally:
        connection.close()
        connection.close_pool()
        connection.settings_dict["NAME"], connection.settings_dict["TEST"]["NAME"] = names
        settings.DATABASES["default"]["NAME"] = names[0]
    _administer(f'ALTER DATABASE "{unfinished}" RENAME TO "{template}"')


def empty(self: TransactionTestCase) -> None:
    """Delete what a test has committed. Deleting the few rows there are costs a tenth of truncating every table,
    and waits for nobody who still reads.
    """
    kept = connection.introspection.django_table_names(only_existing=True, include_views=False)
    quote = connection.ops.quote_name
    with transaction.atomic(), connection.cursor() as cursor:
        # neither foreign keys nor the ledger's triggers are asked: all of it goes
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table in sorted(set(kept) - KEPT):
            cursor.execute(f"DELETE FROM {quote(table)}")


def somebody_waits() -> bool:
    """Whether another transaction waits for what this one holds."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid)))"
        )
        found: bool = cursor.fetchone()[0]
    return found
