"""Geometry of the charts drawn in SVG with per-cent lengths; the table beside a chart says the same numbers.

Every length is a string such as "57.14%": a number would be written with a comma in Indonesian.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

BASE_LINE = 86  # per cent of the height; the months stand below it
FIRST, LAST = 9, 100  # per cent of the width; the scale stands left of the first column
PARTS = {1: 5, 2: 4, 3: 3, 4: 4, 5: 5, 6: 3, 8: 4}  # a scale of 6,000 has lines at 2,000, 4,000 and 6,000
FILL = 0.82  # of a month's width
MOST_NAMES = 12  # of months under the columns


def length(share: float) -> str:
    """A share of the whole (0–1) as an SVG length, kept inside the picture."""
    return f"{min(max(share, 0.0), 1.0) * 100:.2f}%"


def round_top(value: float) -> int:
    """The next 1, 2, 3, 4, 5, 6 or 8 × 10ⁿ that is not below the value; at least 1."""
    if value <= 1:
        return 1
    scale = int(10 ** math.floor(math.log10(value)))
    return next(step * scale for step in (1, 2, 3, 4, 5, 6, 8, 10) if step * scale >= value)


@dataclass(frozen=True, slots=True)
class Tick:
    """One line of a scale: what it says, and where."""

    value: int
    at: str
    anchor: str = "middle"


@dataclass(frozen=True, slots=True)
class Dots:
    """One row of the plot of shares: aid (dot), want (ring), people (tick), on one scale."""

    aid: str
    want: str
    people: str | None
    css: str
    ticks: tuple[Tick, ...]


@dataclass(frozen=True, slots=True)
class Divergence:
    """A bar to the left (less) or the right (more) of the middle."""

    css: str
    x: str
    width: str


class Month(Protocol):
    """What a column chart needs of a month."""

    label: str
    received: int
    verified: int


@dataclass(frozen=True, slots=True)
class Column:
    """One month: the verified part stands on the base line, the waiting part on it."""

    label: str
    x: str
    middle: str
    width: str
    verified_y: str
    verified_height: str
    waiting_y: str
    waiting_height: str


@dataclass(frozen=True, slots=True)
class Columns:
    """A column chart: its columns, the lines of its scale, and its base line."""

    columns: tuple[Column, ...]
    ticks: tuple[Tick, ...]
    base: str


def scale_ticks(maximum: float, step: float) -> tuple[Tick, ...]:
    """The lines 0, step, 2 × step … up to the maximum, in per cent points."""
    count = int(maximum // step)
    return tuple(
        Tick(round(i * step), length(i * step / maximum), "middle" if i else "start")
        for i in range(count + 1)
    )


def share_step(maximum: float) -> int:
    """Per cent points between the lines of a scale of shares: few enough that their names do not touch."""
    return 10 if maximum <= 50 else 20


def dots(aid: float, want: float, people: float | None, maximum: float) -> Dots:
    """Shares in per cent on a scale from 0 to `maximum`; `css`: aid below, at or above the want."""
    css = "span-more" if aid > want else "span-less" if aid < want else "span"
    return Dots(
        aid=length(aid / maximum),
        want=length(want / maximum),
        people=None if people is None else length(people / maximum),
        css=css,
        ticks=scale_ticks(maximum, share_step(maximum)),
    )


def divergence(value: float, extent: float) -> Divergence:
    """A value between −extent and +extent as a bar from the middle of the picture."""
    width = min(abs(value) / extent, 1) / 2
    if value < 0:
        return Divergence("less", length(0.5 - width), length(width))
    return Divergence("more", length(0.5), length(width))


def columns(months: Sequence[Month]) -> Columns:
    """Columns for a few years of months; an empty series has a scale and no columns.

    Of more than twelve only every second or third is named, counted from the last, so that names fit a phone.
    """
    named = -(-len(months) // MOST_NAMES) or 1
    top = round_top(max((month.received for month in months), default=0))
    step = top / _parts(top)
    wide = (LAST - FIRST) / max(len(months), 1)
    found = []
    for i, month in enumerate(months):
        x = FIRST + i * wide
        verified = BASE_LINE * month.verified / top
        waiting = BASE_LINE * (month.received - month.verified) / top
        found.append(
            Column(
                label=month.label if (len(months) - 1 - i) % named == 0 else "",
                x=f"{x:.2f}%",
                middle=f"{x + wide * FILL / 2:.2f}%",
                width=f"{wide * FILL:.2f}%",
                verified_y=f"{BASE_LINE - verified:.2f}%",
                verified_height=f"{verified:.2f}%",
                waiting_y=f"{BASE_LINE - verified - waiting:.2f}%",
                waiting_height=f"{waiting:.2f}%",
            )
        )
    ticks = tuple(
        Tick(round(step * n), f"{BASE_LINE - BASE_LINE * step * n / top:.2f}%")
        for n in range(1, _parts(top) + 1)
    )
    return Columns(tuple(found), ticks, f"{BASE_LINE}%")


def _parts(top: int) -> int:
    """Into how many steps a scale is cut, so that each line says a round number; `top` is of `round_top`."""
    parts = PARTS[int(str(top)[0])]
    return parts if top % parts == 0 else top


@dataclass(frozen=True, slots=True)
class Line:
    """A line through the months: pieces of points "x,y x,y" in a box of 100 × 100, broken where there is no value."""

    css: str
    pieces: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """A line chart: its lines, the lines of its scale, and the names under it."""

    lines: tuple[Line, ...]
    ticks: tuple[Tick, ...]
    names: tuple[tuple[str, str], ...]


def lines(
    series: Sequence[tuple[str, Sequence[float | None]]], top: float, step: float, labels: Sequence[str]
) -> Lines:
    """Series of one value a month (None: none yet), each with the class of its line, on a scale from 0 to `top`."""
    count = max(len(labels) - 1, 1)
    named = -(-len(labels) // MOST_NAMES) or 1
    names = tuple(
        (label, f"{100 * i / count:.2f}%")
        for i, label in enumerate(labels)
        if (len(labels) - 1 - i) % named == 0
    )
    ticks = tuple(
        Tick(round(n * step), f"{100 - 100 * n * step / top:.2f}%") for n in range(int(top // step) + 1)
    )
    return Lines(tuple(Line(css, _pieces(values, top, count)) for css, values in series), ticks, names)


def _pieces(values: Sequence[float | None], top: float, count: int) -> tuple[str, ...]:
    pieces: list[list[str]] = [[]]
    for i, value in enumerate(values):
        if value is None:
            pieces.append([])
        else:
            pieces[-1].append(f"{100 * i / count:.2f},{100 - 100 * min(max(value, 0), top) / top:.2f}")
    # A month alone is a dot: a line of no length with round ends.
    return tuple(" ".join(piece * 2 if len(piece) == 1 else piece) for piece in pieces if piece)
