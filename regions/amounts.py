"""Whole amounts as people type them: "1.000", "1,000", "Rp 20.000.000", "20.000.000,-"."""

import re
import unicodedata
from enum import StrEnum
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from regions.notation import number

LONGEST = 40
# One less than a trillion: the most that one row counts.
MOST = 10**12 - 1
# Thousands in groups of three, with one and the same mark between them all, or no groups at all.
GROUPED = re.compile(r"\d{1,3}(?:(?P<mark>[.,' ])\d{3})(?:(?P=mark)\d{3})*|\d+")
NO_CENTS = re.compile(r"(?:[.,]00|[.,]-|,—)$")
FRACTION = re.compile(r"[\d., ]*[.,]\d+")


class Flaw(StrEnum):
    """What keeps a text from being a whole amount above zero."""

    EMPTY = "empty"
    NOT_A_NUMBER = "not_a_number"
    FRACTION = "fraction"
    NOT_POSITIVE = "not_positive"


class NotAnAmount(ValueError):
    """The text is no whole amount above zero; `flaw` says why."""

    def __init__(self, flaw: Flaw) -> None:
        self.flaw = flaw
        super().__init__(flaw.value)


def parse_amount(text: str) -> int:
    """A whole amount > 0 out of what was typed; raises `NotAnAmount`.

    Points, commas, apostrophes and spaces all part thousands, as long as groups have three digits and one
    mark is used throughout. "Rp" in front and ",00" or ",-" behind may stand there. Minus is never lost.
    """
    if len(text) > LONGEST:
        raise NotAnAmount(Flaw.NOT_A_NUMBER)
    plain = unicodedata.normalize("NFKC", text).replace("\u2212", "-").replace("\u2019", "'").strip()
    plain = re.sub(r"^(-?)\s*rp\.?\s*", r"\1", plain, flags=re.IGNORECASE)
    if not plain:
        raise NotAnAmount(Flaw.EMPTY)
    negative = plain.startswith("-")
    plain = plain.lstrip("+-").strip()
    whole = NO_CENTS.sub("", plain)
    if not (GROUPED.fullmatch(whole) and whole.isascii()):
        raise NotAnAmount(Flaw.FRACTION if FRACTION.fullmatch(plain) else Flaw.NOT_A_NUMBER)
    value = int(re.sub(r"\D", "", whole))
    if negative or value == 0:
        raise NotAnAmount(Flaw.NOT_POSITIVE)
    return value


def _told_most(most: int) -> str:
    return _now("Paling banyak %(most)s.") % {"most": number(most)}


# In the language of whoever reads it.
_at_most = lazy(_told_most, str)


class AmountField(forms.IntegerField):
    """A whole amount above zero, typed in any of the usual ways; at most `max_value` (10¹² less one)."""

    widget = forms.TextInput
    default_error_messages = {
        "required": _("Tulis jumlahnya dengan angka, misalnya 100 atau 1.000."),
        Flaw.NOT_A_NUMBER: _("Tulis dengan angka saja, misalnya 100 atau 1.000."),
        Flaw.FRACTION: _("Tulis bilangan bulat tanpa pecahan, misalnya 100 atau 1.000."),
        Flaw.NOT_POSITIVE: _("Jumlahnya harus lebih dari nol."),
        "max_value": _("Jumlah sebesar itu tidak dapat dicatat. Tulis kurang dari satu triliun."),
    }

    def __init__(self, *, max_value: int = MOST, **kwargs: Any) -> None:
        if max_value != MOST:
            told = {"max_value": _at_most(max_value)}
            kwargs["error_messages"] = told | kwargs.get("error_messages", {})
        super().__init__(max_value=max_value, min_value=1, localize=True, **kwargs)

    def to_python(self, value: Any) -> int | None:
        if value is None or isinstance(value, int):
            return value
        try:
            return parse_amount(str(value))
        except NotAnAmount as error:
            if error.flaw is Flaw.EMPTY:
                return None
            raise ValidationError(self.error_messages[error.flaw], code=error.flaw.value) from error


class ZeroField(AmountField):
    """A whole amount; empty and 0 are 0."""

    default_error_messages = {Flaw.NOT_POSITIVE: _("Tulis 0 atau lebih.")}

    def to_python(self, value: Any) -> int:
        text = str(value if value is not None else "").strip()
        return 0 if not text or set(text) <= {"0"} else super().to_python(value) or 0

    def run_validators(self, value: Any) -> None:
        if value:
            super().run_validators(value)


class CountField(ZeroField):
    """A whole amount, 0 included; empty is None: nobody counted."""

    def to_python(self, value: Any) -> int | None:  # type: ignore[override]
        return super().to_python(value) if str(value if value is not None else "").strip() else None
