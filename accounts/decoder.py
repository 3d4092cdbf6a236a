"""Opens what somebody sent: pictures, and the pages of a PDF. Knows nothing of Django.

Run as a process of its own by `decoding`, since what a decoder takes is known only afterwards: the process may take so
many megabytes and seconds, and whoever sends more is told so. `photos` uses the parts that are bounded by themselves.
"""

import io
import json
import os
import resource
import stat
import sys
import warnings
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import IO, Any, BinaryIO

from PIL import ExifTags, Image

# What the process may take beyond what it has once all its parts are loaded.
BUDGET = 63 * 1024**2
PROCESSOR_SECONDS = 15
MOST_SECONDS_OF_CPU = 20
# Bytes that a decoder holds for each pixel are those of the whole picture; a JPEG alone decodes to a smaller one.
MOST_PIXELS = {"JPEG": 80_000_000, "PNG": 9_000_000, "WEBP": 2_600_000, "HEIC": 12_600_000}
FORMATS = ("JPEG", "PNG", "WEBP")
# Of a JPEG with one scan libjpeg holds a few lines; of one with several it holds everything.
PROGRESSIVE_AT_HOME = 4_000_000
STRIP = 64
# A picture of more is halved at least before it is made to fit: a second one of its size would be too much.
LARGE = 4_200_000
# How a picture is turned and mirrored upright, by the number that EXIF gives its orientation.
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_270, 7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}  # fmt: skip
Evidence = dict[str, Any]


class Declined(Exception):
    """Why something was not opened, as a code, with numbers for the sentence."""

    def __init__(self, code: str, **numbers: int) -> None:
        super().__init__(code)
        self.code, self.numbers = code, numbers


def kind_of(head: bytes) -> str:
    """What a file is by its first 32 bytes: "pdf", "heic", "svg", or "picture" for whatever Pillow may know."""
    if head.startswith(b"%PDF-"):
        return "pdf"
    if head[4:8] == b"ftyp":
        return "heic"
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return "svg" if start.startswith((b"<svg", b"<?xml", b"<!doctype svg")) else "picture"


def opened(stream: IO[bytes]) -> Image.Image:
    """A picture of one of the `FORMATS`, its size looked at and nothing decoded. Raises `Declined`."""
    wide, high = _size_of_webp(stream)
    if wide * high > MOST_PIXELS["WEBP"]:
        raise Declined("too_many_pixels", most=MOST_PIXELS["WEBP"])
    try:
        with warnings.catch_warnings():
            # Pillow warns, and far above its limit refuses, before we could look at the size ourselves.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(stream, formats=FORMATS)
    except Image.DecompressionBombError as error:
        raise Declined("too_many_pixels", most=MOST_PIXELS["JPEG"]) from error
    except Exception as error:  # Pillow raises many kinds for broken files; each means the same here
        raise Declined("not_a_photo") from error
    most = MOST_PIXELS[image.format or ""]
    if image.width * image.height > most:
        raise Declined("too_many_pixels", most=most)
    return image


