from .boundary import Boundary, OutlineLayer
from .indicator import Direction, Indicator, IndicatorValue
from .marks import SampleData, StaleMark
from .region import Region, RegionQuerySet
from .site import Site, SiteKind

__all__ = [
    "Boundary",
    "Direction",
    "Indicator",
    "IndicatorValue",
    "OutlineLayer",
    "Region",
    "RegionQuerySet",
    "SampleData",
    "Site",
    "SiteKind",
    "StaleMark",
]
