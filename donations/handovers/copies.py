"""Small copies of photos, for gallery and documents."""

import io

from django.core.cache import cache
from PIL import Image

from donations.handovers.models import HandoverPhoto

SMALL = (640, 640)
DAY = 60 * 60 * 24


def small_copy(photo: HandoverPhoto) -> bytes:
    """A JPEG of at most 640 px, kept for a day. Raises `FileNotFoundError` where the file is gone from the storage."""
    key = copy_key(photo)
    content: bytes | None = cache.get(key)
    if content is None:
        content = _made(photo)
        cache.set(key, content, DAY)
    return content


def copy_key(photo: HandoverPhoto) -> str:
    return f"gallery-photo-{photo.pk}"


def _made(photo: HandoverPhoto) -> bytes:
    with photo.image.open("rb") as stream, Image.open(stream) as picture:
        picture.draft("RGB", SMALL)
        copy = picture.convert("RGB")
    copy.thumbnail(SMALL, Image.Resampling.LANCZOS)
    out = io.BytesIO()
    copy.save(out, "JPEG", quality=78, optimize=True, progressive=True)
    return out.getvalue()
