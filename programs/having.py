"""What somebody says they have ("50 laptops", "Rp 25 juta", "dua pelatih seminggu"), read as amounts and words. Pure."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from functools import cache
from itertools import pairwise
from pathlib import Path

from regions.names import fold

LONGEST = 120
MOST = 10**12 - 1
_TOKEN = re.compile(r"\d[\d.,']*|[^\W\d_]+")
_GROUPED = re.compile(r"(\d{1,3}([.,'])\d{3}(?:\2\d{3})*)(?:(?!\2)[.,](\d+))?")
UNITS = {
    word: value
    for value, words in enumerate(
        (
            "nol zero", "satu suatu one", "dua two", "tiga three", "empat four", "lima five", "enam six",
            "tujuh seven", "delapan eight", "sembilan nine", "sepuluh ten", "sebelas eleven", "duabelas twelve",
        )
    )
    for word in words.split()
}  # fmt: skip
UNITS |= {
    "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
TIMES = {
    "puluh": 10, "lusin": 12, "dozen": 12, "kodi": 20, "ratus": 100, "hundred": 100, "ribu": 10**3, "rb": 10**3,
    "thousand": 10**3, "k": 10**3, "juta": 10**6, "jt": 10**6, "million": 10**6, "mio": 10**6, "miliar": 10**9,
    "milyar": 10**9, "billion": 10**9, "bn": 10**9,
}  # fmt: skip
ONE_OF = {
    "seratus": 100, "seribu": 10**3, "sejuta": 10**6, "semiliar": 10**9, "selusin": 12, "sekodi": 20,
}  # fmt: skip
MONEY = {"rp", "idr", "rupiah", "rupiahs", "uang", "dana", "duit", "cash", "tunai", "money"}
# Numbers of this size with nothing behind them are rupiah.
MONEY_FROM = 10**5
PERIODS = {
    "hari", "sehari", "minggu", "seminggu", "pekan", "sepekan", "bulan", "sebulan", "tahun", "setahun", "jam", "day",
    "days", "week", "weeks", "month", "months", "year", "years", "hour", "hours",
}  # fmt: skip
# Measures of parts: so many kilograms are not so many packages.
MEASURES = {
    "kg", "kilo", "kilogram", "gram", "g", "ton", "liter", "litre", "litres", "liters", "kuintal", "karung", "dus",
    "karton", "truk", "truck", "kontainer", "container",
}  # fmt: skip
SAID_ANYWAY = {
    "saya", "kami", "kita", "punya", "ada", "mau", "ingin", "memberi", "beri", "bantu", "bantuan", "untuk", "dan", "atau",
    "dengan", "buah", "the", "a", "an", "of", "for", "and", "or", "have", "i", "we", "some", "to", "give", "selama",
    "orang", "people", "bekas", "baru", "new", "used",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Having:
    """`quantity` in whatever unit was meant, or `rupiah`, and the `words` that say what it is."""

    words: tuple[str, ...]
    quantity: int | None = None
    rupiah: int | None = None
    is_measured: bool = False


@dataclass(frozen=True, slots=True)
class Called:
    """How an aid type is called: the words of its name, of its unit, and of what one unit holds."""

    name: frozenset[str]
    unit: frozenset[str]
    contents: frozenset[str]


@dataclass(frozen=True, slots=True)
class Match:
    """How well words mean an aid type, and whether a number beside them is in its unit."""

    score: float
    counts: bool


def read(text: str) -> Having:
    """Both languages, figures or words, any usual marks; what is no number or known to say nothing is kept as words."""
    tokens = _TOKEN.findall(unicodedata.normalize("NFKC", text[:LONGEST]).casefold())
    words: list[str] = []
    numbers: list[tuple[Decimal, str]] = []
    money = measured = False
    place = 0
    while place < len(tokens):
        number, length = _number(tokens[place:])
        if number is not None:
            place += length
            following = tokens[place] if place < len(tokens) else ""
            if following in PERIODS:
                place += 1
            else:
                numbers.append((number, following))
            continue
        word = tokens[place]
        place += 1
        if word in MONEY:
            money = True
        elif word in MEASURES:
            measured = True
        elif word not in PERIODS and word not in SAID_ANYWAY:
            words.append(_stem(fold(word)))
    amount = min(int(numbers[0][0]), MOST) if numbers else None
    # "lap top" is one word to most.
    joined = [first + second for first, second in pairwise(words) if len(first) < 4 and len(second) < 4]
    kept = tuple(word for word in (*words, *joined) if word)
    if amount is not None and (money or (amount >= MONEY_FROM and not kept)):
        return Having(kept, rupiah=amount)
    return Having(kept, quantity=amount or None, is_measured=measured)


def match(having: Having, called: Called) -> Match:
    """Whether the words mean that aid type: its name weighs most, then what is in it, then its unit."""
    score, counts = 0.0, False
    for word in having.words:
        weights = [
            (3.0 * _best(word, called.name), True),
            (1.5 * _best(word, called.contents), False),
            (1.0 * _best(word, called.unit), True),
            *((2.8 * near, group.counts) for group in groups() if (near := _through(word, group, called))),
        ]
        weight, in_unit = max(weights)
        score += weight
        counts = counts or (weight > 0 and in_unit)
    return Match(score, counts and not having.is_measured)


def called(name: Iterable[str], unit: Iterable[str], contents: Iterable[str]) -> Called:
    return Called(_words(name), _words(unit), _words(contents))


@dataclass(frozen=True, slots=True)
class Group:
    words: frozenset[str]
    counts: bool


@cache
def groups() -> Sequence[Group]:
    """The groups of `programs/data/words.toml`."""
    with (Path(__file__).parent / "data" / "words.toml").open("rb") as file:
        found = tomllib.load(file)["group"]
    return [Group(_words(one["words"]), one.get("counts", True)) for one in found]


def _through(word: str, group: Group, meant: Called) -> float:
    """How near the word is to one of a group that the aid type's name or unit has a word of, too."""
    return _best(word, group.words) if group.words & (meant.name | meant.unit) else 0.0