def _size_of_webp(stream: IO[bytes]) -> tuple[int, int]:
    """Before Pillow opens it: that alone sets its decoder's memory aside. (0, 0) for what is none."""
    head = stream.read(30)
    stream.seek(0)
    if head[:4] != b"RIFF" or head[8:12] != b"WEBP" or len(head) < 30:
        return 0, 0
    if head[12:16] == b"VP8X":
        return 1 + int.from_bytes(head[24:27], "little"), 1 + int.from_bytes(head[27:30], "little")
    if head[12:16] == b"VP8L":
        bits = int.from_bytes(head[21:25], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    wide, high = (int.from_bytes(head[place : place + 2], "little") & 0x3FFF for place in (26, 28))
    return wide, high


def is_light(image: Image.Image) -> bool:
    """Whether decoding it takes few bytes however large it is: no more than some 50 MB, whatever comes."""
    pixels = image.width * image.height
    if image.format == "JPEG":
        return pixels <= PROGRESSIVE_AT_HOME or (not image.info.get("progressive") and _one_scan(image))
    return pixels <= (2_500_000 if image.format == "PNG" else 500_000)


def _one_scan(image: Image.Image) -> bool:
    """Whether the first scan of a JPEG has all its components, so that nothing has to be held until the others come."""
    stream: Any = image.fp  # type: ignore[attr-defined]
    place = stream.tell()
    try:
        stream.seek(2)
        components = 0
        while True:
            mark = stream.read(1)
            while mark == b"\xff":
                mark = stream.read(1)
            length = int.from_bytes(stream.read(2), "big")
            if not mark or length < 2:
                return False
            body = stream.read(length - 2)
            if mark in (b"\xc0", b"\xc1"):
                components = body[5]
            elif mark == b"\xda":
                return bool(components) and body[0] == components
            if stream.read(1) != b"\xff":
                return False
    except IndexError:
        return False
    finally:
        stream.seek(place)


def small(image: Image.Image, edge: int) -> Image.Image:
    """The picture as RGB, upright, no longer than `edge`; decoded as small as its format allows."""
    wide, high = image.size
    share = min(1.0, edge / max(wide, high))
    # A box of the picture's own shape: in a square one the shorter side would forbid the next smaller scale.
    image.draft("RGB", (max(1, int(wide * share)), max(1, int(high * share))))
    orientation = image.getexif().get(ExifTags.Base.Orientation)
    image.load()
    factor = max(image.size) // edge
    if image.width * image.height > LARGE:
        factor = max(factor, 2)
    if factor > 1 or image.has_transparency_data:
        # The whole of it is held no longer than this takes.
        whole = image
        image = in_strips(
            lambda top, below: whole.crop((0, top, whole.width, below)), whole.size, max(factor, 1)
        )
        whole.close()
    image = on_white(image)
    image.thumbnail((edge, edge), Image.Resampling.LANCZOS)
    turned = TURNS.get(orientation or 1)
    return image if turned is None else image.transpose(turned)


def in_strips(strip: Callable[[int, int], Image.Image], size: tuple[int, int], factor: int) -> Image.Image:
    """A picture made smaller by a whole number, as RGB, from strips of it (top, below), so that no second one is held."""
    wide, high = size
    out = Image.new("RGB", (-(-wide // factor), -(-high // factor)))
    for top in range(0, high, STRIP * factor):
        below = min(top + STRIP * factor, high)
        out.paste(on_white(strip(top, below)).reduce(factor), (0, top // factor))
    return out


def on_white(image: Image.Image) -> Image.Image:
    """As RGB, without transparency."""
    if image.mode.startswith("I"):
        # Sixteen bits a pixel: converting alone makes white of all but the darkest.
        image = image.point(lambda value: value / 256).convert("L")
        image.info.pop("transparency", None)
    if not image.has_transparency_data:
        return image if image.mode == "RGB" else image.convert("RGB")
    whole = image.convert("RGBA")
    ground = Image.new("RGBA", whole.size, "white")
    ground.alpha_composite(whole)
    return ground.convert("RGB")


def encoded(image: Image.Image, quality: int = 80) -> bytes:
    """A JPEG of these pixels and of nothing else."""
    out = io.BytesIO()
    bare = Image.new("RGB", image.size)
    bare.paste(image)
    bare.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
    return out.getvalue()


def told_by(exif: Image.Exif) -> Evidence:
    """What the phone wrote into the file, as it is: moment ("2026:11:22 09:30:00"), latitude, longitude."""
    try:
        taken = exif.get_ifd(ExifTags.IFD.Exif).get(ExifTags.Base.DateTimeOriginal) or exif.get(
            ExifTags.Base.DateTime
        )
        gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    except Exception:  # broken metadata is no reason to refuse a good picture
        return {}
    return {
        "taken": _moment(taken),
        "latitude": _degrees(gps, 2, 1, "S"),
        "longitude": _degrees(gps, 4, 3, "W"),
    }


def _moment(text: object) -> str | None:
    try:
        datetime.strptime(str(text), "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007 only whether it is one
    except ValueError:
        return None
    return str(text)


def _degrees(gps: dict[int, Any], key: int, reference: int, negative: str) -> float | None:
    """Degrees, also such as no place on earth has; None for what is no number."""
    try:
        degrees, minutes, seconds = (float(part) for part in gps[key])
        value = degrees + minutes / 60 + seconds / 3600
    except (KeyError, TypeError, ValueError, ZeroDivisionError, OverflowError):
        return None
    if str(gps.get(reference, "")).upper().startswith(negative):
        value = -value
    return value if abs(value) <= 1_000_000 else None


def heic(stream: IO[bytes], edge: int) -> tuple[Image.Image, Evidence]:
    """The primary picture of a HEIC file, whatever others are in it. Raises `Declined`."""
    import pi_heif

    found = pi_heif.open_heif(stream)
    one = found[found.primary_index]
    if one.size[0] * one.size[1] > MOST_PIXELS["HEIC"]:
        raise Declined("too_many_pixels", most=MOST_PIXELS["HEIC"])
    exif = Image.Exif()
    exif.load(one.info.get("exif") or b"")
    out = _halved(one, edge)
    del one, found  # and with them the whole picture
    out.thumbnail((edge, edge), Image.Resampling.LANCZOS)
    return out, told_by(exif)


def _halved(one: Any, edge: int) -> Image.Image:
    """A decoded HEIC picture made smaller by a whole number; it is turned and mirrored already."""
    one.load()
    lines, mode, stride, (wide, high) = one.data, one.mode, one.stride, one.size

    def strip(top: int, below: int) -> Image.Image:
        part = lines[top * stride : below * stride]
        return Image.frombytes(mode, (wide, below - top), part, "raw", mode, stride)

    return in_strips(strip, (wide, high), max(1, max(wide, high) // edge))


def pdf(stream: IO[bytes], edge: int, most: int) -> Iterator[Image.Image]:
    """Each page as a picture: no script runs, no form is filled in, nothing attached is looked at. Raises `Declined`."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(stream)
        pages = len(document)
    except pypdfium2.PdfiumError as error:
        raise Declined("locked" if "assword" in str(error) else "broken_pdf") from error
    if pages > most:
        raise Declined("too_many_pages", pages=pages, most=most)
    if not pages:
        raise Declined("broken_pdf")
    for number in range(pages):
        page = document[number]
        wide, high = page.get_size()
        bitmap = page.render(scale=edge / max(wide, high, 1), fill_color=(255, 255, 255, 255))
        yield bitmap.to_pil().convert("RGB")
        bitmap.close()
        page.close()


def _pictures(kind: str, stream: IO[bytes], edge: int, most: int) -> Iterator[tuple[Image.Image, Evidence]]:
    if kind == "pdf":
        yield from ((page, {}) for page in pdf(stream, edge, most))
    elif kind == "heic":
        yield heic(stream, edge)
    else:
        with opened(stream) as image:
            told = told_by(image.getexif())
            yield small(image, edge), told


def _limit() -> None:
    """From here on the process may take `BUDGET` more, and so many seconds of a processor."""
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, MOST_SECONDS_OF_CPU))
    if sys.platform != "linux":
        return
    with open("/proc/self/statm", "rb") as told:
        size = int(told.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    resource.setrlimit(resource.RLIMIT_AS, (size + BUDGET, size + BUDGET))


def _load(kind: str) -> None:
    """The libraries that this file needs, before the limit counts."""
    if kind == "heic":
        import pi_heif

        pi_heif.options.THUMBNAILS = pi_heif.options.AUX_IMAGES = pi_heif.options.DEPTH_IMAGES = False
        pi_heif.options.DECODE_THREADS = 1
    elif kind == "pdf":
        import pypdfium2  # noqa: F401
    else:
        Image.init()


def _answer(out: BinaryIO, told: dict[str, Any], content: bytes = b"") -> None:
    out.write(json.dumps({**told, "length": len(content)}).encode() + b"\n" + content)
    out.flush()


def main(edge: int, quality: int, most: int) -> None:
    """The file on standard input; answers one line of JSON and the bytes of a JPEG for each picture."""
    out = sys.stdout.buffer
    stream: Any = sys.stdin.buffer
    if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
        stream = io.BytesIO(stream.read())
    kind = kind_of(stream.read(32))
    stream.seek(0)
    _load(kind)
    _limit()
    tell: Callable[..., None] = lambda **told: _answer(out, told)  # noqa: E731
    try:
        for image, told in _pictures(kind, stream, edge, most):
            _answer(out, told, encoded(image, quality))
    except Declined as declined:
        tell(declined=declined.code, numbers=declined.numbers)
    except Exception as error:  # whatever a decoder says of a broken file
        tell(declined=_why(kind, error), numbers={})


def _why(kind: str, error: Exception) -> str:
    """Decoders of other languages tell a lack of memory in words of their own, or say that the file is broken."""
    words = str(error).lower()
    if kind == "pdf":
        return "broken_pdf"
    if "truncated" in words:
        return "not_a_photo"
    lacking = isinstance(error, MemoryError) or any(word in words for word in ("memory", "alloc"))
    return "too_heavy" if lacking or kind == "picture" else "not_a_photo"


if __name__ == "__main__":
    main(*map(int, sys.argv[1:4]))
