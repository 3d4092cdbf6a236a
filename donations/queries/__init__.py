"""Questions of public pages that need more than one room."""

from donations.queries.arrivals import Arrival, arrivals_for, latest_arrivals
from donations.queries.gifts import Evidence, Gift, allocations_to, gifts_of, held_until

__all__ = [
    "Arrival",
    "Evidence",
    "Gift",
    "allocations_to",
    "arrivals_for",
    "gifts_of",
    "held_until",
    "latest_arrivals",
]
