"""The verbs of this app: the only writers of its tables."""

from .boundaries import Derived, derive_boundaries, draw_missing_layers
from .boundary_files import load_boundaries
from .ending import end_region
from .families import synthesise_families
from .marks import mark_stale
from .tree import Change, load_tree

__all__ = [
    "Change",
    "Derived",
    "derive_boundaries",
    "draw_missing_layers",
    "end_region",
    "load_boundaries",
    "load_tree",
    "mark_stale",
    "synthesise_families",
]
