"""Who is told of what becomes of proposals and comments. Never by their words: those are their authors' to take back."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.actions import Performance
from accounts.notices.actions.telling import path_to
from accounts.notices.audiences import officers, person
from accounts.notices.kinds import Group, Kind
from accounts.notices.registry import News, settles, tells
from accounts.notices.values import both
from accounts.roles import Permission
from programs.proposals.actions.writing import is_trusted
from programs.proposals.models import Answer, Comment, Proposal


def _kind(name: str, title: Any, text: Any, **more: Any) -> Kind:
    return Kind(name, Group.FORUM, title, text, _("Buka usulan"), **more)


PUBLISHED = _kind(
    "proposal.published", _("Usulan Anda %(number)s terbit"), _("Sekarang orang dapat mendukung dan menanggapinya."),
    is_public=True,
)  # fmt: skip
HIDDEN = _kind(
    "proposal.hidden", _("Usulan Anda %(number)s disembunyikan"),
    _("Aturan yang dilanggar dan penjelasannya ada di halaman usulan Anda; di sana Anda dapat mengajukan keberatan."),
)  # fmt: skip
RESTORED = _kind(
    "proposal.restored",
    _("Usulan Anda %(number)s ditampilkan lagi"),
    _("Keberatan Anda diterima."),
    is_public=True,
)
UPHELD = _kind(
    "proposal.upheld",
    _("Keberatan Anda tentang usulan %(number)s ditolak"),
    _("Alasannya ada di halaman usulan Anda."),
)
CLOSED = _kind(
    "proposal.closed", _("Usulan Anda %(number)s ditutup"),
    _("Semua tetap dapat dibaca; alasannya ada di halamannya."), is_public=True,
)  # fmt: skip
REOPENED = _kind(
    "proposal.reopened", _("Usulan Anda %(number)s dibuka lagi"), _("Orang dapat mendukung dan menanggapinya lagi."),
    is_public=True,
)  # fmt: skip
LINKED = _kind(
    "proposal.linked", _("Usulan Anda %(number)s menjadi kebutuhan"),
    _("Petugas menghubungkannya dengan kebutuhan yang dapat dibantu orang."), is_public=True,
)  # fmt: skip
ANSWERED = _kind(
    "proposal.answered", _("Usulan Anda %(number)s dijawab: %(answer)s"), _("Baca jawabannya di halaman usulan."),
    is_public=True,
)  # fmt: skip
COMMENTED = _kind(
    "proposal.commented", _("Ada tanggapan atas usulan Anda %(number)s"), _("Baca tanggapannya di halaman usulan."),
    is_public=True,
)  # fmt: skip
COMMENT_HIDDEN = _kind(
    "comment.hidden", _("Tanggapan Anda pada usulan %(number)s disembunyikan"),
    _("Aturan yang dilanggar ada di tempatnya; di sana Anda dapat mengajukan keberatan."),
)  # fmt: skip
COMMENT_RESTORED = _kind(
    "comment.restored",
    _("Tanggapan Anda pada usulan %(number)s ditampilkan lagi"),
    _("Keberatan Anda diterima."),
)
COMMENT_UPHELD = _kind(
    "comment.upheld",
    _("Keberatan Anda tentang tanggapan pada usulan %(number)s ditolak"),
    _("Alasannya ada di sana."),
)
TO_MODERATE = Kind(
    "proposal.to_moderate",
    Group.WORK,
    _("Usulan %(number)s menunggu moderator"),
    _("Baca, lalu terbitkan atau jelaskan mengapa tidak."),
    _("Buka usulan"),
)
TO_DECIDE = Kind(
    "proposal.to_decide", Group.WORK, _("Sebuah keberatan menunggu diputus"), _("Tentang usulan %(number)s."),
    _("Buka usulan"),
)  # fmt: skip

AUTHOR = {
    "publish": PUBLISHED, "hide": HIDDEN, "restore": RESTORED, "uphold": UPHELD, "close": CLOSED, "reopen": REOPENED,
    "link": LINKED,
}  # fmt: skip
WRITER = {"hide": COMMENT_HIDDEN, "restore": COMMENT_RESTORED, "uphold": COMMENT_UPHELD}

settles(Proposal, "publish", "hide", "withdraw", kinds=(TO_MODERATE,))
settles(Proposal, "restore", "uphold", "withdraw", kinds=(TO_DECIDE,))
settles(Comment, "restore", "uphold", "withdraw", kinds=(TO_DECIDE,))


@tells(Proposal, *AUTHOR)
def moderated(act: Performance) -> Iterator[News]:
    item = act.subject
    yield News(AUTHOR[act.verb.name], person(item.user_id), item, {"number": item.number})


@tells(Proposal, "submit", "appeal")
def waiting(act: Performance) -> Iterator[News]:
    """What is published at once waits for nobody."""
    item = act.subject
    kind = TO_MODERATE if act.verb.name == "submit" else TO_DECIDE
    if kind is TO_MODERATE and item.user is not None and is_trusted(item.user):
        return
    nearest = officers(Permission.PROPOSAL_MODERATE, item)
    yield News(kind, nearest, item, {"number": item.number}, path=path_to("desk_proposal", item.pk))


@tells(Answer, *Answer.VERBS)
def answered(act: Performance) -> Iterator[News]:
    proposal = act.subject.proposal
    about = {"number": proposal.number, "answer": both(lambda: act.verb.done)}
    yield News(ANSWERED, person(proposal.user_id), proposal, about)


@tells(Comment, "post")
def commented(act: Performance) -> Iterator[News]:
    item = act.subject
    about = {"number": item.proposal.number}
    yield News(COMMENTED, person(item.proposal.user_id), item, about, label=item.proposal.number)


@tells(Comment, *WRITER)
def comment_moderated(act: Performance) -> Iterator[News]:
    item = act.subject
    about = {"number": item.proposal.number}
    yield News(WRITER[act.verb.name], person(item.user_id), item, about, label=item.proposal.number)


@tells(Comment, "appeal")
def comment_appealed(act: Performance) -> Iterator[News]:
    item = act.subject
    nearest = officers(Permission.PROPOSAL_MODERATE, item)
    path = path_to("desk_proposal", item.proposal_id)
    yield News(TO_DECIDE, nearest, item.proposal, {"number": item.proposal.number}, path=path)
