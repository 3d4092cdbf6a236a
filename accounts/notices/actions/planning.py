"""From notices to what goes out: by which channels, and when."""

from allauth.account.models import EmailAddress
from django.db import transaction

from accounts import clock
from accounts.models import User
from accounts.notices import times
from accounts.notices.channels import channels
from accounts.notices.kinds import KINDS
from accounts.notices.models import Notice, NoticePreference, NoticeSending
from accounts.once import hold_key

AT_ONCE = 500


def plan() -> int:
    """Look at every notice that nobody has looked at yet; how many.

    One worker at a time does: what is there when it ends is planned whole, and nobody is sent a part of it.
    """
    count = 0
    while done := _plan_some():
        count += done
    return count


@transaction.atomic
def _plan_some() -> int:
    hold_key("notices plan")
    now = clock.now()
    notices = list(
        Notice.objects.filter(planned_at=None)
        .select_for_update(skip_locked=True, of=("self",))
        .select_related("person__notice_preference")
        .order_by("pk")[:AT_ONCE]
    )
    if not notices:
        return 0
    proved = proved_addresses({notice.person_id for notice in notices})
    sendings = []
    for notice in notices:
        kind = KINDS.get(notice.kind)
        if (
            kind is None
            or notice.at < times.stale_before(now)
            or notice.read_at
            or not notice.person.is_active
        ):
            continue
        choice = preference_of(notice.person)
        for channel in channels():
            if not choice.wants(kind.group, channel.name) or not channel.reaches(notice.person, proved):
                continue
            due = times.due_at(notice.at, channel=channel.name, pace=choice.pace, urgent=kind.urgent, now=now)
            sendings.append(
                NoticeSending(notice=notice, person=notice.person, channel=channel.name, due_at=due)
            )
    NoticeSending.objects.bulk_create(sendings, ignore_conflicts=True)
    Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(planned_at=now)
    return len(notices)


def preference_of(person: User) -> NoticePreference:
    """How somebody wants to be told; what holds without a choice is not saved."""
    found: NoticePreference | None = getattr(person, "notice_preference", None)
    return found or NoticePreference(person=person)


def proved_addresses(people: set[int]) -> set[tuple[int, str]]:
    """(person, address) of the e-mail addresses that are proved to be theirs."""
    rows = EmailAddress.objects.filter(user__in=people, verified=True).values_list("user_id", "email")
    return {(pk, email.lower()) for pk, email in rows}
