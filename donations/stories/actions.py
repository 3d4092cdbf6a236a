"""Verbs on stories."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import clock
from accounts.actions import perform
from accounts.errors import Refused
from accounts.models import User
from accounts.once import made_with
from donations.handovers.models import Handover
from donations.stories.models import Story

TEXTS = ("title", "title_en", "text", "text_en")


@transaction.atomic
def write(*, handover: Handover, by: User | None, key: str = "", **texts: str) -> Story:
    """Begin a story about a verified handover. `texts`: all of `TEXTS`.

    `key` (of the form) makes it safe to send twice: the same key by the same person is the same story.
    """
    if made := made_with(Story.objects.filter(handover=handover), "write", key=key, by=by):
        return made
    story = Story(handover=handover, written_at=clock.now(), **_checked(texts))
    with perform(story, "write", by=by) as act:
        _check_verified(handover)
        if key:
            act.data["key"] = key
    return story


def edit(*, story: Story, by: User | None, **texts: str) -> Story:
    """Change its words; what they were before stays in the journal."""
    with perform(story, "edit", by=by) as act:
        act.data["before"] = {name: getattr(act.subject, name) for name in TEXTS}
        for name, value in _checked(texts).items():
            setattr(act.subject, name, value)
    return act.subject


def publish(*, story: Story, by: User | None) -> Story:
    """Show it to everybody. Its first day stays, however often it is withdrawn and shown again."""
    with perform(story, "publish", by=by) as act:
        _check_verified(act.subject.handover)
        act.subject.published_at = act.subject.published_at or clock.now()
    return act.subject


def withdraw(*, story: Story, by: User | None, reason: str) -> Story:
    """Take it off the public pages; it can be corrected and shown again."""
    with perform(story, "withdraw", by=by, reason=reason) as act:
        pass
    return act.subject


def _checked(texts: dict[str, str]) -> dict[str, str]:
    if set(texts) != set(TEXTS):
        raise TypeError(f"a story has the texts {TEXTS}, not {sorted(texts)}")
    cleaned = {name: value.replace("\x00", "").strip() for name, value in texts.items()}
    for name, value in cleaned.items():
        if not value:
            raise Refused(_("Tulis dalam kedua bahasa."), field=name, code="both_languages")
    return cleaned


def _check_verified(handover: Handover) -> None:
    if not handover.is_verified:
        raise Refused(_("Hanya serah terima yang sudah diverifikasi yang dikisahkan."), code="not_verified")
