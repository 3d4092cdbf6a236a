"""Drawn pictures for the reports of the demo data: goods and places in the platform's colours, no faces."""

import hashlib
import io
import random
from datetime import datetime

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

from accounts.photos import Photo

CANVAS, SIZE = (1200, 900), (960, 720)
PAPER, INK = (246, 243, 236), (28, 32, 30)
TOSKA, TOSKA_LIGHT, JINGGA, SAND = (11, 83, 80), (44, 146, 138), (201, 84, 24), (214, 197, 164)
SKIES = ((223, 232, 233), (236, 226, 209), (205, 219, 222))
WALLS = ((228, 214, 190), (199, 206, 200), (176, 160, 140), (240, 236, 226), (150, 168, 170))
ROOFS = ((150, 88, 58), (112, 96, 88), (92, 110, 112))


def picture(number: int, taken_at: datetime | None = None, place: tuple[float, float] | None = None) -> Photo:
    """A picture of its own for each number, with what a phone would tell of it."""
    stream = io.BytesIO()
    draw_scene(number).save(stream, "JPEG", quality=75)
    content = stream.getvalue()
    latitude, longitude = place or (None, None)
    return Photo(
        ContentFile(content, name="photo.jpg"),
        hashlib.sha256(content).hexdigest(),
        taken_at,
        latitude,
        longitude,
    )


def draw_scene(number: int) -> Image.Image:
    """A third each: crates on the ground, packages on a table, an alley with a pile; each in a street of its own."""
    chance = random.Random(number)  # noqa: S311 a drawing, not a secret
    image = Image.new("RGB", CANVAS, SKIES[chance.randrange(len(SKIES))])
    draw = ImageDraw.Draw(image)
    _houses(draw, chance)
    (_crates, _table, _alley)[number % 3](draw, chance)
    left, top = chance.randint(0, CANVAS[0] - SIZE[0]), chance.randint(0, CANVAS[1] - SIZE[1])
    seen = image.crop((left, top, left + SIZE[0], top + SIZE[1]))
    if chance.random() < 0.5:
        seen = seen.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    label = ImageDraw.Draw(seen)
    label.rectangle((0, SIZE[1] - 34, 220, SIZE[1]), fill=PAPER)
    label.text((12, SIZE[1] - 28), "gambar contoh", fill=INK, font_size=20)
    return seen


def _houses(draw: ImageDraw.ImageDraw, chance: random.Random) -> None:
    """The street behind, which no two pictures share."""
    left = -chance.randint(0, 120)
    while left < CANVAS[0]:
        wide, top = chance.randint(90, 260), chance.randint(60, 420)
        wall = chance.choice(WALLS)
        draw.rectangle((left, top, left + wide, 640), fill=wall)
        draw.polygon(
            [(left - 12, top), (left + wide // 2, top - 60), (left + wide + 12, top)],
            fill=chance.choice(ROOFS),
        )
        for window in range(wide // 90):
            x = left + 24 + window * 84
            draw.rectangle((x, top + 40, x + 40, top + 100), fill=chance.choice((INK, PAPER)))
        left += wide + chance.randint(0, 90)


def _crates(draw: ImageDraw.ImageDraw, chance: random.Random) -> None:
    draw.rectangle((0, 620, *CANVAS), fill=SAND)
    for row in range(3):
        for column in range(6 - row):
            left = 120 + column * 165 + row * 82 + chance.randint(-6, 6)
            top = 620 - row * 130
            _box(draw, left, top, 150, 120, chance.choice((TOSKA, TOSKA_LIGHT, JINGGA, (150, 116, 74))))


def _table(draw: ImageDraw.ImageDraw, chance: random.Random) -> None:
    draw.rectangle((0, 560, *CANVAS), fill=(190, 200, 196))
    for column in range(7):
        height = chance.randint(90, 170)
        left = 130 + column * 138
        draw.polygon(
            [(left, 520), (left + 14, 520 - height), (left + 96, 520 - height), (left + 110, 520)],
            fill=chance.choice((PAPER, (235, 226, 205), JINGGA, TOSKA_LIGHT)),
            outline=INK,
        )
        draw.line((left + 30, 520 - height, left + 55, 490 - height, left + 80, 520 - height), INK, 4)
    draw.rectangle((70, 520, 1130, 560), fill=(128, 92, 56))
    for leg in (110, 1060):
        draw.rectangle((leg, 560, leg + 34, 800), fill=(98, 70, 42))


def _alley(draw: ImageDraw.ImageDraw, chance: random.Random) -> None:
    draw.polygon([(0, 0), (430, 330), (430, 600), (0, 900)], fill=(186, 164, 130))
    draw.polygon([(1200, 0), (770, 330), (770, 600), (1200, 900)], fill=(158, 170, 166))
    draw.polygon([(0, 900), (430, 600), (770, 600), (1200, 900)], fill=(120, 122, 118))
    for door in range(3):
        x = 40 + door * 120
        draw.rectangle(
            (x, 430 + door * 20, x + 66, 700 - door * 40), fill=chance.choice((TOSKA, (92, 66, 42)))
        )
    for column in range(4):
        _box(
            draw,
            420 + column * 95,
            700 - (column % 2) * 40,
            90,
            90,
            chance.choice((JINGGA, TOSKA_LIGHT, PAPER)),
        )


def _box(
    draw: ImageDraw.ImageDraw, left: int, top: int, wide: int, high: int, colour: tuple[int, int, int]
) -> None:
    draw.rectangle((left, top, left + wide, top + high), fill=colour, outline=INK, width=4)
    draw.line((left, top + high // 3, left + wide, top + high // 3), fill=INK, width=3)
    draw.rectangle(
        (left + wide // 3, top, left + 2 * wide // 3, top + high // 3), fill=SAND, outline=INK, width=3
    )
