"""Where a report and its photos say they were made, against the recipient's outline and site."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import shapely
from shapely import Geometry

from donations.deliveries.models import Delivery
from regions.geometry import Plane, distance_km, shapes_of
from regions.models import Boundary, Region

Position = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Area:
    """What a recipient covers: an outline, perhaps an approximate one, and the site if one receives.

    `centre` stands in where no outline is known.
    """

    region: Region
    outline: Geometry | None
    is_approximate: bool
    site: Position | None
    centre: Position | None

    def outside(self, position: Position) -> int | None:
        """Metres from the outline (0 inside it), or from the site if that is nearer; None where neither is known."""
        known = [self._to_outline(position), self._to_site(position)]
        found = [metres for metres in known if metres is not None]
        if not found and self.centre is not None:
            return round(distance_km(*position, *self.centre) * 1000)
        return min(found, default=None)

    @property
    def by_centre(self) -> bool:
        """Whether distances are measured to the centre, for want of anything better."""
        return self.outline is None and self.site is None and self.centre is not None

    def _to_outline(self, position: Position) -> int | None:
        if self.outline is None:
            return None
        latitude, longitude = position
        plane = Plane(latitude)
        point = plane.to_km(shapely.Point(longitude, latitude))
        # At the other end of the earth the plane is no measure, and the figure only says "far".
        return math.ceil(shapely.distance(plane.to_km(self.outline), point) * 1000)

    def _to_site(self, position: Position) -> int | None:
        return None if self.site is None else round(distance_km(*position, *self.site) * 1000)


def area_of(delivery: Delivery) -> Area:
    """The area of a delivery's recipient. One query; the delivery has its region and site loaded."""
    region, site = delivery.region, delivery.site
    boundary = Boundary.objects.filter(region=region).first()
    return Area(
        region=region,
        outline=shapes_of([boundary.geometry])[0] if boundary else None,
        is_approximate=bool(boundary and boundary.is_approximate),
        site=position_of(site),
        centre=position_of(region),
    )


def position_of(thing: object) -> Position | None:
    """Latitude and longitude of whatever has them, None where one is missing."""
    latitude, longitude = getattr(thing, "latitude", None), getattr(thing, "longitude", None)
    return None if latitude is None or longitude is None else (latitude, longitude)


@dataclass(frozen=True, slots=True)
class Mark:
    """A place on the drawing. `kind`: site, report or photo; `number`: of a photo."""

    kind: str
    position: Position
    number: int = 0


@dataclass(frozen=True, slots=True)
class Placed:
    """A mark on the paper; `beyond`: it lies outside of what is drawn, and stands at the edge in its direction."""

    kind: str
    number: int
    x: float
    y: float
    beyond: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    """North on top, `SIZE` units wide and high, all lengths in those units. `metres`: what `bar` units stand for."""

    path: str
    marks: tuple[Placed, ...]
    bar: float
    metres: int


SIZE = 400
EDGE = 28
# What lies farther from the area than this is told at the edge, so that the area stays large enough to see.
SEEN_KM = 1.0
# A round half for the scale.
BARS = (50, 100, 200, 500, 1000, 2000, 5000, 10_000)


def drawing_of(area: Area, marks: Sequence[Mark]) -> Drawing | None:
    """The outline and the marks, None where there is nothing to draw."""
    base = [point for point in (area.site, area.centre) if point is not None]
    anchor = base[0] if base else (marks[0].position if marks else None)
    if anchor is None:
        return None
    plane = Plane(anchor[0])
    outline = None if area.outline is None else plane.to_km(area.outline)
    core = outline or shapely.MultiPoint([_km(plane, anchor)]).buffer(0.2)
    near = [
        point for mark in marks if shapely.distance(core, point := _point(plane, mark.position)) <= SEEN_KM
    ]
    west, south, east, north = shapely.unary_union([core, *near]).bounds
    scale = (SIZE - 2 * EDGE) / max(east - west, north - south, 0.05)
    middle = ((west + east) / 2, (south + north) / 2)

    def paper(x: float, y: float) -> Position:
        return SIZE / 2 + (x - middle[0]) * scale, SIZE / 2 - (y - middle[1]) * scale

    placed = tuple(_placed(mark, *paper(*_km(plane, mark.position))) for mark in marks)
    metres = next((bar for bar in reversed(BARS) if bar / 1000 * scale <= SIZE / 3), BARS[0])
    return Drawing(
        path="" if outline is None else _path(outline, paper),
        marks=placed,
        bar=round(metres / 1000 * scale, 1),
        metres=metres,
    )


def _placed(mark: Mark, x: float, y: float) -> Placed:
    half, reach = SIZE / 2, SIZE / 2 - EDGE / 2
    far = max(abs(x - half), abs(y - half)) / reach
    if far > 1:
        x, y = half + (x - half) / far, half + (y - half) / far
    return Placed(mark.kind, mark.number, round(x, 1), round(y, 1), far > 1)


def _km(plane: Plane, position: Position) -> tuple[float, float]:
    latitude, longitude = position
    return longitude * float(plane.scale[0]), latitude * float(plane.scale[1])


def _point(plane: Plane, position: Position) -> Geometry:
    return shapely.Point(*_km(plane, position))


def _path(outline: Geometry, paper: Callable[[float, float], Position]) -> str:
    drawn = []
    for part in shapely.get_parts(outline):
        for ring in (part.exterior, *part.interiors):
            points = [paper(x, y) for x, y in ring.coords[:-1]]
            drawn.append("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + "z")
    return "".join(drawn)
