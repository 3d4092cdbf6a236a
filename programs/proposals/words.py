"""Words of a proposal made comparable: for search and for finding similar ones. Pure."""

import re

from regions.names import fold

MOST_TERMS = 12
# Shortened and informal spellings, as they are written on phones.
SPELLINGS = {
    "dgn": "dengan", "utk": "untuk", "yg": "yang", "krn": "karena", "sdh": "sudah", "blm": "belum", "tdk": "tidak",
    "jg": "juga", "dr": "dari", "pd": "pada", "org": "orang", "anak2": "anak", "bapak2": "bapak", "ibu2": "ibu",
    "ortu": "orang tua", "umkm": "usaha mikro", "handphone": "telepon", "hp": "telepon", "gadget": "gawai",
    "wifi": "internet", "difabel": "disabilitas", "lansia": "lanjut usia", "bumil": "ibu hamil",
}  # fmt: skip
# Too common to say anything.
STOP = """
yang dan di ke dari untuk dengan pada oleh itu ini atau juga agar supaya bagi para akan adalah ada tidak belum sudah
bisa dapat dalam lebih seperti saat setiap tiap lagi kami kita saya anda mereka karena jika bila maka saja satu dua
tiga secara antara hingga sampai bukan hanya sebagai the and for with of in to a an is are
"""
# Said of nearly everything here: they do not make two proposals similar.
WEAK = "warga jakarta usul usulan program bantuan bantu kolaborasi ksbb dki kota rw rt"
_DOUBLED_WORD = re.compile(r"\b(\w+)-\1\b")
_STOP = frozenset(fold(word) for word in STOP.split())
_WEAK = frozenset(fold(word) for word in WEAK.split())
_SPELLINGS = {fold(short): fold(long) for short, long in SPELLINGS.items()}


def normalised(text: str) -> str:
    """Folded words without the commonest, spelled in full: "Anak-anak yg difabel" → "anak disabilitas"."""
    once = _DOUBLED_WORD.sub(r"\1", text.casefold())
    words = " ".join(_SPELLINGS.get(word, word) for word in fold(once).split())
    return " ".join(word for word in words.split() if word not in _STOP)


def terms(text: str) -> list[str]:
    """The words to look for in a search text, each once, in order; only letters and digits."""
    return list(dict.fromkeys(word for word in normalised(text[:600]).split() if len(word) > 1))[:MOST_TERMS]


def telling(text: str) -> list[str]:
    """The words by which two proposals are similar: those of `terms` that are not said of nearly everything."""
    found = terms(text)
    return [word for word in found if word not in _WEAK and not word.isdigit()] or found
