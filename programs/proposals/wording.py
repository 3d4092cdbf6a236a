"""How proposals, comments and answers are said in a line."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Move
from programs.proposals.models import Answer, Comment, Proposal
from programs.proposals.queries import ANSWER_WORDS, UNANSWERED
from programs.proposals.rules import Rule
from programs.proposals.states import (
    ANSWER_STATE_LABELS,
    PROPOSAL_STATE_LABELS,
    AnswerState,
    CommentState,
    ProposalState,
)
from regions import notation
from regions.codes import Level
from regions.models import Region

# The mark of components/status.html for each state of the answer, and of the proposal itself.
ANSWER_MARKS = {
    AnswerState.STUDIED: "held",
    AnswerState.ACCEPTED: "allocated",
    AnswerState.REFERRED: "delivered",
    AnswerState.DECLINED: "closed",
    AnswerState.REALISED: "verified",
}
STATE_MARKS = {
    ProposalState.SUBMITTED: "draft",
    ProposalState.PUBLISHED: "open",
    ProposalState.HIDDEN: "closed",
    ProposalState.CLOSED: "closed",
    ProposalState.WITHDRAWN: "closed",
}
UNANSWERED_LABEL = gettext_lazy("belum dijawab")


def mark_of(proposal: Proposal) -> tuple[str, Any]:
    """The mark and the word for how far a proposal has come."""
    if proposal.is_public and proposal.answer_state:
        return ANSWER_MARKS[proposal.answer_state], ANSWER_STATE_LABELS[proposal.answer_state]
    if proposal.state == ProposalState.PUBLISHED:
        return "open", UNANSWERED_LABEL
    return STATE_MARKS[ProposalState(proposal.state)], PROPOSAL_STATE_LABELS[ProposalState(proposal.state)]


def answer_label(word: str) -> Any:
    """The words for one of `ANSWER_WORDS`: "belum dijawab", "dikaji" …"""
    return UNANSWERED_LABEL if word == UNANSWERED else ANSWER_STATE_LABELS[AnswerState(ANSWER_WORDS[word])]


def place_of(region: Region) -> str:
    """Where a proposal is for, from small to large: "RW 03 Manggarai, Tebet", "seluruh Jakarta"."""
    if region.level == Level.PROVINCE:
        return _("seluruh Jakarta")
    if region.level == Level.CITY:
        return region.full_name
    above = region.parent
    if region.level == Level.RW:
        above = above.parent if above else None
    return f"{region.full_name}, {above.name}" if above else region.full_name


def proposal_row(proposal: Proposal) -> dict[str, Any]:
    """The arguments of proposals/row.html for a proposal of `for_rows()`."""
    kind, label = mark_of(proposal)
    parts = [place_of(proposal.region), str(proposal.program_title), proposal.shown_as]
    if proposal.published_at:
        parts.append(notation.when(proposal.published_at, "day"))
    return {
        "name": proposal.heading,
        "href": proposal.get_absolute_url(),
        "meta": notation.DOT.join(parts),
        "text": Truncator(proposal.body).words(26),
        "mark": kind,
        "label": label,
        "supports": proposal.supports,
        "comments": proposal.comments,
    }


@dataclass(frozen=True, slots=True)
class Said:
    """One comment as a page shows it. `gone`: why there is no text. `acts`: what this reader may do."""

    pk: int
    who: str
    official: str
    text: str
    gone: str
    moment: Any
    edited: bool
    own: bool
    acts: list[dict[str, str]] = field(default_factory=list)


def gone_words(state: str, rule: str, note: str) -> str:
    """What stands in the place of something that is not shown."""
    if state == "hidden":
        words = _("Disembunyikan moderator. Aturan yang dilanggar: %(rule)s.") % {
            "rule": Rule(rule).label if rule else "–"
        }
        return f"{words} {note}".strip()
    return _("Dihapus penulisnya.") if state == "withdrawn" else ""


def said(comment: Comment, *, reader: int | None, moderates: bool) -> Said:
    """A comment for a reader: `reader` is a person's primary key, `moderates` whether they may hide here."""
    own = reader is not None and comment.user_id == reader
    hidden = comment.state != CommentState.PUBLISHED
    # Its author and moderators still read what was hidden.
    unread = hidden and not (own or moderates)
    text = "" if unread else comment.body
    # A chosen name can be what had to be hidden.
    who = comment.official or ("" if unread else comment.shown_as)
    return Said(
        pk=comment.pk,
        who="" if comment.state == CommentState.WITHDRAWN else who,
        official=comment.official,
        text=text,
        gone=gone_words(comment.state, comment.rule, comment.rule_note),
        moment=comment.created_at,
        edited=comment.edited_at is not None and not hidden,
        own=own,
        acts=list(_acts(comment, own, moderates, signed_in=reader is not None)),
    )


def _acts(comment: Comment, own: bool, moderates: bool, *, signed_in: bool) -> Iterable[dict[str, str]]:
    shown = comment.state == CommentState.PUBLISHED
    hidden = comment.state == CommentState.HIDDEN
    if own and comment.is_editable:
        yield {"label": _("Ubah"), "href": reverse("comment_edit", args=[comment.pk])}
    if own and hidden and not comment.appealed_at:
        yield _verb(comment, "appeal", _("Ajukan keberatan"))
    if own and (shown or hidden):
        yield _verb(comment, "withdraw", _("Hapus"))
    if moderates and shown and not own:
        yield _verb(comment, "hide", _("Sembunyikan"))
    if moderates and hidden and not own:
        yield _verb(comment, "restore", _("Tampilkan lagi"))
    if not own and shown and not moderates and not comment.role and comment.proposal.is_public:
        yield {"label": _("Laporkan"), "href": reverse("comment_report", args=[comment.pk])}


def _verb(comment: Comment, verb: str, label: str) -> dict[str, str]:
    return {"label": label, "href": reverse("comment_verb", args=[comment.pk, verb])}


# What the public timeline tells of a proposal itself; of the answer it tells everything.
SHOWN = ("submit", "publish", "hide", "restore", "close", "reopen", "link", "withdraw")


def public_timeline(proposal: Proposal) -> list[dict[str, Any]]:
    """What became of a proposal, newest first, by offices and never by persons. Two queries at most."""
    own = proposal.moves.filter(verb__in=SHOWN).select_related("organisation", "region", "site")
    rows = [_moved(move) for move in own]
    answer: Answer | None = getattr(proposal, "answer", None)
    if answer is not None:
        rows += [_moved(move, why=move.reason) for move in answer_moves(answer)]
    return sorted(rows, key=lambda row: row["moment"], reverse=True)


def answer_moves(answer: Answer) -> QuerySet[Any]:
    return answer.moves.select_related("organisation", "region", "site")


def _moved(move: Move, why: str = "") -> dict[str, Any]:
    # A moderator is named as an office; that the platform let it through needs no name.
    return {"label": move.done, "who": move.acted_as if move.role else "", "why": why, "moment": move.at}
