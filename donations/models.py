"""Gathers the rooms' models for Django; they live in the rooms."""

from donations.deliveries.models import Delivery, DeliveryLine, DeliveryMove
from donations.handovers.models import (
    Handover,
    HandoverCounter,
    HandoverLine,
    HandoverMove,
    HandoverPhoto,
    HandoverRecord,
)
from donations.messages.models import (
    Attachment,
    Message,
    MessageMove,
    Thread,
    ThreadMove,
    ThreadRead,
)
from donations.misconduct.models import (
    Case,
    CaseDraft,
    CaseEntry,
    CaseMove,
    CaseParty,
    CaseView,
    Evidence,
)
from donations.outside.models import OutsideFigure, OutsideMove
from donations.pledges.models import (
    Allocation,
    Commitment,
    CommitmentMove,
    Conversion,
    Pledge,
    PledgeDraft,
    PledgeDraftLine,
    Receipt,
    Redirect,
    RedirectMove,
    Repeat,
    RepeatMove,
)
from donations.proofs.models import Proof, ProofMove
from donations.statistics.models import StatisticRow
from donations.stories.models import Story, StoryMove

__all__ = [
    "Allocation",
    "Attachment",
    "Case",
    "CaseDraft",
    "CaseEntry",
    "CaseMove",
    "CaseParty",
    "CaseView",
    "Commitment",
    "CommitmentMove",
    "Conversion",
    "Delivery",
    "DeliveryLine",
    "DeliveryMove",
    "Evidence",
    "Handover",
    "HandoverCounter",
    "HandoverLine",
    "HandoverMove",
    "HandoverPhoto",
    "HandoverRecord",
    "Message",
    "MessageMove",
    "OutsideFigure",
    "OutsideMove",
    "Pledge",
    "PledgeDraft",
    "PledgeDraftLine",
    "Proof",
    "ProofMove",
    "Receipt",
    "Redirect",
    "RedirectMove",
    "Repeat",
    "RepeatMove",
    "StatisticRow",
    "Story",
    "StoryMove",
    "Thread",
    "ThreadMove",
    "ThreadRead",
]
