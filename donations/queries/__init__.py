"""Questions of public pages that need more than one room."""

from donations.queries.arrivals import Arrival, latest_arrivals
from donations.queries.gifts import Evidence, Gift, gifts_to

__all__ = ["Arrival", "Evidence", "Gift", "gifts_to", "latest_arrivals"]
