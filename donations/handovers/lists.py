"""Lists of recipients as people send them: a table, a workbook, a photo or a PDF, looked at before it is kept.

What is kept is encrypted whole; here it is only made harmless: a table is written anew, with nothing in it that a
spreadsheet would run; a workbook may hold no programs; pictures and PDFs are cleaned as evidence is.
"""

import csv
import io
import zipfile
from dataclasses import dataclass
from typing import IO

from django.utils.translation import gettext as _

from accounts import enclosures
from accounts.errors import Refused
from accounts.photos import fingerprint
from donations.handovers.models import RecipientList

FIELD = "lists"
MOST_TABLE_BYTES, MOST_ROWS, MOST_CELLS = 3 * 1024 * 1024, 20_000, 60
# Of a workbook, when it is opened: so many parts, and so many times its size.
MOST_PARTS, MOST_UNPACKED = 300, 60 * 1024 * 1024
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Listed:
    """`rows`: of a table, without its head; None where nobody counted."""

    kind: str
    content: bytes
    sha256: str
    rows: int | None = None


def clean(upload: IO[bytes], size: int | None) -> Listed:
    """What is kept of a list; raises `Refused` with what to do instead."""
    sha256 = fingerprint(upload, size)
    head = upload.read(8)
    upload.seek(0)
    kinds = RecipientList.Kind
    if head.startswith(b"PK\x03\x04"):
        return Listed(kinds.WORKBOOK, _workbook(upload), sha256)
    if head.startswith((b"\xff\xd8", b"\x89PNG", b"RIFF", b"%PDF-")) or head[4:8] == b"ftyp":
        kind, content = enclosures.clean(upload, size, field=FIELD)
        return Listed(kinds.PHOTO if kind == "photo" else kinds.PDF, content, sha256)
    content, rows = _table(upload)
    return Listed(kinds.TABLE, content, sha256, rows)


def _table(upload: IO[bytes]) -> tuple[bytes, int]:
    content = upload.read(MOST_TABLE_BYTES + 1)
    if len(content) > MOST_TABLE_BYTES:
        raise _refused(_("Tabel ini lebih dari 3 MB. Bagi menjadi beberapa berkas."), "too_big")
    text = _text(content)
    first = text.partition("\n")[0]
    mark = max(",;\t", key=first.count)
    try:
        rows = [row for row in csv.reader(io.StringIO(text), delimiter=mark) if any(map(str.strip, row))]
    except csv.Error as error:
        raise _unknown() from error
    if not first.count(mark) and len(rows) < 2:
        raise _unknown()
    if len(rows) > MOST_ROWS or max(map(len, rows)) > MOST_CELLS:
        raise _refused(_("Tabel ini terlalu besar. Bagi menjadi beberapa berkas."), "too_big")
    out = io.StringIO()
    csv.writer(out).writerows([_harmless(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig"), len(rows) - 1


def _text(content: bytes) -> str:
    if b"\0" in content[:4096]:
        raise _unknown()
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _unknown()


def _harmless(cell: str) -> str:
    """A cell that a spreadsheet would take for a formula begins with an apostrophe; a number may have its minus."""
    stripped = cell.strip().replace("\0", "")
    is_number = stripped[1:].replace(".", "").replace(",", "").isdecimal()
    return f"'{stripped}" if stripped.startswith(_FORMULA) and not is_number else stripped


def _workbook(upload: IO[bytes]) -> bytes:
    try:
        with zipfile.ZipFile(upload) as book:
            parts = book.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise _unknown() from error
    names = {part.filename.lower() for part in parts}
    if "xl/workbook.xml" not in names:
        raise _unknown()
    if any("vbaproject" in name or "/activex" in name or "/embeddings/" in name for name in names):
        raise _refused(
            _("Lembar kerja ini berisi program (makro) atau berkas lain. Simpan sebagai CSV."), "active"
        )
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise _refused(_("Lembar kerja ini terlalu besar. Simpan sebagai CSV."), "too_big")
    upload.seek(0)
    return upload.read()


def _unknown() -> Refused:
    return _refused(
        _("Berkas ini bukan daftar yang bisa dibaca. Kirim CSV, XLSX, foto, atau PDF."), "unknown"
    )


def _refused(text: str, code: str) -> Refused:
    return Refused(text, field=FIELD, code=code)
