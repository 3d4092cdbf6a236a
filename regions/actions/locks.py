"""One writer at a time for the tree and its outlines."""

from django.db import connection

_TREE = 0x6B736262  # "ksbb"; any constant that nothing else in this database locks


def hold_tree() -> None:
    """Wait for other loads to finish; held until the current transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_TREE])
