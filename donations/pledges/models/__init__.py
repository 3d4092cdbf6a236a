"""Pledges, their commitments, and what is allocated to which need."""

from donations.pledges.models.allocations import Allocation
from donations.pledges.models.commitments import Commitment, CommitmentMove, FundSource, Route
from donations.pledges.models.drafts import PledgeDraft
from donations.pledges.models.funds import Conversion, Receipt
from donations.pledges.models.pledges import Pledge

__all__ = [
    "Allocation",
    "Commitment",
    "CommitmentMove",
    "Conversion",
    "FundSource",
    "Pledge",
    "PledgeDraft",
    "Receipt",
    "Route",
]
