"""What phones send, and what is kept of it."""

import io
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from PIL import ExifTags, Image, TiffImagePlugin

from accounts.errors import Refused
from accounts.photos import LONGEST_EDGE, MOST_BYTES, clean
from tests.factories import picture


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


def test_photo_twenty_thousand_pixels_wide_is_made_small_or_refused() -> None:
    with Image.open(clean(picture(size=(20_000, 600))).file) as kept:
        assert kept.size == (LONGEST_EDGE, 48)
    for height in (5_000, 10_000):  # above our limit, and above the one at which Pillow itself refuses
        with pytest.raises(Refused, match="juta piksel") as refused:
            clean(picture("black", (20_000, height), "PNG", mode="1"))
        assert refused.value.code == "too_many_pixels"


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7\n1 0 obj\n", b"", b"GIF89a" + bytes(40), b"\xff\xd8\xff\xe0 cut off"]
)
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


def test_photo_with_impossible_place_is_still_a_photo() -> None:
    exif = Image.Exif()
    exif.get_ifd(ExifTags.IFD.GPSInfo)[2] = (TiffImagePlugin.IFDRational(200),) * 3
    cleaned = clean(picture(exif=exif))
    assert (cleaned.latitude, cleaned.longitude) == (None, None)


def test_clean_says_what_to_do_about_heic() -> None:
    with pytest.raises(Refused, match="Paling Kompatibel"):
        clean(io.BytesIO(b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\x00" * 500))
