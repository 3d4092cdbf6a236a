"""Programs, aid types and needs; the models of other rooms are gathered here for Django and live in their packages."""

from programs.adjustments.models import Adjustment, AdjustmentMove
from programs.models.needs import COUNTERS, Need, NeedMove, PeopleKind, Priority
from programs.models.programs import AidKind, AidType, Program, ProgramMove, PublishedFigure
from programs.proposals.models import (
    AbuseReport,
    Answer,
    AnswerMove,
    Comment,
    CommentMove,
    Proposal,
    ProposalDraft,
    ProposalMove,
    ProposalNeed,
    Support,
)

__all__ = [
    "COUNTERS",
    "AbuseReport",
    "Adjustment",
    "AdjustmentMove",
    "AidKind",
    "AidType",
    "Answer",
    "AnswerMove",
    "Comment",
    "CommentMove",
    "Need",
    "NeedMove",
    "PeopleKind",
    "Priority",
    "Program",
    "ProgramMove",
    "Proposal",
    "ProposalDraft",
    "ProposalMove",
    "ProposalNeed",
    "PublishedFigure",
    "Support",
]
