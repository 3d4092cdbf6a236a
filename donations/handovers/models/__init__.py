"""Reports of arrivals, and what of each version was recorded when it was handed in."""

from donations.handovers.models.photos import HandoverPhoto, HandoverPhotoQuerySet, photo_path
from donations.handovers.models.recipients import HandoverRecipients, RecipientList, RecipientListView
from donations.handovers.models.records import HandoverCheck, HandoverRecord
from donations.handovers.models.reports import (
    CODE_ALPHABET,
    CODE_LENGTH,
    ArrivalPlace,
    Handover,
    HandoverCounter,
    HandoverLine,
    HandoverMove,
    HandoverQuerySet,
    Shortfall,
    Signing,
    new_code,
)
from donations.handovers.models.sessions import HandoverSession
from donations.handovers.models.signing import HandoverSheet, HandoverSignature

__all__ = [
    "CODE_ALPHABET",
    "CODE_LENGTH",
    "ArrivalPlace",
    "Handover",
    "HandoverCheck",
    "HandoverCounter",
    "HandoverLine",
    "HandoverMove",
    "HandoverPhoto",
    "HandoverPhotoQuerySet",
    "HandoverQuerySet",
    "HandoverRecipients",
    "HandoverRecord",
    "HandoverSession",
    "HandoverSheet",
    "HandoverSignature",
    "RecipientList",
    "RecipientListView",
    "Shortfall",
    "Signing",
    "new_code",
    "photo_path",
]
