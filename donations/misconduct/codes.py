"""The secret code of a reporter, and the number of a case. Only a digest of the code is kept with a case."""

import hashlib
import re
import secrets

from donations.handovers.models import CODE_ALPHABET

CODE_LENGTH, GROUP = 20, 4
NUMBER_LENGTH = 6


def new_code() -> str:
    """98 random bits in signs that are read aloud and written down: K7QF-2M9X-4TRD-8WHB-3NPC."""
    return in_groups("".join(secrets.choice(CODE_ALPHABET) for _i in range(CODE_LENGTH)))


def new_number() -> str:
    """A case's number. Random, so that it does not tell how many there are."""
    return "LP-" + "".join(secrets.choice(CODE_ALPHABET) for _i in range(NUMBER_LENGTH))


def in_groups(code: str) -> str:
    return "-".join(code[i : i + GROUP] for i in range(0, len(code), GROUP))


def read(text: str) -> str:
    """The code as it was shown, from what was typed: small letters, spaces and dashes do not matter; "" if it is none."""
    code = re.sub(r"[^0-9A-Z]", "", text[:100].upper())
    return in_groups(code) if len(code) == CODE_LENGTH and set(code) <= set(CODE_ALPHABET) else ""


def digest(code: str) -> str:
    """Needs no secret: nobody guesses 98 bits, and a changed SECRET_KEY must not lock reporters out."""
    return hashlib.sha256(f"ksbb misconduct {code}".encode()).hexdigest()
