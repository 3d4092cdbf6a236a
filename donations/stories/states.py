"""The table of verbs of a story."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from accounts.roles import Permission
from accounts.verbs import NEW, Table, Verb, states


class StoryState(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


STORY_STATE_LABELS = {
    StoryState.DRAFT: _("draf"),
    StoryState.PUBLISHED: _("terbit"),
    StoryState.WITHDRAWN: _("ditarik"),
}

STORY = Table(
    "story",
    StoryState,
    Verb("write", states(NEW), StoryState.DRAFT, Permission.HANDOVER_VERIFY,
         _("Tulis kisah"), _("Kisah mulai ditulis")),
    Verb("edit", states("draft", "published", "withdrawn"), None, Permission.HANDOVER_VERIFY,
         _("Ubah"), _("Kisah diubah")),
    Verb("publish", states("draft", "withdrawn"), StoryState.PUBLISHED, Permission.HANDOVER_VERIFY,
         _("Terbitkan"), _("Kisah diterbitkan")),
    Verb("withdraw", states("published"), StoryState.WITHDRAWN, Permission.HANDOVER_VERIFY,
         _("Tarik dari halaman umum"), _("Kisah ditarik"), needs_reason=True, danger=True),
)  # fmt: skip
