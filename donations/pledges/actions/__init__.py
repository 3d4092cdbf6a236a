"""Verbs on pledges, commitments and allocations."""

from donations.pledges.actions.answer import accept, allocate, close_short, contact, decline, lapse, release
from donations.pledges.actions.change import cancel, expire, expire_due, fulfil_if_complete, reduce, restore
from donations.pledges.actions.funds import convert, entrust, fund
from donations.pledges.actions.placing import found_need, redirect
from donations.pledges.actions.submit import NeedFull, Promise, submit

__all__ = [
    "NeedFull",
    "Promise",
    "accept",
    "allocate",
    "cancel",
    "close_short",
    "contact",
    "convert",
    "decline",
    "entrust",
    "expire",
    "expire_due",
    "found_need",
    "fulfil_if_complete",
    "fund",
    "lapse",
    "redirect",
    "reduce",
    "release",
    "restore",
    "submit",
]
