"""Codes and links that let somebody in: made at random, kept as digests only, compared in constant time."""

import hmac
import secrets

from django.utils.crypto import salted_hmac

CODE_DIGITS = 6


def new_code() -> str:
    """Six digits, as they are read aloud or typed on a phone."""
    return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"


def new_token() -> str:
    """192 random bits for an address."""
    return secrets.token_urlsafe(24)


def digest(purpose: str, *parts: object) -> str:
    """64 hexadecimal digits, keyed with the site's secret: a stolen table opens nothing."""
    return salted_hmac(f"accounts.{purpose}", "\0".join(map(str, parts)), algorithm="sha256").hexdigest()


def same(one: str, other: str) -> bool:
    return hmac.compare_digest(one, other)
