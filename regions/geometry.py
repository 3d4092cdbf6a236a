"""Shapes: from GeoJSON and back, mended, measured. Degrees WGS 84, longitude first, throughout."""

import json
import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely
from shapely import Geometry, MultiPolygon, Polygon

GRID = 1e-6  # degrees, about 11 cm: the precision in which outlines are kept
KM_PER_DEGREE = 111.32
KEPT = ("Polygon", "MultiPolygon")


def only_polygons(shape: Geometry) -> Polygon | MultiPolygon | None:
    """The areas of a shape, mended where rings cross; None where no area is left."""
    if not shape.is_valid:
        shape = shapely.make_valid(shape, method="structure", keep_collapsed=False)
    parts = [part for part in _parts(shape) if part.geom_type == "Polygon" and part.area > 0]
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else MultiPolygon(parts)


def _parts(shape: Geometry) -> list[Geometry]:
    if shape.geom_type in ("MultiPolygon", "GeometryCollection"):
        return [piece for part in shape.geoms for piece in _parts(part)]
    return [shape]


def from_geojson(geometry: dict[str, Any]) -> Geometry:
    """A shape from a GeoJSON geometry; third coordinates are dropped. Raises ValueError when unreadable."""
    try:
        shape = shapely.from_geojson(json.dumps(geometry))
    except (shapely.errors.GEOSException, TypeError) as error:
        raise ValueError(str(error)) from error
    if shape is None:
        raise ValueError("no geometry")
    return shapely.force_2d(shape)


def to_geojson(shape: Geometry) -> dict[str, Any]:
    """GeoJSON geometry with coordinates of at most six decimals; outer rings anticlockwise, as RFC 7946 wants."""
    geometry = shapely.geometry.mapping(shapely.orient_polygons(shape))
    return {"type": geometry["type"], "coordinates": _rounded(geometry["coordinates"])}


def _rounded(coordinates: Any) -> Any:
    if isinstance(coordinates[0], (int, float)):
        return [round(coordinates[0], 6), round(coordinates[1], 6)]
    return [_rounded(part) for part in coordinates]


def shapes_of(geometries: Sequence[dict[str, Any]]) -> list[Geometry]:
    """Shapes of stored geometries, in one go."""
    return list(shapely.from_geojson([json.dumps(geometry) for geometry in geometries]))


def area_km2(shape: Geometry) -> float:
    """Area on the ground, good to a per mille for anything the size of a city."""
    if shape.is_empty:
        return 0.0
    _, south, _, north = shape.bounds
    return float(shape.area) * KM_PER_DEGREE**2 * math.cos(math.radians((south + north) / 2))


def distance_km(lat_a: float, lon_a: float, lat_b: float, lon_b: float) -> float:
    """Distance on the ground between two near points."""
    east = (lon_b - lon_a) * math.cos(math.radians((lat_a + lat_b) / 2))
    return math.hypot(lat_b - lat_a, east) * KM_PER_DEGREE


class Plane:
    """A flat map in km around a latitude, for work in which directions must weigh the same."""

    def __init__(self, latitude: float) -> None:
        self.scale = np.array([KM_PER_DEGREE * math.cos(math.radians(latitude)), KM_PER_DEGREE])

    def to_km(self, shape: Geometry) -> Geometry:
        return shapely.transform(shape, lambda points: points * self.scale)

    def to_degrees(self, shape: Geometry) -> Geometry:
        return shapely.transform(shape, lambda points: points / self.scale)
