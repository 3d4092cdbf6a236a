"""The rows of the ledger behind a published figure: which they are, what each adds, and how it is said."""

from donations.statistics.rows.length import MOST_ROWS, is_too_long, narrower
from donations.statistics.rows.lines import ORDERS, Line, in_order, lines_of
from donations.statistics.rows.parts import BEHIND, Part, Totals, parts_of, total_of
from donations.statistics.rows.question import Question

__all__ = [
    "BEHIND",
    "MOST_ROWS",
    "ORDERS",
    "Line",
    "Part",
    "Question",
    "Totals",
    "in_order",
    "is_too_long",
    "lines_of",
    "narrower",
    "parts_of",
    "total_of",
]
