"""A notice in words: in the active language, when it is shown or sent."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.notices.kinds import KINDS
from accounts.notices.models import Notice
from accounts.notices.values import worded


@dataclass(frozen=True, slots=True)
class Said:
    """One notice as it reads: in a list, and (`url`: whole, with the site's address) in a message."""

    pk: int
    title: str
    text: str
    button: str
    at: datetime
    is_new: bool
    is_urgent: bool
    is_settled: bool
    href: str
    url: str


def said(notice: Notice) -> Said:
    """A notice of a kind that is no more keeps its label and its page."""
    kind = KINDS.get(notice.kind)
    words = worded(notice.params)
    opening = reverse("notice", args=[notice.pk])
    return Said(
        pk=notice.pk,
        title=str(kind.title) % words if kind else notice.label,
        text=str(kind.text) % words if kind and kind.text else "",
        button=str(kind.button) if kind else _("Lihat"),
        at=notice.at,
        is_new=notice.read_at is None,
        is_urgent=bool(kind and kind.urgent),
        is_settled=notice.settled_at is not None,
        href=opening,
        # A page that everybody reads is reached without signing in; others go by the notice, which is read then.
        url=absolute(in_language(notice.path) if kind and kind.is_public else opening),
    )


def in_language(path: str) -> str:
    """A page's path in the active language."""
    return f"/{get_language() or settings.LANGUAGE_CODE}{path}"


def absolute(path: str) -> str:
    return f"{settings.KSBB_ADDRESS}{path}"
