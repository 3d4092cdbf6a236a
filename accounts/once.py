"""Forms that may be sent twice: what the sender had seen, and one sending at a time."""

from typing import Any, TypeVar

from django.db import connection
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from accounts.errors import NotNow
from accounts.models import User

Row = TypeVar("Row", bound=Model)


class Repeated(Exception):
    """The same form came twice; what it asked for is done already."""


def last_move(obj: Any) -> int:
    """The primary key of the newest journal row of an object; 0 before the first."""
    return obj.moves.order_by("-pk").values_list("pk", flat=True).first() or 0


def hold(obj: Any) -> None:
    """Let others that send a form for this object wait until this transaction ends.

    Taken before any row is locked, so that it fits every order in which actions lock rows.
    """
    hold_key(f"{obj._meta.label} {obj.pk}")


def hold_key(key: str) -> None:
    """Let others that hold the same key wait until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])


def made_with(rows: "QuerySet[Row]", verb: str, *, key: str, by: User | None) -> Row | None:
    """What this person's form with this key has made before; others that send it wait until this transaction ends.

    Whoever makes it writes `key` into the data of its first journal row. Without a key nothing is found.
    """
    if not key:
        return None
    hold_key(f"{rows.model._meta.label} {key}")
    return rows.filter(moves__verb=verb, moves__actor=by, moves__data__key=key).first()


def check_seen(obj: Any, *, seen: int, verb: str, by: User) -> None:
    """Compare the journal with what the sender had seen (the primary key of its newest row then).

    Raises `Repeated` if the only thing new is that same verb by the same person; `NotNow` if anything else
    happened meanwhile. Call it after `hold`, inside the same transaction.
    """
    new = list(obj.moves.filter(pk__gt=seen).order_by("pk"))
    if not new:
        return
    if (new[0].verb, new[0].actor_id) == (verb, by.pk):
        raise Repeated
    raise NotNow(verb, obj.state, _("Ada perubahan sejak halaman ini dibuka. Periksa lagi, lalu kirim."))
