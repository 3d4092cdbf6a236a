"""Questions about needs that the public pages ask."""

from programs.queries.figures import (
    AidFigures,
    RegionFigures,
    counted_target,
    figures_by_aid_type,
    figures_by_place,
    figures_by_program,
    figures_by_region,
    figures_by_site,
    figures_of_map,
    sums_by_district,
)
from programs.queries.nearby import near, similar_nearby
from programs.queries.ordering import ORDERS, first_in_order, in_order, with_rows

__all__ = [
    "ORDERS",
    "AidFigures",
    "RegionFigures",
    "counted_target",
    "figures_by_aid_type",
    "figures_by_place",
    "figures_by_program",
    "figures_by_region",
    "figures_by_site",
    "figures_of_map",
    "first_in_order",
    "in_order",
    "near",
    "similar_nearby",
    "sums_by_district",
    "with_rows",
]
