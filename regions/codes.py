"""Kemendagri codes: what they say about level, place and containment, without asking a database.

A code is two digits of province, then ``.`` and two of city, two of district, four of village and
three of RW: ``31``, ``31.74``, ``31.74.01``, ``31.74.01.1001``, ``31.74.01.1001.003``. A region lies in
another when the other's code plus a dot is a prefix of its own. BPS codes look alike but number
differently and are never accepted here: they carry no dots.
"""

import re
from collections.abc import Iterable
from enum import StrEnum
from itertools import takewhile

MAX_LENGTH = 17

_PATTERN = re.compile(r"[1-9][0-9](\.[0-9]{2}(\.[0-9]{2}(\.[0-9]{4}(\.[0-9]{3})?)?)?)?", re.ASCII)


class Level(StrEnum):
    """The five levels of the tree, outermost first."""

    PROVINCE = "province"
    CITY = "city"
    DISTRICT = "district"
    VILLAGE = "village"
    RW = "rw"

    @property
    def depth(self) -> int:
        """0 for a province … 4 for an RW: the number of dots in a code of this level."""
        return _ORDER.index(self)


_ORDER = tuple(Level)


def is_code(text: str) -> bool:
    """Whether `text` is a complete, well-formed code of any level."""
    return _PATTERN.fullmatch(text) is not None


def level_of(code: str) -> Level:
    """The level of a code; ValueError when it is not well-formed."""
    if not is_code(code):
        raise ValueError(f"Not a Kemendagri code: {code!r}")
    return _ORDER[code.count(".")]


def parent_of(code: str) -> str | None:
    """The code one level up, None for a province; ValueError when malformed."""
    level_of(code)
    parent, dot, _ = code.rpartition(".")
    return parent if dot else None


def ancestors_of(code: str) -> tuple[str, ...]:
    """The codes above, province first, without the code itself; ValueError when malformed."""
    level_of(code)
    parts = code.split(".")
    return tuple(".".join(parts[:count]) for count in range(1, len(parts)))


def city_of(code: str) -> str:
    """The city's code of a city or anything inside it; a province stands for itself.

    ValueError when malformed.
    """
    level_of(code)
    return code[:5]


def contains(outer: str, inner: str) -> bool:
    """Whether `inner` is `outer` or lies inside it. Works on codes only; asks nothing of their form."""
    return bool(outer) and (inner == outer or inner.startswith(outer + "."))


def common(codes: Iterable[str]) -> str | None:
    """The innermost code that contains all of them; None when there is none, or none that does."""
    levels = zip(*(code.split(".") for code in codes), strict=False)
    shared = takewhile(lambda parts: len(set(parts)) == 1, levels)
    return ".".join(parts[0] for parts in shared) or None


def rw_number(code: str) -> int:
    """The number of an RW from its code: 3 for ``31.74.01.1001.003``; ValueError for other levels."""
    if level_of(code) is not Level.RW:
        raise ValueError(f"Not the code of an RW: {code!r}")
    return int(code[-3:])


def rw_code(village_code: str, number: int) -> str:
    """The code of RW `number` (1–999) of a village; ValueError when either is out of range."""
    if level_of(village_code) is not Level.VILLAGE or not 1 <= number <= 999:
        raise ValueError(f"No RW {number} can lie in {village_code!r}")
    return f"{village_code}.{number:03}"
