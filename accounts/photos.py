"""Photos from phones: decoded, turned upright, made small and encoded anew, in little memory whatever they claim."""

import hashlib
import io
from dataclasses import dataclass
from datetime import datetime
from typing import IO

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import Image

from accounts.decoder import Declined, encoded, is_light, kind_of, opened, small, told_by
from accounts.decoding import Decoded, decoded, moment, refusal
from accounts.errors import Refused

MOST_BYTES = 15 * 1024 * 1024
LONGEST_EDGE = 1600
LOGO_EDGE = 512
QUALITY = 80


@dataclass(frozen=True, slots=True)
class Photo:
    """A clean JPEG, and what the phone had written into the file: private evidence, kept as it was told."""

    file: ContentFile
    sha256: str
    taken_at: datetime | None = None
    latitude: float | None = None
    longitude: float | None = None


def clean(upload: IO[bytes], size: int | None = None) -> Photo:
    """Read an uploaded picture whatever it claims to be; raises `Refused` with what to do instead.

    The result is a JPEG of at most 1600 px with no metadata: place, time and camera stay out of it. What takes more
    than a few megabytes to decode is decoded in a process of its own (`decoding`).
    """
    sha256 = fingerprint(upload, size)
    try:
        found = _decoded(upload)
    except Declined as declined:
        raise refusal(declined, "photos") from declined
    return Photo(
        ContentFile(found.content, name="photo.jpg"),
        sha256,
        found.taken_at,
        found.latitude,
        found.longitude,
    )


def fingerprint(upload: IO[bytes], size: int | None = None) -> str:
    """The SHA-256 of a file of at most 15 MB, which is read in parts; raises `Refused` for a larger one."""
    if size is not None and size > MOST_BYTES:
        raise _too_big(size)
    upload.seek(0)
    found, read = hashlib.sha256(), 0
    while part := upload.read(65536):
        found.update(part)
        read += len(part)
        if read > MOST_BYTES:
            raise _too_big(size or read)
    upload.seek(0)
    return found.hexdigest()


def _decoded(upload: IO[bytes]) -> Decoded:
    kind = kind_of(upload.read(64))
    upload.seek(0)
    if kind in ("pdf", "svg"):
        raise Declined(kind)
    if kind == "picture":
        # A view of it that may be closed while the upload stays open.
        with opened(upload) as image:
            if is_light(image):
                return _here(image)
    return next(decoded(upload, edge=LONGEST_EDGE, quality=QUALITY))


def _here(image: Image.Image) -> Decoded:
    try:
        told = told_by(image.getexif())
        found = small(image, LONGEST_EDGE)
    except Exception as error:  # Pillow raises many kinds for broken files; each means the same here
        raise Declined("not_a_photo") from error
    return Decoded(
        encoded(found, QUALITY),
        moment(told.get("taken")),
        told.get("latitude"),
        told.get("longitude"),
    )


def logo(upload: IO[bytes], size: int | None = None) -> ContentFile:
    """Read an uploaded logo: a PNG of at most 512 px on white, so that it stands on paper and in the dark alike."""
    photo = clean(upload, size)
    with Image.open(photo.file) as image:
        copy = image.convert("RGB")
    copy.thumbnail((LOGO_EDGE, LOGO_EDGE), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    copy.save(out, "PNG", optimize=True)
    return ContentFile(out.getvalue(), name="logo.png")


def _too_big(size: int) -> Refused:
    return Refused(
        _("Foto ini %(size)s MB; paling besar %(most)s MB. Kecilkan atau ambil ulang fotonya.")
        % {"size": size // (1024 * 1024), "most": MOST_BYTES // (1024 * 1024)},
        field="photos",
        code="too_big",
    )
