"""Confirmations, draws of recipients, what was added in words, and what contradicts a report."""

from donations.confirmations.models.answers import (
    Confirmation,
    ConfirmationMove,
    ConfirmationQuerySet,
    ConfirmationRemark,
    Contradiction,
)
from donations.confirmations.models.draws import Draw, DrawMove

__all__ = [
    "Confirmation",
    "ConfirmationMove",
    "ConfirmationQuerySet",
    "ConfirmationRemark",
    "Contradiction",
    "Draw",
    "DrawMove",
]
