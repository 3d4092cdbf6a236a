"""What a feature's properties say about its place, whatever the file calls its columns."""

import re
from dataclasses import dataclass
from typing import Any

from regions import codes
from regions.names import LEVEL_WORDS, fold, plain

_ALIASES = {
    "city": (
        "kota",
        "kabkota",
        "kotakab",
        "kabupaten",
        "kabupatenkota",
        "namakota",
        "wadmkk",
        "nmkab",
        "city",
    ),
    "district": ("kecamatan", "namakecamatan", "wadmkc", "nmkec", "district"),
    "village": (
        "kelurahan",
        "desa",
        "keldesa",
        "kelurahandesa",
        "namakelurahan",
        "wadmkd",
        "nmdesa",
        "village",
    ),
    "rw": ("rw", "norw", "nomorrw", "namarw", "rwno"),
    "name": ("nama", "name", "namobj"),
}
_SHORT = {"kep": "kepulauan", "kp": "kampung", "tj": "tanjung", "ps": "pasar"}
_NUMBER = re.compile(r"(?:rw)?\W*0*([1-9]\d{0,2})", re.IGNORECASE | re.ASCII)
_UNDOTTED = re.compile(r"\d{7,16}", re.ASCII)


@dataclass(frozen=True)
class Label:
    """Names and codes as written, "" where the file is silent.

    `codes` are the dotted Kemendagri codes among the properties, innermost last. Codes without dots
    (`has_undotted`) are never used: those of BPS have the same number of digits and mean other places.
    """

    codes: tuple[str, ...]
    has_undotted: bool
    city: str
    district: str
    village: str
    rw: str
    has_rw: bool
    name: str

    @property
    def rw_number(self) -> int | None:
        """3 for "RW 03", "RW03", "rw.3", "003" and 3; None for a blank, "TPU", "03A"."""
        match = _NUMBER.fullmatch(self.rw)
        return int(match[1]) if match else None

    @property
    def place(self) -> str:
        """What a person would call it, for messages."""
        return ", ".join(
            text for text in (self.rw, self.village or self.name, self.district, self.city) if text
        )


def label_of(properties: dict[str, Any]) -> Label:
    """Read a feature's properties."""
    texts = {
        re.sub(r"[^a-z]", "", str(column).casefold()): " ".join(str(value).split())[:120]
        for column, value in properties.items()
        if isinstance(value, (str, int)) and not isinstance(value, bool)
    }
    found = dict.fromkeys(_ALIASES, "")
    for field, columns in _ALIASES.items():
        found[field] = next((texts[column] for column in columns if texts.get(column)), "")
    dotted = {text for text in texts.values() if codes.is_code(text) and "." in text}
    return Label(
        codes=tuple(sorted(dotted, key=len)),
        has_undotted=any(_UNDOTTED.fullmatch(text) for text in texts.values()),
        has_rw=any(column in texts for column in _ALIASES["rw"]),
        **found,
    )


def key(name: str) -> str:
    """A name reduced to what spellings share: no level words, no spaces, no doubled letters."""
    words = [_SHORT.get(word, word) for word in plain(name).split()]
    kept = [word for word in words if word not in LEVEL_WORDS] or words
    return fold(" ".join(kept)).replace(" ", "")
