"""What must not be readable where it lies: encrypted with the first of EVIDENCE_KEYS.

Fernet: AES-128-CBC and HMAC-SHA-256. Every key of the setting decrypts, so that a new one can be put first and what is
there be encrypted anew (`manage.py rotate_evidence`).
"""

from functools import lru_cache
from typing import Any, Self

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _


class Unreadable(Exception):
    """None of the keys opens it: the right one is missing from EVIDENCE_KEYS, or somebody changed what lay there."""

    def __str__(self) -> str:
        return _("Isi ini tidak dapat dibuka: kuncinya tidak ada di EVIDENCE_KEYS, atau berkasnya rusak.")


@lru_cache(maxsize=4)
def _ring(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def ring() -> MultiFernet:
    return _ring(tuple(settings.EVIDENCE_KEYS))


def encrypt(content: bytes) -> bytes:
    return ring().encrypt(content)


def decrypt(token: bytes, ttl: int | None = None) -> bytes:
    """What was encrypted; raises `Unreadable` where no key opens it, or where it is older than `ttl` seconds."""
    try:
        return ring().decrypt(bytes(token), ttl=ttl)
    except InvalidToken as error:
        raise Unreadable from error


def rotate(token: bytes) -> bytes:
    """The same, encrypted with the first key."""
    try:
        return ring().rotate(bytes(token))
    except InvalidToken as error:
        raise Unreadable from error


class SealedFile:
    """For a model with `file` and `size`: the file lies encrypted as a whole, and is read through `content()` alone."""

    file: Any
    size: Any

    @classmethod
    def keep(cls, content: bytes, **fields: Any) -> Self:
        """Encrypt and store; what is given to the storage is unreadable already."""
        row = cls(size=len(content), **fields)  # type: ignore[call-arg]
        row.file.save("", ContentFile(encrypt(content)), save=False)
        row.save()  # type: ignore[attr-defined]
        return row

    def content(self) -> bytes:
        """What was kept. Raises `Unreadable`; `FileNotFoundError` or `ValueError` where it is gone."""
        with self.file.open("rb") as stream:
            return decrypt(stream.read())
