"""Which region is this point in?"""

import shapely

from .codes import Level
from .geometry import shapes_of
from .models import Boundary, Region


def region_at(latitude: float, longitude: float, level: Level | str = Level.RW) -> Region | None:
    """The current region of a level whose outline holds a point (degrees WGS 84), None where there is none.

    A point on a line between two regions belongs to the one with the lower code, so that the answer is always
    the same. Where the outline is approximate, so is the answer.
    """
    near = list(
        Boundary.objects.filter(
            region__in=Region.objects.current().at_level(level),
            min_lon__lte=longitude,
            max_lon__gte=longitude,
            min_lat__lte=latitude,
            max_lat__gte=latitude,
        )
        .select_related("region")
        .order_by("region")
    )
    point = shapely.Point(longitude, latitude)
    for boundary, shape in zip(near, shapes_of([boundary.geometry for boundary in near]), strict=True):
        if shape.covers(point):
            return boundary.region
    return None
