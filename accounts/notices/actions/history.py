"""Notices of what happened before the platform was there to send them: a history that was loaded."""

from datetime import datetime

from django.db.models import F

from accounts.notices.models import Notice


def keep_unsent(*, read_before: datetime) -> int:
    """Send none of the notices that nobody has looked at yet; those from before the moment count as read."""
    waiting = Notice.objects.filter(planned_at=None)
    waiting.filter(at__lt=read_before).update(read_at=F("at"))
    return waiting.update(planned_at=F("at"))
