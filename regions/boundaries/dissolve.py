"""One outline out of many: a village from its RW, a district from its villages, and so on up."""

from collections.abc import Sequence

import shapely
from shapely import Geometry, MultiPolygon, Polygon

from regions.geometry import GRID, only_polygons

SEAM = 5e-5  # degrees, about 5 m: neighbours drawn by different hands leave cracks of this width


def dissolve(shapes: Sequence[Geometry]) -> Polygon | MultiPolygon:
    """The union of shapes. Cracks between neighbours are closed unless the shapes fit exactly.

    Raises ValueError when no area is left.
    """
    if shapely.coverage_is_valid(shapes):
        joined = shapely.coverage_union_all(list(shapes))
    else:
        union = shapely.union_all(list(shapes), grid_size=GRID)
        closed = union.buffer(SEAM, join_style="mitre", mitre_limit=2).buffer(
            -SEAM, join_style="mitre", mitre_limit=2
        )
        joined = shapely.union_all([union, closed], grid_size=GRID)
    areas = only_polygons(joined)
    if areas is None:
        raise ValueError("nothing to dissolve")
    return areas
