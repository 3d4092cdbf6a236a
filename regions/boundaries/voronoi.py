"""Approximate outlines from a gazetteer: cells around village centres, divided into the village's RW.

Pure geometry, the same result for the same input. Everything happens in km on a plane; at the end all
lines are noded on one grid in degrees and cut into faces, so that neighbours share exactly the same
points: no gap, no overlap.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Geometry, MultiPoint, MultiPolygon, Point, Polygon, STRtree

from regions.geometry import GRID, Plane, only_polygons

LLOYD_ROUNDS = 4
CLOSING_KM = 1.2  # gaps between villages of one mainland are narrower than twice this
ASSUMED_KM2 = 1.0  # of a village whose area is not known
DISC_GROWTH = 1.08  # discs of the villages' areas leave corners between them
SMALLEST_SHARE = 0.02  # a village's rest smaller than this share of it is a crack, not land for more RW


@dataclass
class Village:
    """A village to be outlined: its centre, its area, the RW to be placed, and outlines that are known."""

    code: str
    lat: float
    lon: float
    area_km2: float | None
    rw_codes: Sequence[str]
    outline: Geometry | None = None
    known_rw: Sequence[Geometry] = field(default_factory=list)


def derive(villages: Sequence[Village]) -> dict[str, Polygon | MultiPolygon]:
    """Outlines by code: of every RW to be placed, and of villages that have neither RW nor an outline.

    A village with an outline keeps it and only its RW are placed, in what known RW leave of it. RW for
    which no room is left are missing from the result.
    """
    if not villages:
        return {}
    plane = Plane(sum(village.lat for village in villages) / len(villages))
    cells = _cells(villages, plane)
    lines: list[Geometry] = []
    seeds: dict[str, NDArray[np.float64]] = {}
    for village, cell in zip(villages, cells, strict=True):
        lines.append(plane.to_degrees(cell.boundary))
        room = _room(village, cell, plane)
        if room is not None and village.rw_codes:
            seeds[village.code], inner = _divide(room, len(village.rw_codes))
            lines += [plane.to_degrees(line) for line in (inner, room.boundary)]
    return _faces(villages, cells, lines, seeds, plane)


def _cells(villages: Sequence[Village], plane: Plane) -> list[Geometry]:
    """One area a village, in km: its known outline, or its Voronoi cell on the land that is left."""
    points = [plane.to_km(Point(village.lon, village.lat)) for village in villages]
    land = _land(villages, points)
    known = [plane.to_km(village.outline) if village.outline else None for village in villages]
    taken = shapely.union_all([outline for outline in known if outline is not None])
    cells = _voronoi(points, land)
    return [
        outline if outline is not None else shapely.difference(shapely.intersection(cell, land), taken)
        for cell, outline in zip(cells, known, strict=True)
    ]


def _land(villages: Sequence[Village], points: Sequence[Point]) -> Geometry:
    """A believable shore: discs of the villages' areas grown together, one blob for each island."""
    discs = [
        point.buffer(DISC_GROWTH * math.sqrt((village.area_km2 or ASSUMED_KM2) / math.pi), quad_segs=6)
        for village, point in zip(villages, points, strict=True)
    ]
    union = shapely.union_all(discs)
    closed = union.buffer(CLOSING_KM, quad_segs=4).buffer(-CLOSING_KM, quad_segs=4).union(union)
    filled = [Polygon(part.exterior) for part in shapely.get_parts(closed)]
    return shapely.union_all(filled).simplify(0.05)


def _voronoi(points: Sequence[Point], around: Geometry) -> list[Geometry]:
    """The Voronoi cell of each point, in their order; the whole of `around` for a single one."""
    if len(points) == 1:
        return [around.envelope.buffer(1)]
    cells = shapely.voronoi_polygons(MultiPoint(points), extend_to=around.envelope.buffer(1), ordered=True)
    return list(cells.geoms)


def _room(village: Village, cell: Geometry, plane: Plane) -> Polygon | MultiPolygon | None:
    """Where the RW to be placed may lie: the cell without known RW; None where only cracks are left."""
    if not village.known_rw:
        return only_polygons(cell)
    rest = shapely.difference(cell, plane.to_km(shapely.union_all(list(village.known_rw))))
    opened = rest.buffer(-0.01).buffer(0.01).intersection(rest)
    room = only_polygons(opened)
    return room if room is not None and room.area >= SMALLEST_SHARE * cell.area else None


