"""Draws a preview as a PNG of 1200 × 630 in the look of the site. Pure but for Pillow and its own typeface."""

import io
from functools import cache

from PIL import Image, ImageDraw, ImageFont

from programs.preview.spec import HEIGHT, WIDTH, Preview

# The light scheme of static/css/core.css in sRGB.
PAPER, INK, INK_2 = "#ffffff", "#0e2224", "#435557"
ACCENT, ACCENT_STRONG, GOOD = "#c64d0d", "#a43b0d", "#00585a"
VERIFIED, DELIVERED, ALLOCATED = "#004e51", "#28918f", "#a0d7d4"
LEFT, RIGHT = 72, WIDTH - 72
TOOTH = 20


@cache
def _face(size: int) -> ImageFont.FreeTypeFont:
    face = ImageFont.load_default(size)
    assert isinstance(face, ImageFont.FreeTypeFont), "Pillow is built without FreeType"
    return face


def draw(preview: Preview) -> bytes:
    """The picture as a PNG of some 20 kB."""
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(image)
    _head(pen, preview)
    top = _lines(
        pen, preview.title, 156, 58 if preview.figure else 76, INK, bold=2, most=2 if preview.figure else 3
    )
    if preview.figure:
        colour = ACCENT_STRONG if preview.is_missing else GOOD
        size = 120 if len(preview.figure) < 14 else 84
        pen.text((LEFT - 4, top + 10), _plain(preview.figure), colour, _face(size), stroke_width=3)
        _lines(pen, preview.words, top + size + 32, 38, INK_2, most=1)
    if preview.parts and sum(preview.parts):
        _bar(pen, preview.parts)
    _lines(pen, preview.foot, 572, 28, INK_2, most=1)
    # A palette: flat colours and their edges need no more, and the file is a third of the size.
    out = io.BytesIO()
    image.quantize(64, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def _head(pen: ImageDraw.ImageDraw, preview: Preview) -> None:
    x, y, side = LEFT, 28, 56
    step = side / 36
    at: list[tuple[float, float]] = [(0, 0), (36, 0), (36, 4), (18, 25), (0, 4)]
    pen.polygon([(x + a * step, y + b * step) for a, b in at], ACCENT)
    at = [(0, 8.5), (18, 29.5), (36, 8.5), (36, 36), (0, 36)]
    pen.polygon([(x + a * step, y + b * step) for a, b in at], VERIFIED)
    pen.text((x + 76, 30), "KSBB", INK, _face(34), stroke_width=1)
    pen.text((x + 76, 66), "Kolaborasi Sosial Berskala Besar · Jakarta", INK_2, _face(20))
    if preview.sample:
        words = _plain(preview.sample)
        wide = pen.textlength(words, _face(24))
        pen.rectangle((RIGHT - wide - 28, 38, RIGHT, 78), outline=INK_2, width=2)
        pen.text((RIGHT - wide - 14, 45), words, INK_2, _face(24))
    pen.rectangle((0, 104, WIDTH, 108), ACCENT)
    for tooth in range(0, WIDTH, TOOTH):
        pen.polygon([(tooth, 108), (tooth + TOOTH, 108), (tooth + TOOTH / 2, 118)], ACCENT)


def _lines(
    pen: ImageDraw.ImageDraw, text: str, top: int, size: int, colour: str, *, most: int, bold: int = 0
) -> int:
    """Write words in at most so many lines, the last one cut with an ellipsis; where the next may begin."""
    lines: list[str] = []
    face = _face(size)
    for word in _plain(text).split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and pen.textlength(longer, face) <= RIGHT - LEFT:
            lines[-1] = longer
        elif len(lines) < most:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]}…"
            break
    for number, line in enumerate(lines):
        pen.text((LEFT, top + number * round(size * 1.16)), line, colour, face, stroke_width=bold)
    return top + len(lines) * round(size * 1.16)


def _bar(pen: ImageDraw.ImageDraw, parts: tuple[int, ...]) -> None:
    """Verified, received, allocated, held (hatched) inside the target; what is left is empty."""
    top, bottom, whole = 512, 546, sum(parts)
    start = 0
    for colour, quantity in zip((VERIFIED, DELIVERED, ALLOCATED, ""), parts[:4], strict=False):
        x = LEFT + (RIGHT - LEFT) * start // whole
        start += quantity
        end = LEFT + (RIGHT - LEFT) * start // whole
        if end <= x:
            continue
        if colour:
            pen.rectangle((x, top, end, bottom), colour)
        else:
            _hatch(pen, (x, top, end, bottom))
        pen.line((end, top, end, bottom), PAPER, 3)
    pen.rectangle((LEFT, top, RIGHT, bottom), outline=ACCENT, width=3)


def _hatch(pen: ImageDraw.ImageDraw, box: tuple[int, int, int, int]) -> None:
    left, top, right, bottom = box
    high = bottom - top
    for x in range(left - high, right, 10):
        # The part of each stroke that lies inside the box.
        low, far = max(x, left), min(x + high, right)
        if low < far:
            pen.line((low, bottom - (low - x), far, bottom - (far - x)), DELIVERED, 3)


def _plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u2011", "-")
