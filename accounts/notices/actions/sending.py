"""Sending what is due: each notice in one message a channel, and each message once.

A message is claimed in a transaction of its own before it is sent. What is known not to have gone out is tried
again, later and later. Of what a worker left claimed (it was killed, or the other side fell silent) nobody knows:
it is sent once more after a stated time, under the same Message-ID, and then no more.
"""

import logging
import uuid
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import Q
from django.utils import translation

from accounts import clock
from accounts.models import User
from accounts.notices import times
from accounts.notices.actions.planning import preference_of, proved_addresses
from accounts.notices.channels import NotSent, Unclear, channels, gateway
from accounts.notices.kinds import KINDS
from accounts.notices.models import Channel, MessageState, NoticeMessage, NoticeSending, SendingState
from accounts.notices.wording import said

log = logging.getLogger(__name__)

# Minutes after the first, second … try that sent nothing; after the last it is given up.
PAUSES = (5, 30, 120, 480)
AT_ONCE = 500


def send_due() -> int:
    """Send everything that is due now; how many messages were tried."""
    count = 0
    for person, channel in due_pairs():
        message = take(person, channel)
        if message is not None:
            deliver(message)
            count += 1
    while (left := take_left()) is not None:
        deliver(left)
        count += 1
    return count


def due_pairs() -> list[tuple[int, str]]:
    """Whom something waits for, by which channel."""
    rows = NoticeSending.objects.filter(
        state=SendingState.WAITING, due_at__lte=clock.now(), channel__in=_open_now()
    )
    return list(rows.order_by("person", "channel").values_list("person", "channel").distinct()[:AT_ONCE])


@transaction.atomic
def take(person: int, channel: str) -> NoticeMessage | None:
    """Claim one message of all that waits for this person within the window; None if another worker has it."""
    if not _only_me(f"notices {person} {channel}"):
        return None
    now = clock.now()
    waiting = list(
        NoticeSending.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(state=SendingState.WAITING, person=person, channel=channel, due_at__lte=now + times.window())
        .select_related("notice", "person__notice_preference")
    )
    if not any(sending.due_at <= now for sending in waiting):
        return None
    proved = proved_addresses({person})
    wanted = [sending for sending in waiting if _is_wanted(sending, proved)]
    dropped = [sending.pk for sending in waiting if sending not in wanted]
    NoticeSending.objects.filter(pk__in=dropped).update(state=SendingState.SKIPPED)
    if not wanted:
        return None
    message = NoticeMessage.objects.create(
        person_id=person, channel=channel, created_at=now, claimed_at=now, claim=uuid.uuid4()
    )
    NoticeSending.objects.filter(pk__in=[sending.pk for sending in wanted]).update(
        state=SendingState.TAKEN, message=message
    )
    return message


@transaction.atomic
def take_left() -> NoticeMessage | None:
    """Claim one message that is to be tried again, or that a worker left claimed."""
    now = clock.now()
    again = Q(state=MessageState.WAITING, next_try_at__lte=now)
    left = Q(state=MessageState.CLAIMED, claimed_at__lte=now - times.repeat_after())
    rows = NoticeMessage.objects.select_for_update(skip_locked=True).filter(again | left)
    for message in rows.filter(channel__in=_open_now()).order_by("pk")[:AT_ONCE]:
        if message.state == MessageState.CLAIMED and message.repeats:
            message.state = MessageState.UNSURE
            message.save(update_fields=["state"])
            log.error("message %s may or may not have gone out; it is not sent again", message.key)
            continue
        message.repeats += message.state == MessageState.CLAIMED
        message.state, message.claim, message.claimed_at = MessageState.CLAIMED, uuid.uuid4(), now
        message.next_try_at = None
        message.save(update_fields=["state", "claim", "claimed_at", "next_try_at", "repeats"])
        return message
    return None


def deliver(message: NoticeMessage) -> None:
    """Send a claimed message, and note what came of it; outside any transaction."""
    person = User.objects.get(pk=message.person_id)
    notices = [
        row.notice for row in message.sendings.select_related("notice").order_by("notice__at", "notice")
    ]
    groups = sorted({str(KINDS[one.kind].group) for one in notices if one.kind in KINDS})
    try:
        with translation.override(person.language):
            told = sorted((said(one) for one in notices), key=lambda one: not one.is_urgent)
            gateway(message.channel).send(person, told, message.key, groups)
    except NotSent as error:
        _not_sent(message, error)
    except Unclear as error:
        # It stays claimed; whoever finds it so after the stated time sends it once more.
        log.warning("message %s: %s", message.key, error)
        _note(message, trouble=str(error)[:300])
    else:
        _note(message, state=MessageState.SENT, sent_at=clock.now(), trouble="")


def _not_sent(message: NoticeMessage, error: NotSent) -> None:
    failures = message.failures + 1
    trouble = str(error)[:300]
    if error.for_good or failures > len(PAUSES):
        log.error("message %s is given up: %s", message.key, trouble)
        _note(message, state=MessageState.FAILED, failures=failures, trouble=trouble)
        return
    log.warning("message %s was not sent: %s", message.key, trouble)
    later = clock.now() + timedelta(minutes=PAUSES[failures - 1])
    _note(message, state=MessageState.WAITING, failures=failures, next_try_at=later, trouble=trouble)


def _note(message: NoticeMessage, **values: object) -> None:
    """Write down what came of a claim, unless somebody else has claimed the message since."""
    NoticeMessage.objects.filter(pk=message.pk, state=MessageState.CLAIMED, claim=message.claim).update(
        **values
    )


def _is_wanted(sending: NoticeSending, proved: set[tuple[int, str]]) -> bool:
    """Still: the person is there, has not read it meanwhile, has the address, and has not switched it off."""
    kind = KINDS.get(sending.notice.kind)
    person = sending.person
    return (
        kind is not None
        and person.is_active
        and sending.notice.read_at is None
        and preference_of(person).wants(kind.group, sending.channel)
        and gateway(sending.channel).reaches(person, proved)
    )


def _open_now() -> list[str]:
    """The channels by which something may go out at this hour."""
    quiet = times.is_quiet(clock.now())
    return [one.name for one in channels() if not (quiet and one.name == Channel.WHATSAPP)]


def _only_me(key: str) -> bool:
    """Whether nobody else holds the key; kept until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [key])
        return bool(cursor.fetchone()[0])
