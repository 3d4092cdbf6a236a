"""The rows of the ledger behind a published figure: which they are, what each adds, and how it is said."""

from donations.statistics.rows.length import MOST_ROWS, is_too_long, narrower
from donations.statistics.rows.lines import ORDERS, Line, in_order, lines_of
from donations.statistics.rows.parts import BEHIND, Part, Totals, deaf_to, parts_of, total_of
from donations.statistics.rows.question import EVERYTHING, SEVERAL, SITE, Question

__all__ = [
    "BEHIND",
    "EVERYTHING",
    "MOST_ROWS",
    "ORDERS",
    "SEVERAL",
    "SITE",
    "Line",
    "Part",
    "Question",
    "Totals",
    "deaf_to",
    "in_order",
    "is_too_long",
    "lines_of",
    "narrower",
    "parts_of",
    "total_of",
]
