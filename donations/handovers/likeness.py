"""What a picture looks like in 64 bits, so that a smaller or re-encoded copy of it is found. Pure but for Pillow.

A difference hash: the picture in grey, 9 by 8; each bit says whether a point is lighter than the one to its right.
Scaling, other qualities and small changes of light leave nearly all bits as they are; another motif shares about half.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import IO

from PIL import Image, ImageStat

WIDE, HIGH = 9, 8
BITS = (WIDE - 1) * HIGH
# Two pictures are alike up to so many different bits.
ALIKE = 6
# Sixteen bits each: of two pictures that differ in at most seven, one band differs in at most one.
BANDS = tuple(range(0, BITS, 16))
BAND_MASK = 0xFFFF
# A band itself, and every band that differs from it in one bit.
FLIPS = (0, *(1 << bit for bit in range(16)))
# With less contrast (standard deviation of 256 steps), or fewer bits of one kind, there is nothing to recognise.
FLAT, FEW_BITS = 8, 4
# Of 255 in the mean: nothing can be made out.
DARK = 30
THUMBNAIL = (72, 64)


@dataclass(frozen=True, slots=True)
class Look:
    """`likeness`: the hash as PostgreSQL keeps it (64 bits with a sign), None for a picture of nothing.

    `brightness`: 0 to 255 in the mean; `contrast`: the standard deviation of that.
    """

    likeness: int | None
    brightness: int
    contrast: int


def look_at(stream: IO[bytes]) -> Look:
    """Read an encoded picture of ours; the stream is left at its beginning."""
    stream.seek(0)
    with Image.open(stream) as picture:
        picture.draft("L", (WIDE * 16, HIGH * 16))
        grey = picture.convert("L")
    stream.seek(0)
    measured = ImageStat.Stat(grey.resize(THUMBNAIL, Image.Resampling.BOX))
    contrast = round(measured.stddev[0])
    found = _signed(_hash(grey))
    ones = bits(found)
    says_nothing = is_flat(contrast) or not FEW_BITS <= ones <= BITS - FEW_BITS
    return Look(None if says_nothing else found, round(measured.mean[0]), contrast)


def is_dark(brightness: int | None) -> bool:
    """Whether that is known and too dark to see anything."""
    return brightness is not None and brightness < DARK


def is_flat(contrast: int | None) -> bool:
    """Whether that is known and of one colour."""
    return contrast is not None and contrast < FLAT


def difference(one: int, other: int) -> int:
    """How many of the 64 bits differ."""
    return bits(one ^ other)


def bits(value: int) -> int:
    return (value & (1 << BITS) - 1).bit_count()


def _hash(grey: Image.Image) -> int:
    points = grey.resize((WIDE, HIGH), Image.Resampling.LANCZOS).tobytes()
    found = 0
    for left, right in _neighbours(points):
        found = found << 1 | (left > right)
    return found


def _neighbours(points: bytes) -> Iterator[tuple[int, int]]:
    for row in range(HIGH):
        line = points[row * WIDE : (row + 1) * WIDE]
        yield from pairwise(line)


def _signed(value: int) -> int:
    return value - (1 << BITS) if value >= 1 << BITS - 1 else value
