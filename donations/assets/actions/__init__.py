"""Verbs on assets and on their way to somebody else. Locked in one order: the asset, then its transfer."""

from donations.assets.actions.keeping import check, check_together, describe, describe_sheet, split
from donations.assets.actions.moving import accept, call_back, decline, hand_over
from donations.assets.actions.registering import register, register_missing
from donations.assets.actions.reminding import remind
from donations.assets.actions.removing import restore, write_off

__all__ = [
    "accept",
    "call_back",
    "check",
    "check_together",
    "decline",
    "describe",
    "describe_sheet",
    "hand_over",
    "register",
    "register_missing",
    "remind",
    "restore",
    "split",
    "write_off",
]
