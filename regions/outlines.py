"""Drawings of many outlines at once, small enough for a slow link.

A layer holds all outlines of one level inside a parent as gzipped JSON::

    {"step": 1e-05, "origin": [106.38, -6.37],
     "bounds": [west, south, east, north],
     "approximate": true | false | [positions in "codes"],
     "codes": ["31.71.01.1001.001", …],
     "rings": [[[x, y, dx, dy, …], …], …]}

`rings[i]` are the rings of `codes[i]`, outer rings and holes alike, to be filled by the even-odd rule. A
ring is a list of whole numbers: a first point and then the steps to each next one, east and north, in units
of `step` degrees from `origin`; it closes without repeating its first point. Neighbours are simplified
together and keep the same points along their common line, so no crack opens between them.
"""

import gzip
import hashlib
import json
from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Geometry

from .codes import Level
from .geometry import shapes_of, to_geojson
from .models import Boundary, OutlineLayer, Region

STEP = 1e-5  # degrees, about a metre
TOLERANCE = {Level.RW: 1.2e-4, Level.VILLAGE: 2e-4}  # degrees: the side of the detail that may go
COARSE = 4e-4


def outline_layer(parent_code: str, level: Level | str) -> tuple[str, bytes]:
    """The name (a hash of the content) and the gzipped JSON of a layer.

    The layers of a whole province are drawn and stored whenever its outlines change; smaller ones are drawn
    when asked for. Regions without an outline are missing; with none at all the layer is empty, not an error.
    """
    level = Level(level)
    layer = OutlineLayer.objects.filter(parent_code=parent_code, level=level.value).first()
    if layer is None:
        layer = draw_layer(parent_code, level)
    return layer.hash, bytes(layer.payload)


def children_geojson(code: str) -> dict[str, Any]:
    """GeoJSON of the regions directly below `code`; a null geometry where no outline is known.

    Each feature's id is its code; properties are code, name, level and approximate (null without outline).
    """
    children = list(Region.objects.current().children_of(code).select_related("boundary").order_by("code"))
    boundaries = [getattr(child, "boundary", None) for child in children]
    known = [boundary for boundary in boundaries if boundary is not None]
    shapes = _simplified(known, Level(known[0].region.level)) if known else []
    drawn = {boundary.region_id: shape for boundary, shape in zip(known, shapes, strict=True)}
    features = [
        {
            "type": "Feature",
            "id": child.code,
            "geometry": to_geojson(drawn[child.code]) if child.code in drawn else None,
            "properties": {
                "code": child.code,
                "name": child.full_name,
                "level": child.level,
                "approximate": boundary.is_approximate if boundary else None,
            },
        }
        for child, boundary in zip(children, boundaries, strict=True)
    ]
    return {"type": "FeatureCollection", "features": features}


def draw_layer(parent_code: str, level: Level) -> OutlineLayer:
    """A layer drawn from the outlines as they are now, not saved."""
    boundaries = list(
        Boundary.objects.filter(
            region__in=Region.objects.current().within(parent_code).at_level(level)
        ).order_by("region")
    )
    rings, origin = encode(_simplified(boundaries, level))
    approximate = [number for number, boundary in enumerate(boundaries) if boundary.is_approximate]
    document = {
        "step": STEP,
        "origin": origin,
        "bounds": _bounds(boundaries),
        "approximate": bool(approximate) if len(approximate) in (0, len(boundaries)) else approximate,
        "codes": [boundary.region_id for boundary in boundaries],
        "rings": rings,
    }
    content = json.dumps(document, separators=(",", ":")).encode()
    return OutlineLayer(
        parent_code=parent_code,
        level=level.value,
        hash=hashlib.sha256(content).hexdigest()[:20],
        payload=gzip.compress(content, 9, mtime=0),
        is_approximate=bool(approximate),
    )


def _simplified(boundaries: Sequence[Boundary], level: Level) -> list[Geometry]:
    shapes = shapes_of([boundary.geometry for boundary in boundaries])
    simpler = shapely.coverage_simplify(shapes, TOLERANCE.get(level, COARSE))
    return [small if not small.is_empty else shape for small, shape in zip(simpler, shapes, strict=True)]


def _bounds(boundaries: Sequence[Boundary]) -> list[float]:
    if not boundaries:
        return []
    return [
        min(boundary.min_lon for boundary in boundaries),
        min(boundary.min_lat for boundary in boundaries),
        max(boundary.max_lon for boundary in boundaries),
        max(boundary.max_lat for boundary in boundaries),
    ]


def encode(shapes: Sequence[Geometry]) -> tuple[list[list[list[int]]], list[float]]:
    """Rings of each shape as first point and steps, and the origin they count from (both as in a layer)."""
    if not len(shapes):
        return [], [0.0, 0.0]
    west, south, _, _ = shapely.total_bounds(list(shapes))
    origin = np.floor(np.array([west, south]) / STEP).astype(np.int64)
    encoded = []
    for shape in shapes:
        rings = [ring for part in shapely.get_parts(shape) for ring in (part.exterior, *part.interiors)]
        numbers = [_steps(shapely.get_coordinates(ring), origin) for ring in rings]
        # A hole or an islet smaller than a step may vanish, a region may not.
        encoded.append([ring for ring in numbers if len(ring) >= 6] or numbers[:1])
    return encoded, [round(float(value) * STEP, 5) for value in origin]


def _steps(points: NDArray[np.float64], origin: NDArray[np.int64]) -> list[int]:
    whole = np.rint(points / STEP).astype(np.int64) - origin
    moves = np.diff(whole, axis=0)
    moves = moves[np.any(moves != 0, axis=1)]
    # The last step leads back to the first point and is left out.
    return [int(number) for number in np.concatenate([whole[:1], moves[:-1]]).ravel()]


def decode(rings: Sequence[Sequence[int]], origin: Sequence[float]) -> list[NDArray[np.float64]]:
    """The rings of one region back in degrees, closed: what a browser does with a layer."""
    places = []
    for ring in rings:
        points = np.cumsum(np.array(ring).reshape(-1, 2), axis=0)
        places.append(np.vstack([points, points[:1]]) * STEP + np.asarray(origin))
    return places
