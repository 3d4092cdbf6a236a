"""What assets do when a report is verified, and what its page says of them."""

from typing import Any

from accounts.models import User
from donations.assets.actions import register
from donations.assets.models import Asset
from donations.handovers.models import Handover


def register_verified(handover: Handover) -> None:
    register(handover=handover)


def shown(handover: Handover, user: User | None) -> dict[str, Any]:
    """`assets`: how many of a verified report this person may see; the public finds them one by one, by their labels."""
    if user is None or not handover.is_verified:
        return {}
    return {"assets": Asset.objects.visible_to(user).filter(handover_line__handover=handover).count()}
