"""Verbs of proposals, their comments and answers."""

from programs.proposals.actions.answers import answer, link, unlink
from programs.proposals.actions.comments import edit_comment, post, withdraw_comment
from programs.proposals.actions.moderation import (
    appeal,
    close,
    hide,
    keep,
    publish,
    reopen,
    report_abuse,
    restore,
    uphold,
)
from programs.proposals.actions.support import support, take_back_support
from programs.proposals.actions.writing import edit, is_trusted, submit, withdraw

__all__ = [
    "answer",
    "appeal",
    "close",
    "edit",
    "edit_comment",
    "hide",
    "is_trusted",
    "keep",
    "link",
    "post",
    "publish",
    "reopen",
    "report_abuse",
    "restore",
    "submit",
    "support",
    "take_back_support",
    "unlink",
    "uphold",
    "withdraw",
    "withdraw_comment",
]
