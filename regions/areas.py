"""A part of the map with corners of its own: drawn by somebody, a box, or what lies around a place.

In an address it is its corners in turn, "latitude_longitude_latitude_longitude…", which need no escaping there.
"""

import math
import re
from dataclasses import dataclass
from itertools import pairwise

from regions.geometry import KM_PER_DEGREE

MOST_CORNERS = 40
# The longest text of that many corners.
LONGEST = MOST_CORNERS * 24
ROUND_CORNERS = 32
_NUMBER = re.compile(r"-?\d{1,3}(?:\.\d{1,6})?")

Corner = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Area:
    """`corners`: latitude and longitude of at least three, which enclose something."""

    corners: tuple[Corner, ...]

    @property
    def text(self) -> str:
        return "_".join(f"{degrees:.4f}" for corner in self.corners for degrees in corner)

    @property
    def polygon(self) -> str:
        """As PostgreSQL writes its own type."""
        return f"({','.join(f'({longitude},{latitude})' for latitude, longitude in self.corners)})"


def read_area(text: str) -> Area | None:
    """The area that an address writes; None for anything that is none."""
    parts = text.split("_")
    if len(parts) % 2 or not 3 <= len(parts) // 2 <= MOST_CORNERS:
        return None
    if not all(_NUMBER.fullmatch(part) for part in parts):
        return None
    degrees = [float(part) for part in parts]
    return _area(list(zip(degrees[::2], degrees[1::2], strict=True)))


def box(west: float, south: float, east: float, north: float) -> Area | None:
    """Within edges of longitude and latitude."""
    if west >= east or south >= north:
        return None
    return _area([(south, west), (south, east), (north, east), (north, west)])


def around(latitude: float, longitude: float, km: float) -> Area:
    """All that lies no farther than so many km away, but for what a circle has beyond its corners."""
    high = km / KM_PER_DEGREE
    wide = high / max(0.01, math.cos(math.radians(latitude)))
    turns = [2 * math.pi * step / ROUND_CORNERS for step in range(ROUND_CORNERS)]
    return Area(
        tuple((latitude + high * math.sin(turn), longitude + wide * math.cos(turn)) for turn in turns)
    )


def _area(corners: list[Corner]) -> Area | None:
    if not all(abs(latitude) <= 90 and abs(longitude) <= 180 for latitude, longitude in corners):
        return None
    ring = [*corners, corners[0]]
    twice = sum(a[1] * b[0] - b[1] * a[0] for a, b in pairwise(ring))
    return Area(tuple(corners)) if abs(twice) > 1e-9 else None
