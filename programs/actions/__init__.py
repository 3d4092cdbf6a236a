"""Verbs on needs, and the loading of programs."""

from programs.actions.catalogue import Loaded, load_programs
from programs.actions.needs import close, draft, edit, pause, publish, reopen, resume, revise

__all__ = [
    "Loaded",
    "close",
    "draft",
    "edit",
    "load_programs",
    "pause",
    "publish",
    "reopen",
    "resume",
    "revise",
]
