"""Small copies of photos, for gallery and documents."""

import io

from PIL import Image

from donations.handovers.models import HandoverPhoto

SMALL = (640, 640)


def small_copy(photo: HandoverPhoto) -> bytes:
    """A JPEG of at most 640 px. Raises `FileNotFoundError` where the file is gone from the storage."""
    with photo.image.open("rb") as stream, Image.open(stream) as picture:
        picture.draft("RGB", SMALL)
        copy = picture.convert("RGB")
    copy.thumbnail(SMALL, Image.Resampling.LANCZOS)
    out = io.BytesIO()
    copy.save(out, "JPEG", quality=78, optimize=True, progressive=True)
    return out.getvalue()
