"""Verbs of confirmations: asking, answering, drawing recipients, and what the clock does."""

from donations.confirmations.actions.answering import answer
from donations.confirmations.actions.clockwork import end, forget_remarks, remind
from donations.confirmations.actions.drawing import cancel, draw, print_slips
from donations.confirmations.actions.sides import ask, ask_all

__all__ = ["answer", "ask", "ask_all", "cancel", "draw", "end", "forget_remarks", "print_slips", "remind"]
