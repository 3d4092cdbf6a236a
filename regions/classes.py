"""The classes of the needs map and of the district tiles: one scale from one set of values.

Class 0 is "nothing to show" (no target, or nothing missing); 1–5 grow from light to dark.
"""

import math
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

LEVELS = 5


@dataclass(frozen=True, slots=True)
class ClassRow:
    """A line of the legend: level, bounds (both inside; `upper` None: and more), how many are in it."""

    level: int
    lower: int
    upper: int | None
    count: int


@dataclass(frozen=True, slots=True)
class Classes:
    """`breaks` are the four lower bounds of levels 2–5, rising."""

    breaks: tuple[int, ...]

    def __post_init__(self) -> None:
        if list(self.breaks) != sorted(set(self.breaks)) or len(self.breaks) != LEVELS - 1:
            raise ValueError(f"{LEVELS - 1} rising breaks are needed, not {self.breaks!r}")

    def level(self, value: int | None) -> int:
        """0 for nothing (None, 0 or less), else 1–5."""
        return 0 if not value or value < 0 else 1 + bisect_right(self.breaks, value)

    def rows(self, values: Iterable[int | None]) -> tuple[ClassRow, ...]:
        """The legend from class 1 to 5, counting the values; those of class 0 are in `nothing`."""
        levels = [self.level(value) for value in values]
        lowers = (1, *self.breaks)
        uppers: Sequence[int | None] = (*(bound - 1 for bound in self.breaks), None)
        return tuple(
            ClassRow(level, lower, upper, levels.count(level))
            for level, (lower, upper) in enumerate(zip(lowers, uppers, strict=True), start=1)
        )

    def nothing(self, values: Iterable[int | None]) -> int:
        """How many values have no class of their own: no target, or nothing missing."""
        return sum(self.level(value) == 0 for value in values)


def classes_for(values: Iterable[int | None]) -> Classes:
    """Round breaks near the quintiles of the values above 0, so that each class has some to show."""
    known = sorted(value for value in values if value and value > 0)
    if not known:
        return Classes((2, 3, 4, 5))
    breaks: list[int] = []
    for part in range(1, LEVELS):
        bound = round_near(known[part * len(known) // LEVELS])
        breaks.append(max(bound, breaks[-1] + 1 if breaks else 2))
    return Classes(tuple(breaks))


def round_near(value: int) -> int:
    """To one significant digit, or to 1.5 or 2.5 of its scale: 240 → 250, 1,480 → 1,500, 37 → 40."""
    if value < 10:
        return value
    scale = int(10 ** math.floor(math.log10(value)))
    steps = (1, 1.5, 2, 2.5, 3, 4, 5, 6, 7, 8, 9, 10)
    return round(min(steps, key=lambda step: abs(step * scale - value)) * scale)
