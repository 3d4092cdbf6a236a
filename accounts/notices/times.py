"""When something goes out. Pure."""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.utils import timezone

from accounts.notices.models import Channel, Pace

# In Jakarta's time. Nobody's phone rings at night; the mail of once a day is there in the morning.
QUIET_FROM, QUIET_UNTIL = time(21), time(6)
MORNING = time(7)


def window() -> timedelta:
    """What happens within this time goes in one message."""
    return timedelta(minutes=settings.KSBB_NOTICE_MINUTES)


def repeat_after() -> timedelta:
    """A message of which nobody knows whether it went out is sent once more after this time; a job ends before."""
    return timedelta(minutes=settings.KSBB_NOTICE_REPEAT_MINUTES)


def stale_before(now: datetime) -> datetime:
    """What happened before is not sent any more: it is in the platform."""
    return now - timedelta(hours=settings.KSBB_NOTICE_STALE_HOURS)


def due_at(happened: datetime, *, channel: str, pace: str, urgent: bool, now: datetime) -> datetime:
    """From when on a notice of what happened then goes out by that channel."""
    if urgent:
        due = now
    elif pace == Pace.DAILY:
        due = next_at(MORNING, now)
    else:
        due = max(happened + window(), now)
    return awake(due) if channel == Channel.WHATSAPP else due


def is_quiet(moment: datetime) -> bool:
    clock = timezone.localtime(moment).time()
    return clock >= QUIET_FROM or clock < QUIET_UNTIL


def awake(moment: datetime) -> datetime:
    """The moment itself, or the end of the night that it lies in."""
    return next_at(QUIET_UNTIL, moment) if is_quiet(moment) else moment


def next_at(hour: time, moment: datetime) -> datetime:
    """The next time that Jakarta's clocks say that hour, after the moment."""
    local = timezone.localtime(moment)
    found = local.replace(hour=hour.hour, minute=hour.minute, second=0, microsecond=0)
    return found if found > local else found + timedelta(days=1)
