"""Invented context layers for the map: believable patterns over the villages, nobody's measurements."""

import math
import zlib
from collections.abc import Callable
from datetime import date

from django.utils.translation import gettext_noop

from regions.codes import Level
from regions.indicators import Series
from regions.models import Direction, Region

SOURCE = gettext_noop("karangan untuk data contoh, bukan hasil pengukuran")
# Code, names, units, direction, bounds of the classes, decimals.
LAYERS = (
    ("kumuh", "Rumah di permukiman kumuh", "Homes in slum areas", "% rumah", "% of homes",
     Direction.HIGH, (2.0, 5.0, 10.0, 20.0), 1),
    ("banjir", "Hari tergenang banjir", "Days under flood water", "hari setahun", "days a year",
     Direction.HIGH, (1.0, 3.0, 6.0, 10.0), 0),
    ("sekolah", "Rata-rata lama sekolah", "Mean years of schooling", "tahun", "years",
     Direction.LOW, (9.0, 10.0, 11.0, 12.0), 1),
)  # fmt: skip


def invented_layers(until: date) -> list[Series]:
    """One value a village for each layer, the same for the same tree. One query."""
    centres = list(
        Region.objects.current()
        .at_level(Level.VILLAGE)
        .filter(latitude__isnull=False, longitude__isnull=False)
        .order_by("code")
        .values_list("code", "latitude", "longitude")
    )
    villages = [(code, latitude or 0.0, longitude or 0.0) for code, latitude, longitude in centres]
    found = []
    for code, name, name_en, unit, unit_en, direction, breaks, decimals in LAYERS:
        facts = {
            "name_id": name, "name_en": name_en, "unit_id": unit, "unit_en": unit_en, "source": SOURCE,
            "direction": direction, "breaks": "",
        }  # fmt: skip
        values = {
            village: round(FIELDS[code](latitude, longitude, _noise(f"{code} {village}")), decimals)
            for village, latitude, longitude in villages
        }
        found.append(Series(code, facts, until, breaks, values, decimals))
    return found


def _slums(latitude: float, longitude: float, noise: float) -> float:
    """More along the coast, little in the south."""
    return max(0.0, 34 * math.exp(-((latitude + 6.11) ** 2) / 0.003) * noise + 5 * noise**2)


def _floods(latitude: float, longitude: float, noise: float) -> float:
    """Along a river that winds from south to north, and near the sea."""
    river = 106.86 + 0.025 * math.sin(latitude * 40)
    return max(
        0.0,
        14 * math.exp(-((longitude - river) ** 2) / 0.0009)
        + 60 * min(0.05, max(0.0, latitude + 6.14))
        - 1
        + 3 * noise,
    )


def _schooling(latitude: float, longitude: float, noise: float) -> float:
    """Longer in the middle, shorter at the edges."""
    return 8.2 + 4.2 * math.exp(-((latitude + 6.24) ** 2 + (longitude - 106.81) ** 2) / 0.012) + 1.2 * noise


FIELDS: dict[str, Callable[[float, float, float], float]] = {
    "kumuh": _slums,
    "banjir": _floods,
    "sekolah": _schooling,
}


def _noise(text: str) -> float:
    """0–1, always the same for the same text."""
    return zlib.crc32(text.encode()) % 10_000 / 10_000
