"""What people enclose as evidence, made harmless and anonymous: pictures encoded anew, PDFs without their metadata."""

import io
from typing import IO

import pikepdf
from django.utils.translation import gettext as _

from accounts import photos
from accounts.errors import Refused

MOST_PDF_BYTES = 10 * 1024 * 1024
MOST_PAGES = 200
# What opens, runs or hides something; and what tells who made it.
_ACTIVE = (
    "/OpenAction",
    "/AA",
    "/AcroForm",
    "/Names",
    "/JavaScript",
    "/AF",
    "/Collection",
    "/Metadata",
    "/PieceInfo",
)
_ACTIVE_PAGE = ("/AA", "/Metadata", "/PieceInfo", "/Annots")
MARK = b"%PDF-"


def clean(upload: IO[bytes], size: int | None, *, field: str) -> tuple[str, bytes]:
    """(kind, content) of an uploaded picture or PDF; raises `Refused` with what to do instead."""
    head = upload.read(1024)
    upload.seek(0)
    if MARK in head:
        return "pdf", _clean_pdf(upload, field)
    if not head:
        raise Refused(_("Berkas ini kosong. Pilih berkas lain."), field=field, code="empty")
    try:
        return "photo", photos.clean(upload, size).file.read()
    except Refused as refused:
        if refused.code == "not_a_photo":
            raise Refused(
                _("Berkas ini bukan foto atau PDF yang bisa dibaca. Kirim JPEG, PNG, WebP, atau PDF."),
                field=field, code="unknown",
            ) from refused  # fmt: skip
        raise Refused(refused.messages[0], field=field, code=refused.code or "refused") from refused


def _clean_pdf(upload: IO[bytes], field: str) -> bytes:
    content = upload.read(MOST_PDF_BYTES + 1)
    if len(content) > MOST_PDF_BYTES:
        raise Refused(
            _("PDF ini lebih dari %(most)s MB. Kirim halaman yang penting saja, atau fotonya.")
            % {"most": MOST_PDF_BYTES // (1024 * 1024)},
            field=field, code="too_big",
        )  # fmt: skip
    try:
        with pikepdf.open(io.BytesIO(content)) as document:
            if len(document.pages) > MOST_PAGES:
                raise Refused(
                    _("PDF ini lebih dari %(most)s halaman. Kirim halaman yang penting saja.")
                    % {"most": MOST_PAGES},
                    field=field, code="too_many_pages",
                )  # fmt: skip
            _strip(document)
            out = io.BytesIO()
            document.save(out, linearize=False, deterministic_id=True)
    except pikepdf.PasswordError as error:
        raise Refused(
            _("PDF ini terkunci kata sandi. Simpan tanpa kata sandi, lalu kirim lagi."),
            field=field,
            code="locked",
        ) from error
    except pikepdf.PdfError as error:
        raise Refused(
            _("PDF ini rusak dan tidak dapat dibuka. Kirim ulang, atau kirim fotonya."),
            field=field,
            code="broken",
        ) from error
    return out.getvalue()


def _strip(document: pikepdf.Pdf) -> None:
    """Take out scripts, actions, attachments, forms and what tells the maker; the pages stay as they look."""
    for key in _ACTIVE:
        if key in document.Root:
            del document.Root[key]
    if "/Info" in document.trailer:
        del document.trailer["/Info"]
    for page in document.pages:
        for key in _ACTIVE_PAGE:
            if key in page.obj:
                del page.obj[key]
