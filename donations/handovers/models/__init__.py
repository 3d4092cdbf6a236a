"""Reports of arrivals, and what of each version was recorded when it was handed in."""

from donations.handovers.models.records import HandoverRecord
from donations.handovers.models.reports import (
    CODE_ALPHABET,
    CODE_LENGTH,
    ArrivalPlace,
    Handover,
    HandoverCounter,
    HandoverLine,
    HandoverMove,
    HandoverPhoto,
    HandoverPhotoQuerySet,
    HandoverQuerySet,
    new_code,
    photo_path,
)

__all__ = [
    "CODE_ALPHABET",
    "CODE_LENGTH",
    "ArrivalPlace",
    "Handover",
    "HandoverCounter",
    "HandoverLine",
    "HandoverMove",
    "HandoverPhoto",
    "HandoverPhotoQuerySet",
    "HandoverQuerySet",
    "HandoverRecord",
    "new_code",
    "photo_path",
]
