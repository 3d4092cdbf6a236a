"""`/komponen/`: every component in its states, on a laptop only (DEBUG)."""

from ksbb.komponen.views import komponen

__all__ = ["komponen"]
