"""A small picture of a region and its parts, drawn as SVG paths on the server from the stored outlines."""

import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from regions.arcs import Ring
from regions.codes import Level
from regions.models import Region
from regions.outlines import outline_layer, rings_of

# A part that is small and lies apart (the islands of a mainland) would leave the rest too small to see.
SMALL_SHARE = 0.03
MARGIN = 0.02


@dataclass(frozen=True, slots=True)
class Outline:
    """One part: its code and the path of its rings, in the picture's units, north on top."""

    code: str
    path: str


@dataclass(frozen=True, slots=True)
class Picture:
    """`view_box` of the SVG; parts inside it; codes of parts that lie outside and are only listed.

    `bounds`: west, south, east, north of the parts inside, in degrees.
    """

    view_box: str
    bounds: tuple[float, float, float, float]
    parts: tuple[Outline, ...]
    left_out: tuple[str, ...]
    is_approximate: bool


Box = tuple[int, int, int, int]


def picture_of(region: Region) -> Picture | None:
    """The parts of a region (of an RW: its village's RW); None where no outline is known."""
    level = Level(region.level)
    parent = region.parent_id if level is Level.RW else region.code
    parts_level = Level.RW if level is Level.RW else list(Level)[level.depth + 1]
    _hash, payload = outline_layer(parent or region.code, parts_level)
    layer = json.loads(gzip.decompress(payload))
    if not layer["codes"]:
        return None
    drawn = rings_of(layer)
    boxes = [_box(rings) for rings in drawn]
    shown = _shown(boxes, [sum(_area(ring) for ring in rings) for rings in drawn])
    return Picture(
        view_box=_view_box([boxes[i] for i in shown]),
        bounds=_degrees(_union([boxes[i] for i in shown]), layer["origin"], layer["step"]),
        parts=tuple(Outline(layer["codes"][i], _path(drawn[i])) for i in shown),
        left_out=tuple(code for i, code in enumerate(layer["codes"]) if i not in shown),
        is_approximate=bool(layer["approximate"]),
    )


def _box(rings: Sequence[Ring]) -> Box:
    points = np.concatenate(rings)
    west, south = points.min(axis=0)
    east, north = points.max(axis=0)
    return int(west), int(south), int(east), int(north)


def _path(rings: Sequence[Ring]) -> str:
    """A first point and steps, as in a layer; only north is up there and down in SVG."""
    drawn = []
    for ring in rings:
        steps = " ".join(f"{dx} {-dy}" for dx, dy in np.diff(ring, axis=0))
        drawn.append(f"M{ring[0][0]} {-ring[0][1]}l{steps}z")
    return "".join(drawn)


def _area(ring: Ring) -> float:
    """What a ring encloses, by the shoelace; a hole counts as its own area, which is small enough here."""
    x, y = ring[:, 0].astype(float), ring[:, 1].astype(float)
    return float(abs(x @ np.roll(y, -1) - np.roll(x, -1) @ y) / 2)


def _shown(boxes: Sequence[Box], sizes: Sequence[float]) -> list[int]:
    """Positions of the parts to draw: the large ones, and small ones that lie within their reach."""
    whole = sum(sizes) or 1
    large = [i for i, size in enumerate(sizes) if size / whole >= SMALL_SHARE] or list(range(len(boxes)))
    core = _union([boxes[i] for i in large])
    height, width = core[3] - core[1], core[2] - core[0]
    reach = (core[0] - width // 4, core[1] - height // 4, core[2] + width // 4, core[3] + height // 4)
    return [i for i, box in enumerate(boxes) if i in large or _inside(box, reach)]


def _union(boxes: Sequence[Box]) -> Box:
    west, south, east, north = zip(*boxes, strict=True)
    return min(west), min(south), max(east), max(north)


def _degrees(box: Box, origin: Sequence[float], step: float) -> tuple[float, float, float, float]:
    west, south, east, north = (round(origin[i % 2] + edge * step, 5) for i, edge in enumerate(box))
    return west, south, east, north


def _inside(box: Box, other: Box) -> bool:
    return box[0] >= other[0] and box[2] <= other[2] and box[1] >= other[1] and box[3] <= other[3]


def _view_box(boxes: Sequence[Box]) -> str:
    west, south, east, north = _union(boxes)
    edge = round(max(east - west, north - south) * MARGIN) or 1
    return f"{west - edge} {-north - edge} {east - west + 2 * edge} {north - south + 2 * edge}"