def _words(texts: Iterable[str]) -> frozenset[str]:
    said = " ".join(texts)
    return frozenset(
        _stem(word) for word in fold(said).split() if word not in SAID_ANYWAY and not word.isdigit()
    )


def _best(word: str, others: frozenset[str]) -> float:
    """1 for the same word, less for one spelled nearly so, 0 for none."""
    if word in others:
        return 1.0
    if len(word) < 4:
        return 0.0
    near = (SequenceMatcher(None, word, other).ratio() for other in others if len(other) > 3)
    best = max(near, default=0.0)
    return best * 0.9 if best >= 0.8 else 0.0


def _stem(word: str) -> str:
    """ "laptops", "laptopnya" → "laptop"; short words stay."""
    for end in ("nya", "s"):
        if len(word) > len(end) + 3 and word.endswith(end):
            return word.removesuffix(end)
    return word


def _number(words: Sequence[str]) -> tuple[Decimal | None, int]:
    """The number that the words begin with and how many of them it takes: "dua puluh lima", "25 juta", "1,5 jt"."""
    total, hundreds, last, used = Decimal(0), Decimal(0), Decimal(0), 0
    for place, word in enumerate(words):
        times = TIMES.get(word) if place or len(word) > 3 else None
        if word[0].isdigit():
            if used:
                break
            last = _figures(word)
        elif word in UNITS:
            last += UNITS[word]
        elif word == "and" and used and " ".join(words[place + 1 : place + 2]) in UNITS:
            continue
        elif word == "belas" and used:
            last += 10
        elif word in ONE_OF or times is not None:
            each = last if times and used and (last or hundreds) else Decimal(1)
            size = times or ONE_OF[word]
            if size >= 1000:
                whole = (hundreds + last) or each
                total, hundreds, last = total + whole * size, Decimal(0), Decimal(0)
            else:
                hundreds, last = hundreds + each * size, Decimal(0)
        else:
            break
        used = place + 1
    return (total + hundreds + last, used) if used else (None, 0)


def _figures(text: str) -> Decimal:
    """ "1.000" and "1,000" are a thousand, "1.000,50" a half more, "1,5" and "1.5" one and a half."""
    text = text.rstrip(".,'")
    if grouped := _GROUPED.fullmatch(text):
        return Decimal(f"{re.sub(r'[^0-9]', '', grouped[1])}.{grouped[3] or 0}")
    whole, _mark, part = text.replace("'", "").replace(",", ".").partition(".")
    return Decimal(f"{whole}.{re.sub(r'[^0-9]', '', part) or 0}")
