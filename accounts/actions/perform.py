from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pghistory
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import clock
from accounts.errors import NotAllowed, OutOfReach, ReasonNeeded
from accounts.models import Move, User
from accounts.notices.actions.telling import tell_of
from accounts.scope import Grant, Place, Scope
from accounts.verbs import NEW, Verb
from regions.composed import insert
from regions.public_version import bump_public_version


@dataclass
class Performance:
    """One verb being performed: the locked object, who does it as what, and what the journal will say."""

    subject: Any
    verb: Verb
    by: User | None
    grant: Grant | None
    reason: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    moves: list[Move] = field(default_factory=list)


@contextmanager
def perform(
    obj: Any, verb: str, *, by: User | None, reason: str = "", savepoint: bool = True, **data: Any
) -> Iterator[Performance]:
    """Perform a verb on an object: lock it, check state and scope, let the block change it, save, journal.

        with perform(commitment, "accept", by=user) as act:
            act.subject.accepted_at = clock.now()

    `obj` declares `VERBS` (a `Table`), `SCOPE_PATHS`, a `state` field, and a journal with
    related_name "moves". An object that is not saved yet is created before the block runs, so that the
    block can make what belongs to it. `data` goes into the journal row
    as JSON; the block may add to it. On leaving the block, and only if it raised nothing, everything
    is one transaction: the change, its journal row, the notices of it (`accounts.notices`), and whatever the block
    did.

    An action that gives up as a whole when the verb is refused saves two round trips with `savepoint=False`.

    Raises `OutOfReach` (404), `NotAllowed` (403), `NotNow` (409), `ReasonNeeded` (422); nothing is
    changed then.
    """
    reason = reason.replace("\x00", "").strip()
    with transaction.atomic(savepoint=savepoint):
        subject = obj
        if not obj._state.adding:
            subject = type(obj)._default_manager.select_for_update().get(pk=obj.pk)
        table = type(obj).VERBS
        grant = authorise(by, table[verb], subject)
        state = NEW if subject._state.adding else subject.state
        rule = table.check(verb, state)
        if rule.needs_reason and not reason:
            raise ReasonNeeded
        act = Performance(subject, rule, by, grant, reason, data)
        is_new = subject._state.adding
        if is_new:
            _enter(subject, rule)
            insert(subject)
        # What the ledger's triggers write down names the verb. A new row, journal and notices have no such triggers.
        with pghistory.context(verb=verb, user=by.pk if by else None):
            yield act
            if not is_new:
                _enter(subject, rule)
                _save(subject)
        if not rule.silent:
            act.moves.append(_journal(act, state))
            tell_of(act)
            if not rule.private:
                bump_public_version(table.topic)


def _enter(subject: Any, rule: Verb) -> None:
    if rule.target is not None:
        subject.state = rule.target


def _save(subject: Any) -> None:
    """Save what Python may write; counters that triggers keep are read back, never written."""
    kept: tuple[str, ...] = getattr(type(subject), "KEPT_BY_DATABASE", ())
    written = [f.attname for f in subject._meta.concrete_fields if not f.primary_key and f.name not in kept]
    subject.save(update_fields=written)
    subject.refresh_from_db(fields=kept)


def authorise(by: User | None, verb: Verb, subject: Any) -> Grant | None:
    """The grant under which `by` may do it; the platform itself (None) may do what its jobs need."""
    if by is None or is_own(by, verb, subject):
        return None
    if verb.by_platform or (verb.permission is None and not verb.by_owner):
        raise NotAllowed
    scope = Scope.of(by)
    place = Place.of(subject)
    grant = scope.grant_for(verb.permission, place) if verb.permission else None
    if grant is None:
        raise NotAllowed if scope.reaches(place) else OutOfReach
    if _decides_on_own(by, verb, subject):
        raise NotAllowed(_("Ini milik Anda sendiri, jadi petugas lain yang memutuskannya."))
    return grant


def must(by: User, verb: Verb, subject: Any) -> None:
    """Raises `NotAllowed`, with its reason, unless somebody who sees the thing may do that with it."""
    try:
        authorise(by, verb, subject)
    except OutOfReach as error:
        raise NotAllowed from error


def is_own(by: User | None, verb: Verb, subject: Any) -> bool:
    """Whether it is a verb for the person whose the object is, and this is that person."""
    return (
        by is not None and verb.by_owner and by.is_active and by.pk is not None and by.pk == subject.owner_id
    )


def _decides_on_own(by: User, verb: Verb, subject: Any) -> bool:
    return verb.by_others and by.pk == subject.owner_id


def may(by: User | None, verb: Verb, subject: Any) -> bool:
    """Whether a button for the verb belongs on this person's page of the object."""
    if verb.by_platform:
        return False
    if is_own(by, verb, subject):
        return True
    if by is not None and _decides_on_own(by, verb, subject):
        return False
    return verb.permission is not None and Scope.of(by).covers(verb.permission, subject)


def _journal(act: Performance, from_state: str) -> Move:
    model = type(act.subject)._meta.get_field("moves").related_model
    grant = act.grant
    row: Move = model(
        subject=act.subject,
        verb=act.verb.name,
        from_state=from_state,
        to_state=act.subject.state,
        at=clock.now(),
        actor=act.by,
        role=grant.role if grant else "",
        organisation_id=grant.organisation if grant else None,
        region_id=grant.region if grant else None,
        site_id=grant.site if grant else None,
        reason=act.reason,
        data=act.data,
    )
    insert(row)
    return row
