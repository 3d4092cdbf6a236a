"""Verbs of being told: telling, reading, choosing, sending."""

from accounts.notices.actions.telling import none_before, tell, tell_of

__all__ = ["none_before", "tell", "tell_of"]
