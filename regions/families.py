"""Invented numbers of families per RW that add up to a city's people. Pure: the same codes, the same numbers."""

import hashlib
from collections.abc import Mapping

PEOPLE_PER_FAMILY = 3.9
AREA_WEIGHT = 0.3  # twice the area, a quarter more families: large RW are rarely dense


def share_out(total: int, areas: Mapping[str, float]) -> dict[str, int]:
    """Divide `total` families among RW by code, by area (km²) and a spread that the code alone decides.

    Adds up exactly; every RW gets at least one as long as there are enough.
    """
    if not areas:
        return {}
    spare = max(0, total - len(areas))
    floor = 1 if total >= len(areas) else 0
    weights = {code: _spread(code) * max(area, 0.01) ** AREA_WEIGHT for code, area in areas.items()}
    whole = sum(weights.values())
    pool = spare if floor else total
    exact = {code: pool * weight / whole for code, weight in weights.items()}
    shares = {code: int(value) for code, value in exact.items()}
    left = pool - sum(shares.values())
    by_remainder = sorted(exact, key=lambda code: (shares[code] - exact[code], code))
    for code in by_remainder[:left]:
        shares[code] += 1
    return {code: share + floor for code, share in shares.items()}


def _spread(code: str) -> float:
    """A number between 0.6 and 1.4 that looks like chance and never changes."""
    digest = hashlib.sha256(code.encode()).digest()
    return 0.6 + 0.8 * int.from_bytes(digest[:4]) / 0xFFFFFFFF
