"""Proposals, what is said to them, and what came of them."""

from programs.proposals.models.answers import Answer, AnswerMove
from programs.proposals.models.comments import EDIT_MINUTES, AbuseReport, Comment, CommentMove, Support
from programs.proposals.models.drafts import ProposalDraft
from programs.proposals.models.proposals import CONFIG, Proposal, ProposalMove, ProposalNeed, ProposalQuerySet

__all__ = [
    "CONFIG",
    "EDIT_MINUTES",
    "AbuseReport",
    "Answer",
    "AnswerMove",
    "Comment",
    "CommentMove",
    "Proposal",
    "ProposalDraft",
    "ProposalMove",
    "ProposalNeed",
    "ProposalQuerySet",
    "Support",
]
