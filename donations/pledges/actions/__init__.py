"""Verbs on pledges, commitments and allocations."""

from donations.pledges.actions.answer import accept, allocate, close_short, contact, decline, lapse, release
from donations.pledges.actions.change import cancel, expire, expire_due, fulfil_if_complete, reduce, restore
from donations.pledges.actions.details import name, note, reroute, reschedule
from donations.pledges.actions.funds import convert, entrust, fund
from donations.pledges.actions.placing import found_need, redirect_offer
from donations.pledges.actions.redirect import (
    accept_redirect,
    agree_redirect,
    ask_redirect,
    decline_redirect,
    propose_redirect,
    refuse_redirect,
    retract_redirect,
    withdraw_redirect,
)
from donations.pledges.actions.submit import NeedFull, Promise, submit

__all__ = [
    "NeedFull",
    "Promise",
    "accept",
    "accept_redirect",
    "agree_redirect",
    "allocate",
    "ask_redirect",
    "cancel",
    "close_short",
    "contact",
    "convert",
    "decline",
    "decline_redirect",
    "entrust",
    "expire",
    "expire_due",
    "found_need",
    "fulfil_if_complete",
    "fund",
    "lapse",
    "name",
    "note",
    "propose_redirect",
    "redirect_offer",
    "reduce",
    "refuse_redirect",
    "release",
    "reroute",
    "reschedule",
    "restore",
    "retract_redirect",
    "submit",
    "withdraw_redirect",
]
