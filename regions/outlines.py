"""Drawings of many outlines at once, small enough for a slow link.

A layer holds all outlines of one level inside a parent as gzipped JSON::

    {"step": 2e-05, "origin": [106.38, -6.37],
     "bounds": [west, south, east, north],
     "approximate": true | false | [positions in "codes"],
     "codes": ["31.71.01.1001.001", …],
     "arcs": [[dx, dy, dx, dy, …], …],
     "shapes": [[[arc, …], …], …]}

An arc is a line between two neighbours (or along the edge of all), kept once: steps east and north in whole units
of `step` degrees, the first one from the end of the arc before it (of the very first, from `origin`). `shapes[i]`
are the rings of `codes[i]`, outer rings and holes alike, to be filled by the even-odd rule; a ring is its arcs one
after the other, and each is 0 for the next arc that was not used yet, or how many before that one it stands, below
zero when it is walked backwards: small numbers, which is what compresses well.

What is drawn by hand and fits badly is made to fit first, and neighbours are simplified together, so no crack opens
between them.
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

from .arcs import Ring, counted_back, counted_up, cut, join
from .codes import Level
from .geometry import shapes_of, to_geojson
from .models import Boundary, OutlineLayer, Region

FORM = "2-"  # begins the names of layers as described above; those of another form are drawn anew
STEP = 2e-5  # degrees, about two metres
NARROW = 3e-4  # degrees: a gap narrower than this between hand-drawn neighbours is no land
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


def layer_name(parent_code: str, level: Level) -> str:
    """The hash of a layer, without the layer."""
    stored = OutlineLayer.objects.filter(parent_code=parent_code, level=level.value)
    return stored.values_list("hash", flat=True).first() or draw_layer(parent_code, level).hash


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
    drawn, origin = encode(_simplified(boundaries, level))
    approximate = [number for number, boundary in enumerate(boundaries) if boundary.is_approximate]
    document = {
        "step": STEP,
        "origin": origin,
        "bounds": _bounds(boundaries),
        "approximate": bool(approximate) if len(approximate) in (0, len(boundaries)) else approximate,
        "codes": [boundary.region_id for boundary in boundaries],
        **drawn,
    }
    content = json.dumps(document, separators=(",", ":")).encode()
    return OutlineLayer(
        parent_code=parent_code,
        level=level.value,
        hash=FORM + hashlib.sha256(content).hexdigest()[:20],
        payload=gzip.compress(content, 9, mtime=0),
        is_approximate=bool(approximate),
    )


def _simplified(boundaries: Sequence[Boundary], level: Level) -> list[Geometry]:
    return simplified(shapes_of([boundary.geometry for boundary in boundaries]), level)


def simplified(shapes: list[Geometry], level: Level) -> list[Geometry]:
    """Shapes with the detail that a drawing of this level shows; neighbours meet in the same points."""
    fitting = _fitted(shapes)
    simpler = shapely.coverage_simplify(fitting, TOLERANCE.get(level, COARSE))
    return [small if not small.is_empty else shape for small, shape in zip(simpler, shapes, strict=True)]


def _fitted(shapes: list[Geometry]) -> list[Geometry]:
    """Neighbours that meet in the same points. One that another hides wholly stays as it was drawn."""
    if not shapes or shapely.coverage_is_valid(shapes):
        return shapes
    cleaned = shapely.coverage_clean(shapes, gap_width=NARROW)
    return [new if not new.is_empty else old for new, old in zip(cleaned, shapes, strict=True)]


def _bounds(boundaries: Sequence[Boundary]) -> list[float]:
    if not boundaries:
        return []
    return [
        min(boundary.min_lon for boundary in boundaries),
        min(boundary.min_lat for boundary in boundaries),
        max(boundary.max_lon for boundary in boundaries),
        max(boundary.max_lat for boundary in boundaries),
    ]


def encode(shapes: Sequence[Geometry]) -> tuple[dict[str, Any], list[float]]:
    """`arcs` and `shapes` of a layer, and the origin that they count from."""
    if not len(shapes):
        return {"arcs": [], "shapes": []}, [0.0, 0.0]
    west, south, _, _ = shapely.total_bounds(list(shapes))
    origin = np.floor(np.array([west, south]) / STEP).astype(np.int64)
    arcs, numbers = cut([_rings(shape, origin) for shape in shapes])
    ends = [np.zeros(2, dtype=np.int64), *(arc[-1] for arc in arcs)]
    steps = [
        [int(number) for number in np.diff(arc, axis=0, prepend=[end]).ravel()]
        for arc, end in zip(arcs, ends, strict=False)
    ]
    return {"arcs": steps, "shapes": counted_back(numbers)}, [
        round(float(value) * STEP, 5) for value in origin
    ]


def _rings(shape: Geometry, origin: NDArray[np.int64]) -> list[Ring]:
    """Rings in whole steps. A hole or an islet smaller than a step may vanish, a region may not."""
    lines = [ring for part in shapely.get_parts(shape) for ring in (part.exterior, *part.interiors)]
    rings = [_ring(shapely.get_coordinates(line), origin) for line in lines]
    large = [ring for ring in rings if len(ring) >= 3]
    if large:
        return large
    speck = np.rint(shapely.get_coordinates(shape)[0] / STEP).astype(np.int64) - origin
    return [speck + np.array([(0, 0), (1, 0), (0, 1)])]


def _ring(points: NDArray[np.float64], origin: NDArray[np.int64]) -> Ring:
    whole = np.rint(points / STEP).astype(np.int64) - origin
    return whole[:-1][np.any(np.diff(whole, axis=0) != 0, axis=1)]


def rings_of(layer: dict[str, Any]) -> list[list[Ring]]:
    """The rings of each region of a layer, in whole steps from its origin; none repeats its first point."""
    arcs: list[Ring] = []
    end = np.zeros(2, dtype=np.int64)
    for steps in layer["arcs"]:
        arcs.append(np.cumsum(np.array(steps, dtype=np.int64).reshape(-1, 2), axis=0) + end)
        end = arcs[-1][-1]
    return [join(arcs, shape) for shape in counted_up(layer["shapes"])]


def decode(layer: dict[str, Any]) -> list[list[NDArray[np.float64]]]:
    """The rings of each region back in degrees, closed: what a browser does with a layer."""
    origin = np.asarray(layer["origin"])
    return [
        [np.vstack([ring, ring[:1]]) * layer["step"] + origin for ring in rings] for rings in rings_of(layer)
    ]
