"""Sheets of paper that were photographed or scanned: each page straightened, made readable and encoded anew.

Nothing of the file that was sent is kept but what its pages look like: scripts, forms and attachments stay outside.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageOps

from accounts.decoder import Declined, encoded, kind_of
from accounts.decoding import decoded, refusal
from accounts.photos import fingerprint

# A line of 8 points is readable on a page of A4 with this many pixels.
EDGE, QUALITY, KEPT_QUALITY = 2000, 90, 72
# In which the paper is looked for.
SMALL = 240
SKEWS = [step / 2 for step in range(-12, 13)]
LEAST_SHARE, MOST_SHARE, FULL = 0.25, 0.97, 0.85
Corners = list[tuple[float, float]]
Array = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True, slots=True)
class Page:
    """A clean JPEG of one page, its number in the file (from 1), and the file's fingerprint."""

    content: bytes
    number: int
    sha256: str


def pages(upload: IO[bytes], size: int | None = None, *, most: int, field: str) -> Iterator[Page]:
    """The pages of a picture or PDF, one after the other; raises `Refused` with what to do instead."""
    sha256 = fingerprint(upload, size)
    head = upload.read(64)
    upload.seek(0)
    try:
        if kind_of(head) == "svg":
            raise Declined("svg")
        for number, page in enumerate(decoded(upload, edge=EDGE, quality=QUALITY, most_pages=most), 1):
            yield Page(readable(page.content), number, sha256)
    except Declined as declined:
        raise refusal(declined, field) from declined


def readable(content: bytes) -> bytes:
    """A page as a JPEG: the paper alone and upright where it is seen, its lines level, its ground white."""
    image: Image.Image = Image.open(io.BytesIO(content))
    if image.mode != "RGB":
        image = image.convert("RGB")
    corners = paper(image)
    image = flattened(image, corners) if corners else levelled(image)
    return encoded(whitened(image), KEPT_QUALITY)


def paper(image: Image.Image) -> Corners | None:
    """The corners of the sheet on a darker ground, clockwise from the upper left, in pixels; None where none is sure."""
    scale = SMALL / max(image.size)
    small = ImageOps.grayscale(image).resize(
        (max(8, round(image.width * scale)), max(8, round(image.height * scale))), Image.Resampling.BOX
    )
    # Writing on the sheet is part of it; what is bright and small beside it is not.
    small = small.filter(ImageFilter.MaxFilter(5)).filter(ImageFilter.MinFilter(7))
    limit = _threshold(small)
    bright = small.point([0 if value < limit else 1 for value in range(256)])
    seed = _seed(bright)
    if seed is None:
        return None
    ImageDraw.floodfill(bright, seed, 2)
    ys, xs = np.nonzero(np.asarray(bright) == 2)
    if not LEAST_SHARE <= len(xs) / (small.width * small.height) <= MOST_SHARE:
        return None
    away = [xs + ys, ys - xs, -xs - ys, xs - ys]
    found = [(float(xs[np.argmin(sums)]), float(ys[np.argmin(sums)])) for sums in away]
    if len(xs) < FULL * _area(found) or not _is_sheet(found):
        return None
    return [((x + 0.5) / scale, (y + 0.5) / scale) for x, y in found]


def _threshold(grey: Image.Image) -> int:
    """The brightness that parts dark from bright best (Otsu)."""
    counts = np.asarray(grey.histogram(), dtype=float)
    weight = np.cumsum(counts)
    total, sums = weight[-1], np.cumsum(counts * np.arange(256))
    with np.errstate(divide="ignore", invalid="ignore"):
        between = (sums[-1] * weight / total - sums) ** 2 / (weight * (total - weight))
    # Of one colour there is nothing to part.
    return int(np.nanargmax(between)) + 1 if not np.isnan(between).all() else 0


