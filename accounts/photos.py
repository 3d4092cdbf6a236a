"""Photos from phones: decoded, turned upright, made small and encoded anew. Pure but for Pillow."""

import hashlib
import io
import warnings
from dataclasses import dataclass
from datetime import datetime
from typing import IO

from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.translation import gettext as _
from PIL import ExifTags, Image, ImageOps

from accounts.errors import Refused

MOST_BYTES = 15 * 1024 * 1024
# A JPEG decodes straight to a smaller size; other formats have to be held whole before they are made small.
MOST_PIXELS = {"JPEG": 80_000_000}
MOST_PIXELS_OTHERWISE = 25_000_000
LONGEST_EDGE = 1600
LOGO_EDGE = 512
FORMATS = ("JPEG", "PNG", "WEBP")


@dataclass(frozen=True, slots=True)
class Photo:
    """A clean JPEG, and what the phone had written into the file (private evidence)."""

    file: ContentFile
    sha256: str
    taken_at: datetime | None = None
    latitude: float | None = None
    longitude: float | None = None


def clean(upload: IO[bytes], size: int | None = None) -> Photo:
    """Read an uploaded picture whatever it claims to be; raises `Refused` with what to do instead.

    The result is a JPEG of at most 1600 px with no metadata: place, time and camera stay out of it.
    """
    if size is not None and size > MOST_BYTES:
        raise _too_big(size)
    content = upload.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise _too_big(len(content))
    try:
        with warnings.catch_warnings():
            # Pillow warns, and far above its limit refuses, before we could look at the size ourselves.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            opened = Image.open(io.BytesIO(content), formats=FORMATS)
        with opened as image:
            most = MOST_PIXELS.get(image.format or "", MOST_PIXELS_OTHERWISE)
            if image.width * image.height > most:
                raise _too_many_pixels(most)
            taken_at, latitude, longitude = _evidence(image)
            image.draft("RGB", (LONGEST_EDGE, LONGEST_EDGE))
            upright = ImageOps.exif_transpose(image).convert("RGB")
    except Refused:
        raise
    except Image.DecompressionBombError as error:
        raise _too_many_pixels(MOST_PIXELS["JPEG"]) from error
    except Exception as error:  # Pillow raises many kinds for broken files; each means the same here
        if content[4:8] == b"ftyp":  # the family of HEIC, AVIF and films
            raise Refused(
                _(
                    "Foto ini berformat HEIC, yang belum bisa dibaca di sini. Di iPhone pilih Pengaturan, Kamera, "
                    "Format, Paling Kompatibel, lalu ambil ulang; atau kirim sebagai JPEG."
                ),
                field="photos",
                code="heic",
            ) from error
        raise Refused(
            _("Berkas ini bukan foto yang bisa dibaca. Kirim JPEG, PNG, atau WebP."),
            field="photos",
            code="not_a_photo",
        ) from error
    upright.thumbnail((LONGEST_EDGE, LONGEST_EDGE), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    upright.save(out, "JPEG", quality=80, optimize=True, progressive=True)
    return Photo(
        ContentFile(out.getvalue(), name="photo.jpg"),
        hashlib.sha256(content).hexdigest(),
        taken_at,
        latitude,
        longitude,
    )


def logo(upload: IO[bytes], size: int | None = None) -> ContentFile:
    """Read an uploaded logo: a PNG of at most 512 px on white, so that it stands on paper and in the dark alike."""
    photo = clean(_on_white(upload, size))
    with Image.open(photo.file) as image:
        copy = image.convert("RGB")
    copy.thumbnail((LOGO_EDGE, LOGO_EDGE), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    copy.save(out, "PNG", optimize=True)
    return ContentFile(out.getvalue(), name="logo.png")


def _on_white(upload: IO[bytes], size: int | None) -> IO[bytes]:
    """The same picture without transparency; what is not such a picture is left for `clean` to refuse."""
    if size is not None and size > MOST_BYTES:
        raise _too_big(size)
    content = upload.read(MOST_BYTES + 1)
    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "WEBP")) as image:
            if image.width * image.height > MOST_PIXELS_OTHERWISE or not image.has_transparency_data:
                return io.BytesIO(content)
            whole = image.convert("RGBA")
    except Exception:  # broken files are refused by `clean`, in its words
        return io.BytesIO(content)
    ground = Image.new("RGBA", whole.size, "white")
    ground.alpha_composite(whole)
    out = io.BytesIO()
    ground.convert("RGB").save(out, "PNG")
    out.seek(0)
    return out


def _too_many_pixels(most: int) -> Refused:
    return Refused(
        _("Foto ini lebih dari %(most)s juta piksel, terlalu besar. Kirim foto dari kamera telepon biasa.")
        % {"most": most // 1_000_000},
        field="photos",
        code="too_many_pixels",
    )


def _too_big(size: int) -> Refused:
    return Refused(
        _("Foto ini %(size)s MB; paling besar %(most)s MB. Kecilkan atau ambil ulang fotonya.")
        % {"size": size // (1024 * 1024), "most": MOST_BYTES // (1024 * 1024)},
        field="photos",
        code="too_big",
    )


def _evidence(image: Image.Image) -> tuple[datetime | None, float | None, float | None]:
    """(taken_at, latitude, longitude) from the metadata; what does not read as such is left out."""
    try:
        exif = image.getexif()
        taken = exif.get_ifd(ExifTags.IFD.Exif).get(ExifTags.Base.DateTimeOriginal) or exif.get(
            ExifTags.Base.DateTime
        )
        gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    except Exception:  # broken metadata is no reason to refuse a good picture
        return None, None, None
    return _moment(taken), _degrees(gps, 2, 1, "S", 90), _degrees(gps, 4, 3, "W", 180)


def _moment(text: object) -> datetime | None:
    try:
        return timezone.make_aware(datetime.strptime(str(text), "%Y:%m:%d %H:%M:%S"))  # noqa: DTZ007
    except ValueError:
        return None


def _degrees(gps: dict, key: int, reference: int, negative: str, most: float) -> float | None:
    try:
        degrees, minutes, seconds = (float(part) for part in gps[key])
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return None
    value = degrees + minutes / 60 + seconds / 3600
    if str(gps.get(reference, "")).upper().startswith(negative):
        value = -value
    return value if -most <= value <= most else None
