"""The code of a confirmation, as it stands on a slip or in a notice."""

import secrets

from donations.handovers.models import CODE_ALPHABET
from donations.handovers.queries import code_of

# 10 of 30 signs: 49 bits, and guesses are counted. Short enough to be typed on a phone.
CODE_LENGTH, GROUP = 10, 5


def new_code() -> str:
    return "".join(secrets.choice(CODE_ALPHABET) for _i in range(CODE_LENGTH))


def in_groups(code: str) -> str:
    """As it is printed: K7QF2-M9X4T."""
    return "-".join(code[i : i + GROUP] for i in range(0, len(code), GROUP))


def read(text: str) -> str:
    """The code as it is kept, from what was typed or scanned; "" where it cannot be one."""
    code = code_of(text)
    return code if len(code) == CODE_LENGTH and set(code) <= set(CODE_ALPHABET) else ""
