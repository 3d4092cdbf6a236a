"""What phones send, and what is kept of it."""

import io
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PIL import ExifTags, Image, TiffImagePlugin

from accounts.errors import Refused
from accounts.photos import LONGEST_EDGE, MOST_BYTES, clean
from tests.factories import picture

# Three pictures, of which the second, green one is the primary.
BURST = Path(__file__).parents[1] / "pictures" / "three.heic"


def with_place(latitude: float = -6.2, orientation: int = 1) -> io.BytesIO:
    """A photo that says where and when it was taken, and that it lies on its side."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    exif[ExifTags.Base.Make] = "Telepon Contoh"
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = "2026:11:21 09:30:00"
    fraction = TiffImagePlugin.IFDRational
    exif.get_ifd(ExifTags.IFD.GPSInfo).update(
        {
            1: "S" if latitude < 0 else "N",
            2: (fraction(6), fraction(12), fraction(0)),
            3: "E",
            4: (fraction(106), fraction(48), fraction(0)),
        }
    )
    return picture(size=(640, 480), exif=exif)


def test_photo_keeps_no_place_time_or_camera_in_the_file() -> None:
    cleaned = clean(with_place())
    assert (cleaned.latitude, cleaned.longitude) == (pytest.approx(-6.2), pytest.approx(106.8))
    assert cleaned.taken_at == datetime(2026, 11, 21, 9, 30, tzinfo=ZoneInfo("Asia/Jakarta"))
    content = cleaned.file.read()
    assert b"Exif" not in content
    assert b"Telepon Contoh" not in content
    with Image.open(io.BytesIO(content)) as kept:
        assert not kept.getexif()


def test_photo_is_turned_upright() -> None:
    with Image.open(clean(with_place(orientation=6)).file) as kept:
        assert kept.size == (480, 640)


def test_photo_is_made_small() -> None:
    with Image.open(clean(picture(size=(4000, 3000))).file) as kept:
        assert kept.size == (LONGEST_EDGE, LONGEST_EDGE * 3 // 4)


@pytest.mark.parametrize("format", ["PNG", "WEBP"])
def test_photo_of_another_kind_becomes_a_jpeg(format: str) -> None:
    with Image.open(clean(picture(format=format)).file) as kept:
        assert kept.format == "JPEG"


@pytest.mark.parametrize("grey", [0, 128, 255])
def test_scan_of_sixteen_bits_a_pixel_keeps_its_greys(grey: int) -> None:
    with Image.open(clean(picture(grey * 256, (40, 30), "PNG", mode="I;16")).file) as kept:
        assert abs(kept.getpixel((20, 15))[0] - grey) < 3


def test_photo_twenty_thousand_pixels_wide_is_made_small_or_refused() -> None:
    with Image.open(clean(picture(size=(20_000, 600))).file) as kept:
        assert kept.size == (LONGEST_EDGE, 48)
    for height in (5_000, 10_000):  # above our limit, and above the one at which Pillow itself refuses
        with pytest.raises(Refused, match="juta piksel") as refused:
            clean(picture("black", (20_000, height), "PNG", mode="1"))
        assert refused.value.code == "too_many_pixels"


@pytest.mark.parametrize("content", [b"", b"GIF89a" + bytes(40), b"\xff\xd8\xff\xe0 cut off"])
def test_photo_that_is_none_is_refused(content: bytes) -> None:
    with pytest.raises(Refused, match="bukan foto") as refused:
        clean(io.BytesIO(content))
    assert refused.value.field == "photos"


def test_photo_too_heavy_is_refused_before_it_is_read() -> None:
    stream = io.BytesIO(b"\xff\xd8" + bytes(100))
    with pytest.raises(Refused, match="40 MB; paling besar 15 MB"):
        clean(stream, size=40 * 1024 * 1024)
    assert stream.tell() == 0
    with pytest.raises(Refused, match="15 MB"):
        clean(io.BytesIO(bytes(MOST_BYTES + 1)))


def test_what_a_phone_tells_is_kept_however_unlikely() -> None:
    exif = Image.Exif()
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = "1970:01:01 00:00:00"
    exif.get_ifd(ExifTags.IFD.GPSInfo).update(
        {2: (TiffImagePlugin.IFDRational(200),) * 3, 4: (TiffImagePlugin.IFDRational(0, 0),) * 3}
    )
    told = clean(picture(exif=exif))
    assert told.latitude == pytest.approx(203.39, abs=0.01)
    assert told.longitude is None  # no number at all
    assert told.taken_at is not None
    assert told.taken_at.year == 1970


def test_of_several_pictures_in_a_heic_file_the_primary_one_is_kept() -> None:
    with Image.open(clean(io.BytesIO(BURST.read_bytes())).file) as kept:
        red, green, blue = kept.getpixel((30, 20))
    assert (red < 60, green > 90, blue < 60) == (True, True, True)


@pytest.mark.parametrize("cut", [24, 300])
def test_heic_that_is_cut_off_is_no_photo(cut: int) -> None:
    with pytest.raises(Refused, match="bukan foto"):
        clean(io.BytesIO(BURST.read_bytes()[:cut]))


@pytest.mark.parametrize(
    "make",
    [
        lambda: picture(size=(2900, 2900), format="PNG"),  # whole: in a process of its own
        lambda: picture(size=(4000, 4000), progressive=True),
    ],
)
def test_photo_that_has_to_be_held_whole_is_decoded_elsewhere(make: Callable[[], io.BytesIO]) -> None:
    with Image.open(clean(make()).file) as kept:
        assert 0.9 * LONGEST_EDGE <= kept.width == kept.height <= LONGEST_EDGE


def test_photo_that_takes_too_much_memory_is_refused_in_words() -> None:
    # A JPEG of several scans, all of which have to be held until the last one came.
    heavy = picture(size=(5000, 5000), progressive=True, subsampling=0, quality=10)
    with pytest.raises(Refused, match="terlalu besar atau rusak"):
        clean(heavy)


def test_webp_is_measured_before_it_is_opened() -> None:
    for save in ({}, {"lossless": True}, {"exif": Image.Exif()}):
        with pytest.raises(Refused, match="2 juta piksel"):
            clean(picture(size=(1700, 1700), format="WEBP", **save))


@pytest.mark.parametrize(
    "tail", [b"<html><script>alert(1)</script></html>", b"PK\x03\x04archive", b"%PDF-1.7"]
)
def test_of_a_file_that_is_two_things_only_the_picture_is_kept(tail: bytes) -> None:
    content = clean(io.BytesIO(picture().getvalue() + tail)).file.read()
    assert tail not in content
    assert content.endswith(b"\xff\xd9")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "SVG"),
        (b"%PDF-1.7", "PDF"),
    ],
)
def test_what_is_no_photo_is_named(content: bytes, words: str) -> None:
    with pytest.raises(Refused, match=words):
        clean(io.BytesIO(content))
