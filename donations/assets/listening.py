"""What assets do when a report is verified."""

from donations.assets.actions import register
from donations.handovers.models import Handover


def register_verified(handover: Handover) -> None:
    register(handover=handover)
