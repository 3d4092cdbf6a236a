"""The tables of verbs of a proposal, of a comment on it, and of the official answer."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.roles import Permission
from accounts.verbs import NEW, Table, Verb, states
from regions.public_version import FORUM


class ProposalState(StrEnum):
    SUBMITTED = "submitted"
    PUBLISHED = "published"
    HIDDEN = "hidden"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


PROPOSAL_STATE_LABELS = {
    ProposalState.SUBMITTED: _("menunggu moderator"),
    ProposalState.PUBLISHED: _("terbuka"),
    ProposalState.HIDDEN: _("disembunyikan"),
    ProposalState.CLOSED: _("ditutup"),
    ProposalState.WITHDRAWN: _("dihapus pengusul"),
}

PROPOSAL = Table(
    "proposal",
    ProposalState,
    Verb("submit", states(NEW), ProposalState.SUBMITTED, None,
         _("Kirim usulan"), _("Usulan dikirim"), by_owner=True),
    Verb("edit", states("submitted", "hidden"), None, None,
         _("Ubah"), _("Usulan diubah"), by_owner=True),
    Verb("publish", states("submitted"), ProposalState.PUBLISHED, Permission.PROPOSAL_MODERATE,
         _("Terbitkan"), _("Usulan diterbitkan"), by_others=True),
    Verb("hide", states("submitted", "published", "closed"), ProposalState.HIDDEN, Permission.PROPOSAL_MODERATE,
         _("Sembunyikan"), _("Usulan disembunyikan"), needs_reason=True, danger=True, by_others=True),
    Verb("appeal", states("hidden"), None, None,
         _("Ajukan keberatan"), _("Pengusul mengajukan keberatan"), by_owner=True),
    Verb("restore", states("hidden"), ProposalState.PUBLISHED, Permission.PROPOSAL_MODERATE,
         _("Tampilkan lagi"), _("Usulan ditampilkan lagi"), needs_reason=True, by_others=True),
    Verb("uphold", states("hidden"), None, Permission.PROPOSAL_MODERATE,
         _("Tolak keberatan"), _("Keberatan ditolak"), needs_reason=True, by_others=True),
    Verb("keep", states("published", "closed"), None, Permission.PROPOSAL_MODERATE,
         _("Biarkan tampil"), _("Laporan diperiksa, usulan tetap tampil"), needs_reason=True, by_others=True),
    Verb("link", states("published", "closed"), None, Permission.PROPOSAL_ANSWER,
         _("Hubungkan kebutuhan"), _("Kebutuhan dihubungkan"), by_others=True),
    Verb("unlink", states("published", "closed"), None, Permission.PROPOSAL_ANSWER,
         _("Lepaskan kebutuhan"), _("Kebutuhan dilepaskan"), needs_reason=True, by_others=True),
    Verb("close", states("published"), ProposalState.CLOSED, Permission.PROPOSAL_MODERATE,
         _("Tutup"), _("Usulan ditutup"), needs_reason=True, danger=True, by_others=True),
    Verb("reopen", states("closed"), ProposalState.PUBLISHED, Permission.PROPOSAL_MODERATE,
         _("Buka lagi"), _("Usulan dibuka lagi"), by_others=True),
    # What somebody wrote is theirs to take back, for good: nobody restores it.
    Verb("withdraw", states("submitted", "published", "hidden", "closed"), ProposalState.WITHDRAWN, None,
         _("Hapus usulan saya"), _("Usulan dihapus pengusulnya"), by_owner=True),
)  # fmt: skip


class CommentState(StrEnum):
    PUBLISHED = "published"
    HIDDEN = "hidden"
    WITHDRAWN = "withdrawn"


COMMENT_STATE_LABELS = {
    CommentState.PUBLISHED: _("tampil"),
    CommentState.HIDDEN: _("disembunyikan"),
    CommentState.WITHDRAWN: _("dihapus penulisnya"),
}

COMMENT = Table(
    "comment",
    CommentState,
    Verb("post", states(NEW), CommentState.PUBLISHED, None,
         _("Kirim tanggapan"), _("Tanggapan dikirim"), by_owner=True),
    Verb("edit", states("published"), None, None,
         _("Ubah"), _("Tanggapan diubah"), by_owner=True),
    Verb("hide", states("published"), CommentState.HIDDEN, Permission.PROPOSAL_MODERATE,
         _("Sembunyikan"), _("Tanggapan disembunyikan"), needs_reason=True, danger=True, by_others=True),
    Verb("appeal", states("hidden"), None, None,
         _("Ajukan keberatan"), _("Penulis mengajukan keberatan"), by_owner=True),
    Verb("restore", states("hidden"), CommentState.PUBLISHED, Permission.PROPOSAL_MODERATE,
         _("Tampilkan lagi"), _("Tanggapan ditampilkan lagi"), needs_reason=True, by_others=True),
    Verb("uphold", states("hidden"), None, Permission.PROPOSAL_MODERATE,
         _("Tolak keberatan"), _("Keberatan ditolak"), needs_reason=True, by_others=True),
    Verb("keep", states("published"), None, Permission.PROPOSAL_MODERATE,
         _("Biarkan tampil"), _("Laporan diperiksa, tanggapan tetap tampil"), needs_reason=True, by_others=True),
    Verb("withdraw", states("published", "hidden"), CommentState.WITHDRAWN, None,
         _("Hapus tanggapan saya"), _("Tanggapan dihapus penulisnya"), by_owner=True),
    topic=FORUM,
)  # fmt: skip


class AnswerState(StrEnum):
    STUDIED = "studied"
    ACCEPTED = "accepted"
    REFERRED = "referred"
    DECLINED = "declined"
    REALISED = "realised"


ANSWER_STATE_LABELS = {
    AnswerState.STUDIED: _("dikaji"),
    AnswerState.ACCEPTED: pgettext_lazy("answer", "diterima"),
    AnswerState.REFERRED: _("dirujuk ke program"),
    AnswerState.DECLINED: _("ditolak"),
    AnswerState.REALISED: _("terlaksana"),
}

# The reason of each of these verbs is the answer's text, which everybody reads.
ANSWER = Table(
    "answer",
    AnswerState,
    Verb("study", states(NEW), AnswerState.STUDIED, Permission.PROPOSAL_ANSWER,
         _("Kaji"), _("Usulan dikaji"), needs_reason=True, by_others=True),
    Verb("accept", states(NEW, "studied"), AnswerState.ACCEPTED, Permission.PROPOSAL_ANSWER,
         _("Terima"), _("Usulan diterima"), needs_reason=True, by_others=True),
    Verb("refer", states(NEW, "studied", "accepted"), AnswerState.REFERRED, Permission.PROPOSAL_ANSWER,
         _("Rujuk ke program"), _("Usulan dirujuk ke program"), needs_reason=True, by_others=True),
    Verb("decline", states(NEW, "studied", "accepted", "referred"), AnswerState.DECLINED, Permission.PROPOSAL_ANSWER,
         _("Tolak"), _("Usulan ditolak"), needs_reason=True, danger=True, by_others=True),
    Verb("realise", states("accepted", "referred"), AnswerState.REALISED, Permission.PROPOSAL_ANSWER,
         _("Nyatakan terlaksana"), _("Usulan terlaksana"), needs_reason=True, by_others=True),
    Verb("reconsider", states("accepted", "referred", "declined", "realised"), AnswerState.STUDIED,
         Permission.PROPOSAL_ANSWER, _("Kaji lagi"), _("Usulan dikaji lagi"), needs_reason=True, by_others=True),
    Verb("report", states("studied", "accepted", "referred", "realised"), None, Permission.PROPOSAL_ANSWER,
         _("Kabarkan kemajuan"), _("Kabar kemajuan"), needs_reason=True, by_others=True),
)  # fmt: skip
