"""Filters and tags that write figures and times the way the place does; see regions/notation.py."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from regions import notation

register = template.Library()

Figure = int | float | Decimal | None


@register.filter
def number(value: Figure, decimals: int = 0) -> str:
    """1284 → "1.284"; None → "" (so that a missing figure is an empty cell, never a zero)."""
    return "" if value in (None, "") else notation.number(value, decimals)


@register.filter
def signed(value: Figure, decimals: int = 0) -> str:
    """A difference with its sign: "+12", "−8", "0"."""
    return "" if value in (None, "") else notation.number(value, decimals, sign=True)


@register.filter
def rupiah(value: Figure) -> str:
    """20000000 → "Rp20.000.000"."""
    return "" if value in (None, "") else notation.rupiah(value)


@register.filter
def rupiah_short(value: Figure) -> str:
    """15000000000 → "Rp15 miliar"."""
    return "" if value in (None, "") else notation.rupiah_short(value)


@register.filter
def tied(text: object) -> str:
    """A name that a line may end before, but not in the number of: "RW 06 Pasar Baru"."""
    return notation.tied(str(text))


@register.filter
def words(value: int | None, unit: str = "") -> str:
    """20000000|words:"rupiah" → "dua puluh juta rupiah"."""
    return "" if value in (None, "") else notation.words(int(value), unit)


def _when(style: str, name: str) -> None:
    def write(value: date | datetime | None) -> str:
        return notation.when(value, style) if value else ""

    register.filter(name, write)


for _style in notation.PATTERNS["id"]:
    _when(_style, _style)


@register.filter
def ago(value: datetime | None) -> str:
    """ "3 jam yang lalu", "dalam 3 jam"; only for what is read at once, never on a cached page."""
    return notation.ago(value, timezone.now()) if value else ""


@register.filter
def duration(value: timedelta | None) -> str:
    """ "3 jam"."""
    return notation.duration(value) if value else ""


@register.simple_tag
def percent(numerator: Figure, denominator: Figure = 100, decimals: int = 1, none: str = "") -> str:
    """`{% percent received target %}` → "39,7%". Without a whole: `none`, a reason in words."""
    if numerator is None or not denominator:
        reason = none or _("belum ada target")
        return format_html('<span class="none">{}</span>', reason)
    return notation.percent(numerator, denominator, decimals) or ""


@register.simple_tag
def stamp(value: date | datetime | None, style: str = "") -> str:
    """`{% stamp moment "moment_short" %}` → a <time>; without a style `moment`, or `day` for a day."""
    if not value:
        return ""
    style = style or ("moment" if isinstance(value, datetime) else "day")
    return format_html('<time datetime="{}">{}</time>', notation.machine(value), notation.when(value, style))
