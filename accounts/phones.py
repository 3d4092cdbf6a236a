"""Phone numbers as people write them, in one form (E.164). Pure.

Read are Indonesian mobile and fixed numbers in any of the usual spellings, and numbers of other countries
that begin with + or 00.
"""

import re
import unicodedata

COUNTRY = "62"
_WRITTEN = re.compile(r"[+(\d][\d\s().\-/\u00a0\u2010-\u2015]*")
# Behind the country code an Indonesian number has 8 to 12 digits and no leading zero.
_NATIONAL = re.compile(r"[1-9]\d{7,11}")


def normalise(text: str) -> str:
    """ "0812-3456.7890", "+62 (0) 812 3456 7890", "62812…", "812…" → "+6281234567890".

    Raises ValueError for what cannot be a phone number.
    """
    written = _plain(text)
    digits = re.sub(r"\D", "", written)
    if not _WRITTEN.fullmatch(written) or not digits:
        raise ValueError("not a phone number")
    if written.startswith("+") or digits.startswith("00"):  # both ways to dial abroad
        digits = digits.removeprefix("00")
        if not digits.startswith(COUNTRY):
            return _abroad(digits)
    national = digits.removeprefix(COUNTRY).removeprefix("0")
    if not _NATIONAL.fullmatch(national):
        raise ValueError("not an Indonesian number")
    return f"+{COUNTRY}{national}"


def _plain(text: str) -> str:
    """Without what comes along from a list of contacts or a link: marks of direction, wide digits, "tel:"."""
    told = "".join(one for one in unicodedata.normalize("NFKC", text) if unicodedata.category(one) != "Cf")
    return told.strip().removeprefix("tel:").strip()


def _abroad(digits: str) -> str:
    if not re.fullmatch(r"[1-9]\d{7,14}", digits):
        raise ValueError("not a phone number")
    return f"+{digits}"


def readable(phone: str) -> str:
    """ "+6281234567890" → "0812 3456 7890" with non-breaking spaces; other countries stay as they are."""
    if not phone.startswith(f"+{COUNTRY}"):
        return phone
    local = "0" + phone.removeprefix(f"+{COUNTRY}")
    groups = [local[:4], *(local[at : at + 4] for at in range(4, len(local), 4))]
    return "\u00a0".join(groups)
