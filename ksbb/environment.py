"""What the settings read beside plain variables: what production must have, and a laptop's own key."""

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured


def required(name: str, example: str) -> str:
    """The value of a setting that production cannot do without."""
    value = os.environ.get(name, "")
    if not value:
        raise ImproperlyConfigured(
            f"{name} is not set: production needs it, for example {name}={example} "
            "(for a laptop use KSBB_MODE=local, which needs no settings)."
        )
    return value


def local_secret_key(folder: Path) -> str:
    """A key of this checkout's own, made once, so that a restart keeps people signed in."""
    return _kept(folder / "secret_key", secrets.token_urlsafe(50))


def local_evidence_key(folder: Path) -> str:
    """A key of this checkout's own for what reports of misconduct hold, made once."""
    return _kept(folder / "evidence_key", Fernet.generate_key().decode())


def evidence_keys(text: str) -> list[str]:
    """The keys of EVIDENCE_KEYS, the one in use first; a sentence where one is none."""
    keys = [key.strip() for key in text.split(",") if key.strip()]
    for number, key in enumerate(keys, start=1):
        try:
            Fernet(key)
        except ValueError as error:
            raise ImproperlyConfigured(
                f"Key {number} of EVIDENCE_KEYS is none: it has to be 32 random bytes in URL-safe base64 (44 signs), "
                "as docs/operations.md makes it."
            ) from error
    if not keys:
        raise ImproperlyConfigured("EVIDENCE_KEYS holds no key.")
    return keys


def _kept(path: Path, key: str) -> str:
    """What a file of this checkout says; `key`, written there, where there is none yet."""
    try:
        return path.read_text()
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
            stream.write(key)
    except FileExistsError:
        return path.read_text() or key
    return key


def gateway_url(url: str, *, local: bool) -> str:
    """Where messages of WhatsApp go: https, or this machine; files on a laptop; "" for nowhere."""
    parts = urlsplit(url)
    safe = parts.scheme == "https" or (
        parts.scheme == "http" and parts.hostname in ("localhost", "127.0.0.1", "::1")
    )
    if url and not safe and not (local and parts.scheme == "file"):
        raise ImproperlyConfigured(
            f"WHATSAPP_URL is {url!r}: it has to begin with https:// (or http://localhost for a gateway on this host)."
        )
    return url


def redis_database(url: str, number: int) -> str:
    """The address of one of the numbered databases of a Redis, by socket or by network."""
    return f"{url}?db={number}" if url.startswith("unix:") else f"{url.rstrip('/')}/{number}"
