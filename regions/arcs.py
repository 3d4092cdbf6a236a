"""Outlines as shared lines: a border between two neighbours is kept once, and used by both.

Pure: works on rings of whole numbers. A *ring* is an (n, 2) array of points that closes without repeating the
first one; an *arc* runs from one junction (a point where more than two lines meet) to the next, or all the way
round a ring that has none.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Point = tuple[int, int]
Ring = NDArray[np.int64]
Rings = Sequence[Ring]
Shapes = Sequence[Sequence[Sequence[int]]]


def cut(regions: Sequence[Rings]) -> tuple[list[Ring], list[list[list[int]]]]:
    """The arcs, and for each region its rings as numbers of arcs; `~n` is arc n walked backwards.

    An arc includes both its ends; one that goes all the way round repeats its first point at the end.
    """
    rings = [[[(int(x), int(y)) for x, y in ring] for ring in rings] for rings in regions]
    junctions = _junctions(ring for several in rings for ring in several)
    arcs: list[Ring] = []
    numbers: dict[tuple[Point, ...], int] = {}

    def number_of(points: tuple[Point, ...]) -> int:
        if points in numbers:
            return numbers[points]
        if points[::-1] in numbers:
            return ~numbers[points[::-1]]
        numbers[points] = len(arcs)
        arcs.append(np.array(points, dtype=np.int64))
        return numbers[points]

    shapes = [
        [[number_of(part) for part in _parts(ring, junctions)] for ring in several] for several in rings
    ]
    return arcs, shapes


def join(arcs: Sequence[Ring], shape: Sequence[Sequence[int]]) -> list[Ring]:
    """The rings of one region again: what `cut` was given, though a ring may begin at another of its points."""
    return [
        np.concatenate([(arcs[number] if number >= 0 else arcs[~number][::-1])[:-1] for number in ring])
        for ring in shape
    ]


def counted_back(shapes: Shapes) -> list[list[list[int]]]:
    """The numbers of arcs as small numbers: 0 for the next one not used yet, else how far before it, ± as walked."""
    following = 0
    found: list[list[list[int]]] = []
    for shape in shapes:
        found.append([])
        for ring in shape:
            found[-1].append([])
            for number in ring:
                arc = number if number >= 0 else ~number
                if arc == following:
                    found[-1][-1].append(0)
                    following += 1
                else:
                    found[-1][-1].append((following - arc) * (1 if number >= 0 else -1))
    return found


def counted_up(shapes: Shapes) -> list[list[list[int]]]:
    """The numbers of arcs again."""
    following = 0
    found: list[list[list[int]]] = []
    for shape in shapes:
        found.append([])
        for ring in shape:
            found[-1].append([])
            for back in ring:
                arc = following - abs(back)
                found[-1][-1].append(~arc if back < 0 else arc)
                following += back == 0
    return found


def _junctions(rings: Iterable[list[Point]]) -> set[Point]:
    """Points with other than two neighbours: only there can one line become the border of another pair."""
    neighbours: dict[Point, set[Point]] = {}
    for ring in rings:
        for here, there in zip(ring, [*ring[1:], ring[0]], strict=True):
            neighbours.setdefault(here, set()).add(there)
            neighbours.setdefault(there, set()).add(here)
    return {point for point, around in neighbours.items() if len(around) != 2}


def _parts(ring: list[Point], junctions: set[Point]) -> list[tuple[Point, ...]]:
    """A ring cut at its junctions. Without any it begins at its lowest point, so that both sides agree."""
    at = [place for place, point in enumerate(ring) if point in junctions]
    if not at:
        first = ring.index(min(ring))
        round_trip = [*ring[first:], *ring[: first + 1]]
        return [tuple(round_trip)]
    turned = [*ring[at[0] :], *ring[: at[0] + 1]]
    cuts = [place - at[0] for place in at] + [len(ring)]
    return [tuple(turned[begin : end + 1]) for begin, end in pairwise(cuts)]
