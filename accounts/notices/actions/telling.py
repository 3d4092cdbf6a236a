"""Writing notices down, in the transaction of what they tell of."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import override

from accounts import clock
from accounts.models import Assignment, Move, User
from accounts.notices.audiences import Post, parts_of
from accounts.notices.models import Notice
from accounts.notices.registry import News, tellers_of
from accounts.roles import Role
from accounts.scope import Grant

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
    tellers = tellers_of(type(act.subject), act.verb.name)
    if not tellers or _is_history():
        return
    move: Move = act.moves[-1]
    news = [one for teller in tellers for one in teller(act)]
    _write(news, key=f"{move._meta.model_name}:{move.pk}", by=act.by)


def tell(*news: News, key: str) -> None:
    """Tell of what the clock brought about; each person once for each `key`. Inside a transaction."""
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError(
            "tell() belongs into the transaction of what it tells of"
        )
    if not _is_history():
        _write(news, key=key, by=None)


def _is_history() -> bool:
    start = _from.get()
    return start is not None and clock.now() < start


def _write(news: Iterable[News], *, key: str, by: User | None) -> None:
    told = list(news)
    posts = _posts(told)
    rows: dict[int, Notice] = {}
    urgent = False
    for one in told:
        people: set[int] = set()
        for part in parts_of(one.to):
            people |= part.among(posts)
        if by is not None and not one.kind.tells_actor:
            people.discard(by.pk)
        fresh = people - rows.keys()
        if not fresh:
            continue
        urgent = urgent or one.kind.urgent
        fields = _fields(one, key)
        rows |= {pk: Notice(person_id=pk, **fields) for pk in fresh}
    if rows:
        # Whoever was told of this already keeps the one notice.
        Notice.objects.bulk_create([rows[pk] for pk in sorted(rows)], ignore_conflicts=True)
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
    q = Q()
    for part in wanted:
        q |= part.as_q()
    columns = ("user_id", "role", "region_id", "site_id", "organisation_id", "program_code")
    rows = Assignment.objects.in_force().filter(q, user__is_active=True).order_by().values_list(*columns)
    return [(user, Grant(Role(role), *where)) for user, role, *where in rows]


def _fields(one: News, key: str) -> dict[str, Any]:
    about = one.about
    return {
        "kind": one.kind.name,
        "key": key,
        "label": (one.label or getattr(about, "number", "") or str(about))[:120],
        "path": one.path or page_of(about),
        "params": dict(one.params),
        "at": clock.now(),
    }


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
