"""What the statistics page shows, from one program's published rows. Pure.

Everything is written already, in the reader's language; what cannot be told has a reason in its place.
"""

from donations.statistics.charts.cities import city_table, district_table, divergence, plot
from donations.statistics.charts.compared import compared
from donations.statistics.charts.figures import figures, lead, reach
from donations.statistics.charts.months import months
from donations.statistics.charts.seminar import seminar_charts
from donations.statistics.charts.shares import shares
from donations.statistics.charts.sheet import STEPS, Sheet
from donations.statistics.charts.through_time import through_time

__all__ = [
    "STEPS",
    "Sheet",
    "city_table",
    "compared",
    "district_table",
    "divergence",
    "figures",
    "lead",
    "months",
    "plot",
    "reach",
    "seminar_charts",
    "shares",
    "through_time",
]
