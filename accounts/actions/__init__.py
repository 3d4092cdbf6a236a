"""Verbs: the only writers. Keyword-only, `by=` a user (None: the platform itself), atomic."""

from accounts.actions.perform import Performance, authorise, may, must, perform

__all__ = ["Performance", "authorise", "may", "must", "perform"]
