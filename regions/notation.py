"""How numbers, rupiah, shares, days and times are written here, in Indonesian and in English.

Times are Jakarta's (WIB), whatever the reader's clock. A space inside one figure or date is non-breaking.
Patterns are data, not translations: a date must read right even where a catalogue lacks an entry.
All functions write in the active language; a language without its own pattern is written as English.
"""

import re
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, format_timedelta
from django.utils.formats import number_format
from django.utils.translation import get_language
from num2words import num2words

NBSP = "\u00a0"
# Between the parts of a line: it may break behind the dot, never before it.
DOT = f"{NBSP}· "
MINUS = "\u2212"
JAKARTA = ZoneInfo("Asia/Jakarta")

PATTERNS = {
    "id": {
        "day": "d\u00a0MMMM y",
        "day_month": "d\u00a0MMMM",
        "day_short": "d\u00a0MMM y",
        "weekday": "EEEE, d\u00a0MMMM y",
        "month": "MMM",
        "month_year": "MMM\u00a0y",
        "month_year_long": "MMMM\u00a0y",
        "clock": "HH.mm",
        "moment": "d\u00a0MMMM y 'pukul'\u00a0HH.mm\u00a0'WIB'",
        "moment_short": "d\u00a0MMM y, HH.mm",
    },
    "en": {
        "day": "d\u00a0MMMM y",
        "day_month": "d\u00a0MMMM",
        "day_short": "d\u00a0MMM y",
        "weekday": "EEEE, d\u00a0MMMM y",
        "month": "MMM",
        "month_year": "MMM\u00a0y",
        "month_year_long": "MMMM\u00a0y",
        "clock": "HH:mm",
        "moment": "d\u00a0MMMM y 'at'\u00a0HH:mm\u00a0'WIB'",
        "moment_short": "d\u00a0MMM y, HH:mm",
    },
}
SCALES = {
    "id": ((10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"), (10**3, "ribu")),
    "en": ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (10**3, "thousand")),
}


def language() -> str:
    """The active language as one of the two that have patterns."""
    return "id" if (get_language() or "id").startswith("id") else "en"


def number(value: int | float | Decimal, decimals: int = 0, *, sign: bool = False) -> str:
    """1284 → "1.284" (id), "1,284" (en); rounds half up; a true minus; `sign` adds "+" above 0."""
    step = Decimal(1).scaleb(-decimals)
    exact = Decimal(str(value)).quantize(step, rounding=ROUND_HALF_UP)
    written = number_format(abs(exact), decimals, use_l10n=True, force_grouping=True)
    if exact < 0:
        return MINUS + written
    return f"+{written}" if sign and exact > 0 else written


def tied(text: str) -> str:
    """ "RW 06 Pasar Baru" with a space before its number that no line ends at."""
    return re.sub(r"\b(R[TW]) (?=\d)", rf"\1{NBSP}", text)


def rupiah(value: int | float | Decimal) -> str:
    """20000000 → "Rp20.000.000" (id), "Rp20,000,000" (en). Whole rupiah, as the ledger counts."""
    written = number(value)
    return f"{MINUS}Rp{written[1:]}" if written.startswith(MINUS) else f"Rp{written}"


def rupiah_short(value: int | float | Decimal) -> str:
    """15 × 10⁹ → "Rp15 miliar" (id), "Rp15 billion" (en); at most one decimal; below 10,000 in full."""
    exact = Decimal(str(value))
    if abs(exact) < 10_000:
        return rupiah(exact)
    for scale, word in SCALES[language()]:
        rounded = (exact / scale).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
        if abs(rounded) >= 1:
            whole = rounded == rounded.to_integral_value()
            mark = MINUS if rounded < 0 else ""
            return f"{mark}Rp{number(abs(rounded), 0 if whole else 1)}{NBSP}{word}"
    return rupiah(exact)


def share(numerator: int | float | Decimal, denominator: int | float | Decimal) -> Decimal | None:
    """The numerator in per cent of the denominator, exact; None where there is no whole."""
    if not denominator:
        return None
    return Decimal(str(numerator)) * 100 / Decimal(str(denominator))


def percent(
    numerator: int | float | Decimal, denominator: int | float | Decimal = 100, decimals: int = 1
) -> str | None:
    """365, 920 → "39,7%" (id), "39.7%" (en); None where the denominator is 0."""
    exact = share(numerator, denominator)
    return None if exact is None else f"{number(exact, decimals)}%"


def words(value: int, unit: str = "") -> str:
    """20000000, "rupiah" → "dua puluh juta rupiah" (id), "twenty million rupiah" (en)."""
    # num2words keeps an old spelling of zero in Indonesian.
    spelt = "nol" if value == 0 and language() == "id" else num2words(value, lang=language())
    return f"{spelt} {unit}".strip()


def when(value: date | datetime, style: str = "moment") -> str:
    """A day or a moment in one of the styles of PATTERNS. A naive datetime raises ValueError."""
    pattern = PATTERNS[language()][style]
    if not isinstance(value, datetime):
        return format_date(value, pattern, locale=language())
    if value.tzinfo is None:
        raise ValueError("A moment needs its time zone.")
    return format_datetime(value.astimezone(JAKARTA), pattern, locale=language())


def machine(value: date | datetime) -> str:
    """The value of a <time datetime>: "2026-11-22T05:40+07:00", or "2026-11-22" for a day."""
    if not isinstance(value, datetime):
        return value.isoformat()
    return value.astimezone(JAKARTA).isoformat(timespec="minutes")


def duration(span: timedelta) -> str:
    """How long, in its largest unit: "3 jam" (id), "3 hours" (en)."""
    return format_timedelta(abs(span), locale=language(), threshold=1.5).replace(" ", NBSP, 1)


def ago(moment: datetime, now: datetime) -> str:
    """How long before or after now: "3 jam yang lalu" or "dalam 3 jam" (id), "3 hours ago" (en)."""
    return format_timedelta(moment - now, add_direction=True, locale=language(), threshold=1.5)
