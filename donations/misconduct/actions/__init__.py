"""Verbs of cases: sending a report, following it, looking into it, and what the clock does."""

from donations.misconduct.actions.clockwork import watch
from donations.misconduct.actions.drafts import (
    Gone,
    add_evidence,
    answer_draft,
    begin,
    code_of,
    discard,
    drop_evidence,
    forget_old_drafts,
    send,
)
from donations.misconduct.actions.handling import (
    acknowledge,
    coordinate,
    enclose,
    forward,
    note,
    offices_for,
    opened,
    reject,
    reopen,
    reply,
    resolve,
)
from donations.misconduct.actions.receiving import Report, receive
from donations.misconduct.actions.reporter import attach, contest, may_contest, write
from donations.misconduct.actions.retention import empty_old

__all__ = [
    "Gone",
    "Report",
    "acknowledge",
    "add_evidence",
    "answer_draft",
    "attach",
    "begin",
    "code_of",
    "contest",
    "coordinate",
    "discard",
    "drop_evidence",
    "empty_old",
    "enclose",
    "forget_old_drafts",
    "forward",
    "may_contest",
    "note",
    "offices_for",
    "opened",
    "receive",
    "reject",
    "reopen",
    "reply",
    "resolve",
    "send",
    "watch",
    "write",
]
