"""What people send as evidence: cleaned as all enclosures are, so many of them."""

from typing import IO

from accounts import enclosures

MOST_FILES = 10


def clean(upload: IO[bytes], size: int | None) -> tuple[str, bytes]:
    """(kind, content) of an uploaded picture or PDF; raises `Refused` with what to do instead."""
    return enclosures.clean(upload, size, field="bukti")
