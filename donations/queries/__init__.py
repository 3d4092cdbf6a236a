"""Questions of public pages that need more than one room."""

from donations.queries.arrivals import Arrival, arrivals_for, latest_arrivals
from donations.queries.gifts import Evidence, Gift, gifts_to

__all__ = ["Arrival", "Evidence", "Gift", "arrivals_for", "gifts_to", "latest_arrivals"]