def _divide(room: Polygon | MultiPolygon, count: int) -> tuple[NDArray[np.float64], Geometry]:
    """Centres of `count` similar parts of a room, numbered from north-west, and the lines between them."""
    shapely.prepare(room)
    points = _spread(room, count)
    for _ in range(LLOYD_ROUNDS if count > 1 else 0):
        parts = shapely.intersection(_voronoi(list(shapely.points(points)), room), room)
        centres = shapely.get_coordinates(shapely.centroid(parts))
        inside = shapely.contains_xy(room, centres[:, 0], centres[:, 1])
        points = np.where(inside[:, None], centres, points)
    _, south, _, north = room.bounds
    row_height = (north - south) / max(1, round(math.sqrt(count))) or 1.0
    rows = np.floor((north - points[:, 1]) / row_height)
    points = points[np.lexsort((points[:, 0], rows))]
    cells = _voronoi(list(shapely.points(points)), room)
    inner = shapely.union_all([shapely.intersection(cell.boundary, room) for cell in cells])
    return points, inner


def _spread(room: Geometry, count: int) -> NDArray[np.float64]:
    """The first `count` points of a Halton sequence over the room's box that fall inside the room."""
    west, south, east, north = room.bounds
    found: list[tuple[float, float]] = []
    for index in range(1, 400 * count + 4_000):
        x = west + (east - west) * _halton(index, 2)
        y = south + (north - south) * _halton(index, 3)
        if shapely.contains_xy(room, x, y):
            found.append((x, y))
            if len(found) == count:
                return np.array(found)
    # A thin sliver that no point of the sequence hits: along its inside.
    inside = room.representative_point()
    step = (east - west) * 1e-4
    found += [(inside.x + step * index, inside.y) for index in range(count - len(found))]
    return np.array(found)


def _halton(index: int, base: int) -> float:
    value, part = 0.0, 1.0
    while index:
        part /= base
        value += part * (index % base)
        index //= base
    return value


def _faces(
    villages: Sequence[Village],
    cells: Sequence[Geometry],
    lines: Sequence[Geometry],
    seeds: dict[str, NDArray[np.float64]],
    plane: Plane,
) -> dict[str, Polygon | MultiPolygon]:
    """Cut the noded lines into faces and give each to the RW, or the village, in which it lies."""
    noded = shapely.union_all(list(lines), grid_size=GRID)
    faces = [face for face in shapely.get_parts(shapely.polygonize([noded])) if face.area > 0]
    inside = _inner_points(faces, plane)
    owners: dict[str, list[Geometry]] = {}
    tree = STRtree(list(cells))
    face_numbers, village_numbers = tree.query(inside, predicate="within")
    known = {
        village.code: shapely.union_all(list(village.known_rw)) for village in villages if village.known_rw
    }
    seen: set[int] = set()
    for face_number, village_number in sorted(
        zip(face_numbers.tolist(), village_numbers.tolist(), strict=True)
    ):
        if face_number in seen:  # where known outlines overlap, the first in order of code has it
            continue
        seen.add(face_number)
        village, face = villages[village_number], faces[face_number]
        if village.code in known and known[village.code].intersects(face.representative_point()):
            continue
        owner = _owner(village, seeds.get(village.code), inside[face_number])
        if owner:
            owners.setdefault(owner, []).append(face)
    return {code: _joined(parts) for code, parts in sorted(owners.items())}


def _inner_points(faces: Sequence[Geometry], plane: Plane) -> list[Point]:
    """A point inside each face, in km."""
    return [plane.to_km(face.representative_point()) for face in faces]


def _owner(village: Village, seeds: NDArray[np.float64] | None, point: Point) -> str:
    if seeds is not None:
        nearest = int(np.argmin(((seeds - (point.x, point.y)) ** 2).sum(axis=1)))
        return village.rw_codes[nearest]
    return "" if village.outline is not None or village.rw_codes else village.code


def _joined(parts: Sequence[Geometry]) -> Polygon | MultiPolygon:
    joined = parts[0] if len(parts) == 1 else shapely.coverage_union_all(list(parts))
    areas = only_polygons(joined)
    assert areas is not None  # faces have an area
    return areas
