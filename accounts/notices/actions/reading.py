"""What a person does with notices they were given."""

from typing import Any

from accounts import clock
from accounts.models import User
from accounts.notices.actions.telling import causes_of
from accounts.notices.models import Notice


def mark_read(notice: Notice) -> None:
    if notice.read_at is None:
        Notice.objects.filter(pk=notice.pk, read_at=None).update(read_at=clock.now())


def mark_all_read(person: User, *, up_to: int) -> int:
    """Mark as read what was there when the page was made (`up_to`: its newest primary key); how many."""
    return person.notices.filter(read_at=None, pk__lte=up_to).update(read_at=clock.now())


def mark_read_about(person: User, subject: Any) -> int:
    """Whoever has read the thing itself need not be told of it any more: what was told by its verbs; how many."""
    rows = Notice.objects.of(person).unread()
    return rows.filter(key__in=causes_of(subject)).update(read_at=clock.now())
