"""Single cells of a gazetteer: what is a number, a code, a place in Indonesia."""

import re
from datetime import date

from django.utils.translation import gettext as _

from regions import codes

LATITUDES = (-11.2, 6.3)
LONGITUDES = (94.7, 141.3)
_YES = {"ya", "y", "yes", "true", "1"}
_NO = {"", "tidak", "t", "no", "n", "false", "0"}
_TEXT_LENGTHS = {"name": 80, "district": 80, "city": 100, "province": 80, "population_source": 200}


class Unreadable(ValueError):
    """A cell that cannot be taken, with what is wrong and what to do."""

    def __init__(self, problem: str, advice: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.advice = advice


def read_cell(column: str, text: str) -> object:
    """The value of one trimmed cell, None or "" when empty. Raises Unreadable."""
    if column in ("code", "district_code", "city_code"):
        return _code(column, text)
    if column in _TEXT_LENGTHS:
        return _text(text, _TEXT_LENGTHS[column], required=column == "name")
    if column == "rw_provisional":
        return _flag(text)
    if not text:
        return None
    if column == "valid_from":
        return _date(text)
    if column in ("lat", "lon"):
        return _degrees(text, column)
    if column == "area_km2":
        return _area(text)
    return _count(text, 999 if column == "rw_count" else 300_000_000)


def _code(column: str, text: str) -> str:
    if column != "code" and not text:
        return ""
    if not text:
        raise Unreadable(_("Kode kosong."), _("Isi kode Kemendagri, misalnya 31.74.01.1001."))
    if codes.is_code(text):
        return text
    if re.fullmatch(r"\d{7,16}", text):
        raise Unreadable(
            _("%(text)s tampaknya kode BPS atau kode tanpa titik.") % {"text": text},
            _("Pakai kode Kemendagri bertitik, misalnya 31.74.01.1001."),
        )
    raise Unreadable(
        _("%(text)s bukan kode Kemendagri.") % {"text": text[:40]},
        _("Bentuknya 31.74.01.1001; simpan kolom ini sebagai teks agar nol di depan tidak hilang."),
    )


def _text(text: str, length: int, *, required: bool) -> str:
    text = " ".join(text.split())
    if required and not text:
        raise Unreadable(_("Kosong."), _("Isi nama wilayahnya."))
    if len(text) > length:
        raise Unreadable(
            _("Lebih dari %(length)s huruf.") % {"length": length}, _("Periksa apakah kolomnya bergeser.")
        )
    if text and not text.isprintable():
        raise Unreadable(_("Ada karakter yang tidak dapat dicetak."), _("Ketik ulang isian ini."))
    if required and not any(letter.isalpha() for letter in text):
        raise Unreadable(_("%(text)s bukan nama.") % {"text": text}, _("Periksa apakah kolomnya bergeser."))
    return text


def _flag(text: str) -> bool:
    word = text.casefold()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise Unreadable(_("%(text)s tidak dimengerti.") % {"text": text[:40]}, _("Tulis ya atau tidak."))


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Unreadable(
            _("%(text)s bukan tanggal.") % {"text": text[:40]}, _("Tulis seperti 2021-12-31.")
        ) from None


def _number(text: str) -> float:
    """A decimal number with a point or a comma; no thousands marks, no exponent, no NaN."""
    if not re.fullmatch(r"[-+]?\d{1,12}([.,]\d{1,18})?", text, re.ASCII):
        raise Unreadable(
            _("%(text)s bukan angka.") % {"text": text[:40]}, _("Tulis seperti -6.2146, tanpa satuan.")
        )
    return float(text.replace(",", "."))


def _degrees(text: str, column: str) -> float:
    value = _number(text)
    own, other = (LATITUDES, LONGITUDES) if column == "lat" else (LONGITUDES, LATITUDES)
    if own[0] <= value <= own[1]:
        return value
    if other[0] <= value <= other[1]:
        raise Unreadable(
            _("%(text)s di sini: lintang dan bujur tampaknya tertukar.") % {"text": text},
            _("lat untuk Jakarta sekitar -6, lon sekitar 106."),
        )
    raise Unreadable(
        _("%(text)s berada di luar Indonesia.") % {"text": text},
        _("Pakai derajat desimal WGS 84: lat -11 sampai 6, lon 95 sampai 141."),
    )


def _area(text: str) -> float:
    value = _number(text)
    if not 0 < value <= 100_000:
        raise Unreadable(
            _("Luas %(text)s km² tidak mungkin.") % {"text": text}, _("Isi luas dalam km² di atas nol.")
        )
    return value


def _count(text: str, largest: int) -> int:
    if not re.fullmatch(r"[-+]?\d{1,15}(\.0+)?", text, re.ASCII):
        raise Unreadable(
            _("%(text)s bukan bilangan bulat.") % {"text": text[:40]},
            _("Tulis tanpa pemisah ribuan dan tanpa satuan."),
        )
    value = int(text.split(".")[0])
    if value < 0:
        raise Unreadable(
            _("%(text)s kurang dari nol.") % {"text": text}, _("Isi nol atau lebih, atau kosongkan.")
        )
    if value > largest:
        raise Unreadable(
            _("%(text)s terlalu besar.") % {"text": text},
            _("Paling besar %(largest)s.") % {"largest": largest},
        )
    return value
