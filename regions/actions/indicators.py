"""Context layers of the map: loaded whole or not at all, replaced, removed."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from regions.indicators import Series
from regions.models import Indicator, IndicatorValue, Region
from regions.public_version import bump_public_version

_BATCH = 2_000


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became, or would become, of one indicator: how many values, and how many it had before (None: new)."""

    code: str
    name: str
    values: int
    before: int | None


@transaction.atomic
def load_indicators(
    several: Sequence[Series], *, dry_run: bool = False, is_sample: bool = False
) -> list[Loaded]:
    """Replace the indicators with these, values and facts alike. `several` is checked (`read_indicators`)."""
    done = []
    for series in several:
        before = Indicator.objects.filter(code=series.code).first()
        counted = before.values.count() if before else None
        done.append(Loaded(series.code, series.facts["name_id"], len(series.values), counted))
        if not dry_run:
            _replace(series, is_sample=is_sample)
    if not dry_run:
        bump_public_version()
    return done


@transaction.atomic
def remove_indicator(code: str) -> None:
    """Take a layer off the map, with its values."""
    Indicator.objects.filter(code=code).delete()
    bump_public_version()


def current_codes() -> set[str]:
    """Codes of the regions that a value may be given to."""
    return set(Region.objects.current().values_list("code", flat=True))


def _replace(series: Series, *, is_sample: bool) -> None:
    facts = series.facts
    assert series.as_of is not None  # without faults there is a date
    Indicator.objects.filter(code=series.code).delete()
    indicator = Indicator.objects.create(
        code=series.code,
        name_id=facts["name_id"],
        name_en=facts["name_en"] or facts["name_id"],
        unit_id=facts["unit_id"],
        unit_en=facts["unit_en"] or facts["unit_id"],
        source=facts["source"],
        as_of=series.as_of,
        direction=facts["direction"],
        breaks=list(series.breaks or quintiles(list(series.values.values()), series.decimals)),
        decimals=series.decimals,
        is_sample=is_sample,
        loaded_at=timezone.now(),
    )
    IndicatorValue.objects.bulk_create(
        (
            IndicatorValue(indicator=indicator, region_id=code, value=value)
            for code, value in series.values.items()
        ),
        _BATCH,
    )


def quintiles(values: Sequence[float], decimals: int) -> tuple[float, ...]:
    """Four rising bounds of two digits that part the values into fifths as well as can be."""
    known = sorted(values)
    step = 10.0**-decimals
    breaks: list[float] = []
    for part in range(1, 5):
        bound = _round(known[part * len(known) // 5], decimals)
        breaks.append(round(max(bound, breaks[-1] + step) if breaks else bound, decimals))
    return tuple(breaks)


def _round(value: float, decimals: int) -> float:
    """To two significant digits, but no finer than the values are written: 12,455 → 12,000."""
    if not value:
        return 0.0
    return round(value, min(decimals, 1 - math.floor(math.log10(abs(value)))))
