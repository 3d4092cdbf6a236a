"""Parameters of a notice as JSON, worded in the reader's language when the notice is shown or sent."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils.translation import get_language, override

from regions import notation

Value = str | int | dict[str, Any]


def both(said: Callable[[], object]) -> Value:
    """What `said()` gives in each language: `both(lambda: quantity_of(aid_type, 640))`."""
    kept = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            kept[code] = str(said())
    first = kept[settings.LANGUAGE_CODE]
    return first if set(kept.values()) == {first} else {"said": kept}


def day(value: date) -> Value:
    return {"day": value.isoformat()}


def moment(value: datetime) -> Value:
    return {"moment": value.isoformat()}


def rupiah(value: int) -> Value:
    return {"rupiah": value}


def worded(params: Mapping[str, Any]) -> dict[str, str]:
    """Each parameter as text in the active language; numbers as they are written here."""
    return {name: _word(value) for name, value in params.items()}


def _word(value: Any) -> str:
    match value:
        case {"said": dict() as kept}:
            return str(kept.get(get_language() or "") or kept.get(settings.LANGUAGE_CODE, ""))
        case {"day": str() as text}:
            return notation.when(date.fromisoformat(text), "day")
        case {"moment": str() as text}:
            return notation.when(datetime.fromisoformat(text))
        case {"rupiah": int() as amount}:
            return notation.rupiah(amount)
        case int():
            return notation.number(value)
    return str(value)
