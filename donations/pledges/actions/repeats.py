"""What comes again every month: announced a week before, made once, skipped or ended by whoever promised it."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import clock
from accounts.actions import perform
from accounts.errors import NotNow, Refused
from accounts.models import User
from donations.pledges.actions.holding import refusal_of
from donations.pledges.actions.submit import Promise, check_active, commit
from donations.pledges.models import Commitment, Repeat
from donations.pledges.states import CommitmentState

NOTICE = timedelta(days=7)
# After these the giver or the assessor does not want it to go on.
UNWANTED = (CommitmentState.DECLINED, CommitmentState.CANCELLED)
NEED_CODES = ("need_full", "need_closed", "need_late", "need_moved")


def due_on(repeat: Repeat) -> date:
    """The day on which the next time is sent: its own, or a week after a late announcement."""
    if repeat.announced_at is None:
        return max(repeat.next_on, clock.today() + NOTICE)
    return max(repeat.next_on, _day(repeat.announced_at) + NOTICE)


@transaction.atomic
def announce(*, repeat: Repeat) -> Repeat:
    """Say that the next time is a week away. Performed by the platform, once for each time."""
    with perform(repeat, "announce", by=None) as act:
        subject = act.subject
        if subject.announced_at is not None or subject.next_on - NOTICE > clock.today():
            raise NotNow("announce", subject.state)
        subject.announced_at = clock.now()
        act.data.update(turn=subject.turn, on=due_on(subject).isoformat())
    return act.subject


@transaction.atomic
def make(*, repeat: Repeat) -> Commitment | None:
    """Send the next time as a commitment of the same pledge. Performed by the platform.

    A need that has no room any more leaves it to the assessor to place it there or nearby. What stands in the way
    of any pledge (no permit, a suspended organisation) is written down instead, and the month passes (None).
    """
    locked = (
        Repeat.objects.select_for_update().select_related("first__pledge__collaborator").get(pk=repeat.pk)
    )
    if locked.announced_at is None or due_on(locked) > clock.today():
        raise NotNow("make", locked.state)
    try:
        with perform(locked, "make", by=None) as act:
            commitment = _sent(act.subject)
            act.data.update(turn=act.subject.turn, commitment=commitment.pk)
            _advance(act.subject, used=True)
    except Refused as refused:
        with perform(locked, "miss", by=None, reason=" ".join(refused.messages), turn=locked.turn) as act:
            _advance(act.subject, used=True)
        commitment = None
    if act.subject.left == 0:
        with perform(act.subject, "complete", by=None):
            pass
    return commitment


def skip(*, repeat: Repeat, by: User | None) -> Repeat:
    """Leave the next time out; the one after it comes as planned."""
    with perform(repeat, "skip", by=by) as act:
        act.data.update(turn=act.subject.turn, on=act.subject.next_on.isoformat())
        _advance(act.subject, used=False)
    return act.subject


def end(*, repeat: Repeat, by: User | None) -> Repeat:
    """Let it not come again; what was sent already goes on."""
    with perform(repeat, "end", by=by) as act:
        pass
    return act.subject


def announce_due(limit: int = 500) -> int:
    """Announce every repeat whose next time is a week away or nearer; safe to run twice. How many.

    One whose last time was declined or cancelled ends instead.
    """
    soon = clock.today() + NOTICE
    due = Repeat.objects.active().filter(announced_at=None, next_on__lte=soon).select_related("first")[:limit]
    return sum(_done(end_unwanted if _is_unwanted(one) else announce, one) for one in due)


def end_unwanted(*, repeat: Repeat) -> Repeat:
    return end(repeat=repeat, by=None)


def make_due(limit: int = 500) -> int:
    """Send every repeat whose day has come and that was announced; safe to run twice. How many."""
    due = Repeat.objects.active().filter(next_on__lte=clock.today(), announced_at__isnull=False)[:limit]
    return sum(_done(make, one) for one in due)


def _done(action: Callable[..., object], repeat: Repeat) -> bool:
    try:
        action(repeat=repeat)
    except (NotNow, IntegrityError):
        return False  # another job, or its giver, was faster
    return True


def _sent(repeat: Repeat) -> Commitment:
    first = repeat.first
    check_active(first.pledge.collaborator)
    promise = _promise(repeat)
    day = repeat.next_on
    if promise.need is not None:
        try:
            with transaction.atomic():
                return commit(first.pledge, promise, None, repeat=repeat, repeat_on=day)
        except Refused as refused:
            if refused.code not in NEED_CODES:
                raise
        except IntegrityError as error:
            if refusal_of(error, [(promise.need.pk, promise.quantity)]) is None:
                raise
    return commit(first.pledge, _promise(repeat, placed=False), None, repeat=repeat, repeat_on=day)


def _promise(repeat: Repeat, *, placed: bool = True) -> Promise:
    """The first time's promise once more: what is live of it, for its need (if `placed`), or else its place."""
    first = repeat.first
    allocation = first.allocations.select_related("need__aid_type").order_by("pk").first() if placed else None
    wait = first.schedule - repeat.started_on if first.schedule else None
    return Promise(
        quantity=first.live or first.quantity,
        need=allocation.need if allocation else None,
        aid_type=first.aid_type,
        region=first.region,
        site=first.site,
        is_offer=first.is_offer,
        route=first.route,
        aggregator=first.aggregator,
        source=first.source,
        schedule=clock.today() + wait if wait is not None else None,
    )


def _advance(repeat: Repeat, *, used: bool) -> None:
    """On to the next month; a skipped one is not counted as used."""
    repeat.turn += 1
    repeat.next_on = repeat.day_of(repeat.turn)
    repeat.announced_at = None
    if used and repeat.left:
        repeat.left -= 1


def _is_unwanted(repeat: Repeat) -> bool:
    last = repeat.commitments.order_by("-repeat_on").first() or repeat.first
    return last.state in UNWANTED


def _day(moment: datetime) -> date:
    return timezone.localtime(moment).date()
