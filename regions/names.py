"""Names of places as people write them, made comparable: for search and for matching of outlines."""

import re
import unicodedata
from dataclasses import dataclass

_RW = re.compile(r"\brw\s*0*(\d+)\b")
_DOUBLED = re.compile(r"([a-z])\1+")
_CODE = re.compile(r"\d\d(\.\d*)*\.?")

LEVEL_WORDS = frozenset(
    [
        "provinsi",
        "kota",
        "kabupaten",
        "kab",
        "administrasi",
        "adm",
        "kecamatan",
        "kec",
        "kelurahan",
        "kel",
        "desa",
    ]
)


def plain(text: str) -> str:
    """Lower case, no accents, only letters, digits and single spaces."""
    decomposed = unicodedata.normalize("NFKD", text)
    letters = "".join(character for character in decomposed if not unicodedata.combining(character))
    return " ".join(re.sub(r"[^a-z0-9]+", " ", letters.casefold()).split())


def fold(text: str) -> str:
    """`plain`, with doubled letters written once: "Papanggo" and "Papango" become the same."""
    return _DOUBLED.sub(r"\1", plain(text))


def searchable(*names: str) -> str:
    """Folded words of names between spaces, an RW's number as one word: " rw3 mangarai "."""
    words = _RW.sub(r"rw\1", fold(" ".join(names)))
    return f" {words} " if words else ""


@dataclass(frozen=True)
class SearchTerms:
    """What a person typed: a beginning of a code, or patterns that must all occur in searchable text."""

    code_prefix: str
    whole: str
    patterns: tuple[str, ...]


def search_terms(text: str) -> SearchTerms:
    """Read a search text. Words match beginnings of words; numbers match RW numbers exactly."""
    text = text.strip()[:100]
    if ("." in text and _CODE.fullmatch(text)) or re.fullmatch(r"\d\d", text):
        return SearchTerms(text, "", ())
    whole = searchable(text)
    words = whole.split()[:8]
    patterns = []
    for word in [word for word in words if word not in LEVEL_WORDS] or words:
        if word.isdigit():
            patterns.append(f" rw{int(word)} ")
        elif re.fullmatch(r"rw\d+", word):
            patterns.append(f" {word} ")
        else:
            patterns.append(f" {word}")
    return SearchTerms("", whole, tuple(patterns))
