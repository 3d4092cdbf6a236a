"""Which recipients are asked: positions on a list that only the official has, drawn so that anybody can repeat it. Pure.

For each position from 1 to the number of households: the SHA-256 of the seed, a colon and the position ("5f…e1:17").
Those with the smallest digests are drawn. Whoever knows the seed finds the same positions with any tool; nobody finds a
seed that draws the positions they wish for, and the seed's own digest is published before the first answer.
"""

import hashlib
import secrets

MOST_HOUSEHOLDS = 20_000


def new_seed() -> str:
    """256 random bits, as 64 hexadecimal digits."""
    return secrets.token_hex(32)


def digest_of(seed: str) -> str:
    """What is published of the seed while answers still come in: 64 hexadecimal digits."""
    return hashlib.sha256(seed.encode()).hexdigest()


def positions(seed: str, households: int, size: int) -> list[int]:
    """`size` different positions from 1 to `households`, in rising order."""
    if not 0 < size <= households:
        raise ValueError(f"{size} of {households}")
    ranked = sorted(
        range(1, households + 1),
        key=lambda position: hashlib.sha256(f"{seed}:{position}".encode()).digest(),
    )
    return sorted(ranked[:size])
