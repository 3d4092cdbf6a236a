"""Writing notices down, in the transaction of what they tell of."""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.urls import reverse
from django.utils.translation import override

from accounts import clock
from accounts.models import Move, User
from accounts.notices.audiences import Post, around, parts_of
from accounts.notices.models import Notice
from accounts.notices.registry import News, settled_by, tellers_of
from accounts.roles import Role
from accounts.scope import IN_FORCE, Grant

# Those in force around the places that are asked for: more than any audience wants, which then chooses.
POSTS = f"""
SELECT a.user_id, a.role, a.region_id, a.site_id, a.organisation_id, a.program_code
FROM accounts_assignment a JOIN accounts_user u ON u.id = a.user_id
WHERE {IN_FORCE} AND u.is_active
  AND a.role = ANY(%(roles)s)
  AND (a.region_id = ANY(%(regions)s) OR a.site_id = ANY(%(sites)s) OR a.organisation_id = ANY(%(organisations)s))
"""  # noqa: S608 a condition of our own
# Whoever was told of this already keeps the one notice.
INSERT = """
INSERT INTO accounts_notice (person_id, kind, key, label, path, params, at) VALUES %s
ON CONFLICT (person_id, key) DO NOTHING
"""
ROW = "(%s, %s, %s, %s, %s, %s::jsonb, %s)"
Listener = Callable[[], None]
_listeners: list[Listener] = []
_from: ContextVar[datetime | None] = ContextVar("ksbb_notices_from", default=None)


def when_urgent(listener: Listener) -> None:
    """Let `listener` hear, after each commit, that something is to go out at once. It must not raise."""
    if listener not in _listeners:
        _listeners.append(listener)


@contextmanager
def none_before(moment: datetime) -> Iterator[None]:
    """Tell nobody of what happens (by the platform's clock) before `moment`: a history that is walked again."""
    token = _from.set(moment)
    try:
        yield
    finally:
        _from.reset(token)


def tell_of(act: Any) -> None:
    """Tell of a verb that was just journalled (an `accounts.actions.Performance`). Called by `perform()`."""
    if _is_history():
        return
    if kinds := settled_by(type(act.subject), act.verb.name):
        _settle(act.subject, kinds)
    tellers = tellers_of(type(act.subject), act.verb.name)
    if not tellers:
        return
    move: Move = act.moves[-1]
    news = [one for teller in tellers for one in teller(act)]
    _write(news, key=key_of(str(move._meta.model_name), move.pk), by=act.by)


def causes_of(subject: Any) -> list[str]:
    """The keys of all that was told of a thing's verbs, and of what they left waiting."""
    name, moves = subject.moves.model._meta.model_name, subject.moves.values_list("pk", flat=True)
    return [key_of(name, pk, late) for pk in moves for late in (False, True)]


def key_of(journal: str, move: int, late: bool = False) -> str:
    """The key of what a journal row told, or (`late`) of the reminder that nobody has answered it."""
    return f"{journal}:{move}:late" if late else f"{journal}:{move}"


def tell(*news: News, key: str) -> None:
    """Tell of what the clock brought about; each person once for each `key`. Inside a transaction."""
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError(
            "tell() belongs into the transaction of what it tells of"
        )
    if not _is_history():
        _write(news, key=key, by=None)


def _settle(subject: Any, kinds: frozenset[str]) -> None:
    """What colleagues were asked to do here is done: whoever has not read it need not, and it goes out no more."""
    now = clock.now()
    Notice.objects.filter(key__in=causes_of(subject), kind__in=kinds, read_at=None).update(
        read_at=now, settled_at=now
    )


def _is_history() -> bool:
    start = _from.get()
    return start is not None and clock.now() < start


def _write(news: Iterable[News], *, key: str, by: User | None) -> None:
    told = list(news)
    posts = _posts(told)
    rows: dict[int, tuple[Any, ...]] = {}
    urgent = False
    for one in told:
        people: set[int] = set()
        for part in parts_of(one.to):
            people |= part.among(posts)
        if by is not None and not one.kind.tells_actor:
            people.discard(by.pk)
        if fresh := people - rows.keys():
            urgent = urgent or one.kind.urgent
            values = _values(one, key)
            rows |= {pk: (pk, *values) for pk in fresh}
    if rows:
        # In one order, so that two transactions do not wait for each other.
        flat = [value for pk in sorted(rows) for value in rows[pk]]
        with connection.cursor() as cursor:
            cursor.execute(INSERT % ", ".join([ROW] * len(rows)), flat)
    if urgent:
        transaction.on_commit(_say_urgent, robust=True)


def _say_urgent() -> None:
    for listener in _listeners:
        listener()


def _posts(news: list[News]) -> list[Post]:
    """The assignments in force that any of the audiences may want: one query, none for people as such."""
    wanted = [part for one in news for part in parts_of(one.to) if part.roles]
    if not wanted:
        return []
    places = [part.place for part in wanted]
    asked: dict[str, Any] = {
        "day": clock.today(),
        "roles": sorted({role.value for part in wanted for role in part.roles}),
        "regions": sorted({code for place in places for code in around(place.region)}),
        "sites": sorted({place.site for place in places if place.site is not None}),
        "organisations": sorted(
            {pk for place in places for pk in place.organisations.values() if pk is not None}
        ),
    }
    with connection.cursor() as cursor:
        cursor.execute(POSTS, asked)
        return [(user, Grant(Role(role), *where)) for user, role, *where in cursor.fetchall()]


def _values(one: News, key: str) -> tuple[Any, ...]:
    """The columns of `INSERT` after the person."""
    about = one.about
    label = (one.label or getattr(about, "number", "") or str(about))[:120]
    params = json.dumps(dict(one.params), cls=DjangoJSONEncoder)
    return one.kind.name, key, label, one.path or page_of(about), params, clock.now()


def page_of(about: Any) -> str:
    """The page of a thing without its language: "/komitmen/12/"; a reader's own language is put before it."""
    with override("id"):
        return unprefixed(about.get_absolute_url())


def path_to(name: str, *args: Any) -> str:
    """The address of a view without its language."""
    with override("id"):
        return unprefixed(reverse(name, args=args))


def unprefixed(path: str) -> str:
    return path.removeprefix("/id")
