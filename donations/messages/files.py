"""What is attached to a message: written anew, so that nothing in it runs and nothing tells on its sender.

Pictures are decoded and encoded; of a PDF the pages are copied into a new document without scripts, actions, forms'
programs and files inside files. What a file is, its first bytes say, whatever its name or its sender claims.
"""

import hashlib
import io
import re
from dataclasses import dataclass
from typing import IO, Any

import pikepdf
from django.utils.translation import gettext as _

from accounts import photos
from accounts.errors import Refused
from donations.messages.models import AttachmentKind

MOST_PDF_BYTES = 10 * 1024 * 1024
MOST_PAGES = 200
MOST_OBJECTS = 60_000
FIELD = "attached"

# A small file can unfold into gigabytes: qpdf gives up before that. Process-wide, so said once, on import.
pikepdf.settings.set_qpdf_limits(
    flate_max_memory=128 * 1024 * 1024,
    run_length_max_memory=128 * 1024 * 1024,
    png_max_memory=128 * 1024 * 1024,
    tiff_max_memory=128 * 1024 * 1024,
    dct_max_memory=128 * 1024 * 1024,
    parser_max_container_size=500_000,
    parser_max_nesting=100,
    doc_max_warnings=500,
)

# Keys under which a document keeps what acts by itself, or other files.
_ACTIVE = frozenset({
    "/AA", "/AF", "/EF", "/EmbeddedFiles", "/JS", "/JavaScript", "/Launch", "/Metadata", "/OpenAction", "/PieceInfo",
    "/RichMediaContent", "/RichMediaSettings", "/XFA",
})  # fmt: skip
_ACTIVE_ANNOTATIONS = frozenset({"/3D", "/FileAttachment", "/Movie", "/RichMedia", "/Screen", "/Sound"})
_HARMLESS_LINK = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Clean:
    """A file as it is kept; `sha256` is that of the file as it was sent."""

    kind: str
    content: bytes
    name: str
    sha256: str


def clean(upload: IO[bytes], name: str = "", size: int | None = None) -> Clean:
    """A picture or a PDF, written anew; raises `Refused` with what to do instead."""
    head = upload.read(1024)
    upload.seek(0)
    shown = shown_name(name)
    if b"%PDF-" not in head:
        return _photo(upload, shown, size)
    content = upload.read(MOST_PDF_BYTES + 1)
    if len(content) > MOST_PDF_BYTES:
        raise Refused(
            _("%(name)s: paling besar %(most)s MB. Kecilkan dokumennya, atau kirim fotonya.")
            % {"name": shown, "most": MOST_PDF_BYTES // (1024 * 1024)},
            field=FIELD,
            code="too_big",
        )
    return Clean(AttachmentKind.PDF, _rewritten(content, shown), shown, hashlib.sha256(content).hexdigest())


def shown_name(name: str) -> str:
    """The sender's name of the file without folders and characters that would turn or break a line."""
    last = re.split(r"[\\/]", name)[-1]
    kept = "".join(letter for letter in last if letter.isprintable()).strip()[-120:]
    return kept or str(_("lampiran"))


def _photo(upload: IO[bytes], name: str, size: int | None) -> Clean:
    try:
        photo = photos.clean(upload, size)
    except Refused as refused:
        sentence = (
            _("Berkas ini bukan foto atau PDF yang bisa dibaca. Kirim JPEG, PNG, WebP, atau PDF.")
            if refused.code == "not_a_photo"
            else " ".join(refused.messages)
        )
        raise Refused(f"{name}: {sentence}", field=FIELD, code=refused.code or "refused") from refused
    return Clean(AttachmentKind.PHOTO, photo.file.read(), name, photo.sha256)


def _rewritten(content: bytes, name: str) -> bytes:
    try:
        with pikepdf.open(io.BytesIO(content), suppress_warnings=True) as source, pikepdf.new() as made:
            if source.is_encrypted:
                raise _locked(name)
            if len(source.pages) > MOST_PAGES or len(source.objects) > MOST_OBJECTS:
                raise Refused(
                    _(
                        "%(name)s terlalu panjang; paling banyak %(most)s halaman. Bagi menjadi beberapa berkas."
                    )
                    % {"name": name, "most": MOST_PAGES},
                    field=FIELD,
                    code="too_long",
                )
            made.pages.extend(source.pages)
            if not len(made.pages):
                raise ValueError("no pages")
            for found in made.objects:
                _disarm(found)
            out = io.BytesIO()
            made.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    except Refused:
        raise
    except pikepdf.PasswordError as error:
        raise _locked(name) from error
    except Exception as error:  # pikepdf raises many kinds for broken files; each means the same here
        raise Refused(
            _("%(name)s tidak bisa dibaca sebagai PDF. Simpan ulang dokumennya, atau kirim fotonya.")
            % {"name": name},
            field=FIELD,
            code="not_a_pdf",
        ) from error
    return out.getvalue()


def _locked(name: str) -> Refused:
    return Refused(
        _("%(name)s terkunci kata sandi. Simpan dulu tanpa kata sandi, lalu kirim lagi.") % {"name": name},
        field=FIELD,
        code="locked",
    )


def _disarm(found: Any, depth: int = 0) -> None:
    """Take out of an object, and of what lies directly inside it, everything that acts or carries files."""
    if depth > 100 or not isinstance(found, pikepdf.Object):
        return
    if isinstance(found, pikepdf.Array):
        for item in found:
            _below(item, depth)
        return
    if not isinstance(found, (pikepdf.Dictionary, pikepdf.Stream)):
        return
    for key in list(found.keys()):
        value = found[key]
        if key in _ACTIVE or (key == "/A" and not _is_harmless(value)):
            del found[key]
        elif key == "/Annots" and isinstance(value, pikepdf.Array):
            found[key] = pikepdf.Array([one for one in value if not _is_active(one)])
            _below(found[key], depth)
        else:
            _below(value, depth)


def _below(value: Any, depth: int) -> None:
    """What has a number of its own comes in its own turn."""
    if isinstance(value, pikepdf.Object) and not value.is_indirect:
        _disarm(value, depth + 1)


def _is_active(annotation: Any) -> bool:
    return (
        isinstance(annotation, pikepdf.Dictionary)
        and str(annotation.get("/Subtype", "")) in _ACTIVE_ANNOTATIONS
    )


def _is_harmless(action: Any) -> bool:
    """Only to a page of the same document, or an open link; nothing after it."""
    if not isinstance(action, pikepdf.Dictionary):
        return True  # a plain value, not an action
    if "/Next" in action:
        return False
    kind = str(action.get("/S", ""))
    return kind == "/GoTo" or (kind == "/URI" and bool(_HARMLESS_LINK.match(str(action.get("/URI", "")))))
