"""Notices of the past: those of a history that was loaded, and those that are old enough to be forgotten."""

from datetime import datetime, timedelta

from django.db.models import F

from accounts import clock
from accounts.notices.models import Notice, NoticeMessage, NoticeQuerySet

# How long people find their notices, and how long it is known which message they went out in.
KEPT, MESSAGES_KEPT = timedelta(days=400), timedelta(days=90)


def keep_unsent(*, read_before: datetime) -> int:
    """Send none of the notices that nobody has looked at yet; those from before the moment count as read."""
    waiting = Notice.objects.filter(planned_at=None)
    waiting.filter(at__lt=read_before).update(read_at=F("at"))
    return waiting.update(planned_at=F("at"))


def forget_old() -> int:
    """Delete what is older than that; how many rows. The journal keeps what happened."""
    messages, _by_model = NoticeMessage.objects.filter(created_at__lt=clock.now() - MESSAGES_KEPT).delete()
    notices, _by_model = Notice.objects.filter(at__lt=clock.now() - KEPT).delete()
    return messages + notices


def forget_name(notices: NoticeQuerySet, param: str, name: str, instead: str) -> int:
    """Take a name that is to be forgotten out of what other people were told; how many notices said it."""
    said = list(notices.filter(**{f"params__{param}": name}))
    for notice in said:
        notice.params[param] = instead
        if notice.label == name[: Notice.LABEL]:
            notice.label = instead[: Notice.LABEL]
    Notice.objects.bulk_update(said, ["params", "label"], 500)
    return len(said)
