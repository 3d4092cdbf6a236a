"""Pledges, their commitments, and what is allocated to which need."""

from donations.pledges.models.allocations import Allocation
from donations.pledges.models.commitments import Commitment, CommitmentMove, FundSource, Route
from donations.pledges.models.drafts import Aimed, PledgeDraft, PledgeDraftLine, RepeatWish
from donations.pledges.models.funds import Conversion, Receipt
from donations.pledges.models.pledges import Pledge
from donations.pledges.models.redirects import Redirect, RedirectMove
from donations.pledges.models.repeats import Repeat, RepeatMove

__all__ = [
    "Aimed",
    "Allocation",
    "Commitment",
    "CommitmentMove",
    "Conversion",
    "FundSource",
    "Pledge",
    "PledgeDraft",
    "PledgeDraftLine",
    "Receipt",
    "Redirect",
    "RedirectMove",
    "Repeat",
    "RepeatMove",
    "RepeatWish",
    "Route",
]