def _seed(bright: Image.Image) -> tuple[int, int] | None:
    """A bright point near the middle, where the sheet is."""
    wide, high = bright.size
    ys, xs = np.nonzero(np.asarray(bright))
    if not len(xs):
        return None
    nearest = np.argmin((xs - wide / 2) ** 2 + (ys - high / 2) ** 2)
    return int(xs[nearest]), int(ys[nearest])


def _area(corners: Corners) -> float:
    turned = [*corners[1:], corners[0]]
    return abs(sum(x * v - u * y for (x, y), (u, v) in zip(corners, turned, strict=True))) / 2


def _sides(corners: Corners) -> list[float]:
    turned = [*corners[1:], corners[0]]
    return [float(np.hypot(u - x, v - y)) for (x, y), (u, v) in zip(corners, turned, strict=True)]


def _is_sheet(corners: Corners) -> bool:
    """Four sides, each about as long as the one opposite, and corners that are nearly right angles."""
    top, right, bottom, left = _sides(corners)
    if min(top, right, bottom, left) < SMALL / 6:
        return False
    if not (0.5 <= top / bottom <= 2 and 0.5 <= left / right <= 2):
        return False
    points = np.asarray(corners)
    ahead, behind = np.roll(points, -1, 0) - points, np.roll(points, 1, 0) - points
    lengths = np.linalg.norm(ahead, axis=1) * np.linalg.norm(behind, axis=1)
    return bool((np.abs((ahead * behind).sum(axis=1)) / lengths < 0.6).all())


def flattened(image: Image.Image, corners: Corners) -> Image.Image:
    """The sheet as if it had been looked at from straight above."""
    top, right, bottom, left = _sides(corners)
    wide, high = round(max(top, bottom)), round(max(left, right))
    there = [(0, 0), (wide, 0), (wide, high), (0, high)]
    rows, values = [], []
    for (x, y), (u, v) in zip(there, corners, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        values += [u, v]
    data = np.linalg.solve(np.asarray(rows, dtype=float), np.asarray(values, dtype=float))
    return image.transform(
        (wide, high), Image.Transform.PERSPECTIVE, [float(value) for value in data], Image.Resampling.BICUBIC
    )


def levelled(image: Image.Image) -> Image.Image:
    """Turned by up to six degrees where that makes its lines of writing clearly more level."""
    small = ImageOps.grayscale(image)
    small.thumbnail((500, 500), Image.Resampling.BOX)
    ink = ImageOps.invert(small).point([0 if value < 90 else 255 for value in range(256)])

    def evenness(angle: float) -> float:
        rows = np.asarray(ink.rotate(angle, fillcolor=0), dtype=float).sum(axis=1)
        return float(np.square(np.diff(rows)).sum())

    scores = {angle: evenness(angle) for angle in SKEWS}
    best = max(scores, key=lambda angle: scores[angle])
    if not best or scores[best] <= 1.15 * scores[0]:
        return image
    return image.rotate(best, Image.Resampling.BICUBIC, expand=True, fillcolor=(255, 255, 255))


def whitened(image: Image.Image) -> Image.Image:
    """Shadows and yellow light taken out: every part compared with the paper around it."""
    small = image.resize((max(1, image.width // 16), max(1, image.height // 16)), Image.Resampling.BOX)
    ground = small.filter(ImageFilter.MaxFilter(9)).filter(ImageFilter.GaussianBlur(6))
    ground = ground.resize(image.size, Image.Resampling.BILINEAR)
    # Few lines at a time, and in the place of the picture: a request may hold little.
    for top in range(0, image.height, 64):
        box = (0, top, image.width, min(top + 64, image.height))
        part = np.asarray(image.crop(box), dtype=np.uint16)
        paper_there = np.maximum(np.asarray(ground.crop(box), dtype=np.uint16), 60)
        image.paste(Image.fromarray(np.minimum(part * 250 // paper_there, 255).astype(np.uint8)), box)
    del ground
    return ImageOps.autocontrast(image, cutoff=(0.5, 0), preserve_tone=True)
