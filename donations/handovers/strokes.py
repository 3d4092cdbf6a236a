"""Signatures drawn with a finger: strokes of points in a box, from the text that a page sends to lines that are drawn.

Pure. A stroke is [x, y, x, y …], whole numbers in a box of 1,000 by 400; a signature is a list of strokes.
"""

import json
import math
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from accounts.errors import Refused

WIDE, HIGH = 1000, 400
MOST_STROKES, MOST_POINTS, MOST_SIGNS = 120, 4000, 60_000
# Less line than this, or a smaller extent, is a dot or a slip of the finger.
LEAST_LINE, LEAST_EXTENT = 150, 60
PEN = 7
Strokes = list[list[int]]


def read(text: str, field: str = "signatures") -> Strokes:
    """The strokes that a page sent; empty where there are none. Raises `Refused` for what is no signature."""
    if not text.strip():
        return []
    if len(text) > MOST_SIGNS:
        raise Refused(_too_much(), field=field, code="too_much")
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        told = None
    strokes = _strokes(told)
    if strokes is None:
        raise Refused(
            _("Tanda tangannya tidak terbaca. Tandatangani sekali lagi."), field=field, code="unreadable"
        )
    if not strokes:
        return []
    if len(strokes) > MOST_STROKES or sum(map(len, strokes)) > 2 * MOST_POINTS:
        raise Refused(_too_much(), field=field, code="too_much")
    if _length(strokes) < LEAST_LINE or _extent(strokes) < LEAST_EXTENT:
        raise Refused(
            _("Tanda tangannya baru berupa titik. Tandatangani sekali lagi, seperti di kertas."),
            field=field,
            code="dot",
        )
    return strokes


def path(strokes: Strokes) -> str:
    """The `d` of an SVG path: whole numbers and letters only. A stroke of one point is a dot."""
    parts = []
    for stroke in strokes:
        points = [f"{x} {y}" for x, y in _points(stroke)]
        parts.append(f"M{points[0]}L" + "L".join(points[1:] or points))
    return "".join(parts)


def picture(strokes: Strokes) -> bytes:
    """An SVG of the signature alone, in ink, for documents."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {HIGH}"><path d="{path(strokes)}" fill="none" '
        f'stroke="#14213d" stroke-width="{PEN}" stroke-linecap="round" stroke-linejoin="round"/></svg>'
    ).encode()


def _too_much() -> str:
    return _("Tanda tangannya terlalu rumit untuk disimpan. Hapus, lalu tandatangani lebih sederhana.")


def _strokes(told: Any) -> Strokes | None:
    if not isinstance(told, list):
        return None
    for stroke in told:
        if not isinstance(stroke, list) or len(stroke) < 2 or len(stroke) % 2:
            return None
        if not all(type(value) is int for value in stroke):
            return None
        if not all(0 <= x <= WIDE and 0 <= y <= HIGH for x, y in _points(stroke)):
            return None
    return told


def _points(stroke: list[int]) -> list[tuple[int, int]]:
    return list(zip(stroke[::2], stroke[1::2], strict=True))


def _length(strokes: Strokes) -> float:
    return sum(math.dist(one, other) for stroke in strokes for one, other in pairwise(_points(stroke)))


def _extent(strokes: Strokes) -> int:
    points = [point for stroke in strokes for point in _points(stroke)]
    return max(max(axis) - min(axis) for axis in zip(*points, strict=True))
