"""What the settings read beside plain variables: what production must have, and a laptop's own key."""

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

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
    path = folder / "secret_key"
    try:
        return path.read_text()
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
    key = secrets.token_urlsafe(50)
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
