"""What a file says of a context layer, written into its rows. The verbs are `accounts.actions.layers`."""

import math
from collections.abc import Sequence

from django.utils import timezone

from regions.indicators import Series
from regions.models import Indicator, IndicatorValue, Region

_BATCH = 2_000


def current_codes() -> set[str]:
    """Codes of the regions that a value may be given to."""
    return set(Region.objects.current().values_list("code", flat=True))


def take_facts(indicator: Indicator, series: Series, *, is_sample: bool = False) -> None:
    """Say of the indicator what the file says, without saving it. `series` is checked (`read_indicators`)."""
    facts = series.facts
    assert series.as_of is not None  # without faults there is a date
    indicator.name_id, indicator.name_en = facts["name_id"], facts["name_en"] or facts["name_id"]
    indicator.unit_id, indicator.unit_en = facts["unit_id"], facts["unit_en"] or facts["unit_id"]
    indicator.source, indicator.as_of, indicator.direction = facts["source"], series.as_of, facts["direction"]
    indicator.breaks = list(series.breaks or quintiles(list(series.values.values()), series.decimals))
    indicator.decimals, indicator.is_sample, indicator.loaded_at = series.decimals, is_sample, timezone.now()


def replace_values(indicator: Indicator, series: Series) -> None:
    """Put the file's values in the place of those that a saved indicator had."""
    indicator.values.all().delete()
    rows = (IndicatorValue(indicator_id=indicator.pk, region_id=code, value=value)
            for code, value in series.values.items())  # fmt: skip
    IndicatorValue.objects.bulk_create(rows, _BATCH)


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
