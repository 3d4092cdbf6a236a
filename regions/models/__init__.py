from .boundary import Boundary, OutlineLayer
from .marks import SampleData, StaleMark
from .region import Region, RegionQuerySet
from .site import Site, SiteKind

__all__ = [
    "Boundary",
    "OutlineLayer",
    "Region",
    "RegionQuerySet",
    "SampleData",
    "Site",
    "SiteKind",
    "StaleMark",
]
