"""The table of verbs of a need."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from accounts.roles import Permission
from accounts.verbs import NEW, Table, Verb, states


class NeedState(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    PAUSED = "paused"
    CLOSED = "closed"


NEED_STATE_LABELS = {
    NeedState.DRAFT: _("draf"),
    NeedState.PUBLISHED: _("terbuka"),
    NeedState.PAUSED: _("dijeda"),
    NeedState.CLOSED: _("ditutup"),
}

NEED = Table(
    "need",
    NeedState,
    Verb("draft", states(NEW), NeedState.DRAFT, Permission.NEED_DRAFT,
         _("Simpan draf"), _("Kebutuhan dicatat")),
    Verb("edit", states("draft"), None, Permission.NEED_DRAFT,
         _("Ubah"), _("Draf diubah")),
    Verb("publish", states("draft"), NeedState.PUBLISHED, Permission.NEED_PUBLISH,
         _("Terbitkan"), _("Kebutuhan diterbitkan")),
    Verb("revise", states("published", "paused"), None, Permission.NEED_PUBLISH,
         _("Revisi"), _("Kebutuhan direvisi"), needs_reason=True),
    Verb("pause", states("published"), NeedState.PAUSED, Permission.NEED_PUBLISH,
         _("Jeda"), _("Kebutuhan dijeda"), needs_reason=True),
    Verb("resume", states("paused"), NeedState.PUBLISHED, Permission.NEED_PUBLISH,
         _("Lanjutkan"), _("Kebutuhan dibuka lagi")),
    Verb("close", states("draft", "published", "paused"), NeedState.CLOSED, Permission.NEED_PUBLISH,
         _("Tutup"), _("Kebutuhan ditutup"), needs_reason=True, danger=True),
    Verb("reopen", states("closed"), NeedState.PAUSED, Permission.NEED_PUBLISH,
         _("Buka lagi"), _("Kebutuhan dibuka kembali, masih dijeda"), needs_reason=True),
)  # fmt: skip
