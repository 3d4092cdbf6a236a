"""The verbs of this app: the only writers of its tables."""

from .marks import mark_stale
from .tree import Change, load_tree

__all__ = ["Change", "load_tree", "mark_stale"]
