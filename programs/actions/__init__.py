"""Verbs on needs."""

from programs.actions.needs import close, draft, edit, pause, publish, reopen, resume, revise

__all__ = ["close", "draft", "edit", "pause", "publish", "reopen", "resume", "revise"]
