"""The recompute of one city's rows: the only writer of statistics."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone

from donations.statistics.facts import facts_of, facts_of_province
from donations.statistics.models import StatisticRow
from donations.statistics.rollup import Key, Rows, rows_of_city, rows_of_province
from regions.actions import mark_stale
from regions.codes import Level, level_of
from regions.models import Region, StaleMark
from regions.public_version import bump_public_version

# Any number that no other lock of ours uses.
LOCK = 7_210_412


@dataclass
class Recomputed:
    """What a recompute found: values that differed, as (key, old, new); None where there was or is no row."""

    city_code: str
    differences: list[tuple[Key, int | None, int | None]] = field(default_factory=list)


@transaction.atomic
def recompute(city_code: str, *, only_if_stale: bool = False) -> Recomputed | None:
    """Compute a city's rows anew and replace those that differ; None if `only_if_stale` and it is not.

    The marks are taken before anything is read, so a change that commits meanwhile leaves its mark for the
    next time; killed in the middle, the transaction leaves rows and marks as they were. Two jobs for one
    city follow one another. `city_code` may be a province's (what is placed in no city, and what does not add
    up from the cities) or "".
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [LOCK, city_code])
        cursor.execute("DELETE FROM regions_stalemark WHERE city_code = %s", [city_code])
        if only_if_stale and not cursor.rowcount:
            return None
    as_of = timezone.now()
    rows = rows_of_city(facts_of(city_code))
    is_province = bool(city_code) and level_of(city_code) is Level.PROVINCE
    if is_province:
        rows |= rows_of_province(facts_of_province(city_code))
    result = Recomputed(city_code, _replace(city_code, rows, as_of))
    if result.differences and city_code and not is_province:
        # What does not add up from the cities is the province's.
        mark_stale(city_code[:2])
    bump_public_version()
    return result


def _replace(city_code: str, rows: Rows, as_of: datetime) -> list[tuple[Key, int | None, int | None]]:
    kept = StatisticRow.objects.filter(city_code=city_code)
    old: dict[Key, tuple[int, int]] = {
        (program, measure, dimension, key): (pk, value)
        for pk, program, measure, dimension, key, value in kept.values_list(
            "pk", "program_code", "measure", "dimension", "key", "value"
        )
    }
    gone = [key for key in old if key not in rows]
    changed = [key for key, value in rows.items() if key not in old or old[key][1] != value]
    kept.filter(pk__in=[old[key][0] for key in gone]).delete()
    StatisticRow.objects.bulk_create(
        (
            StatisticRow(
                city_code=city_code, program_code=program, measure=measure, dimension=dimension, key=key,
                value=rows[program, measure, dimension, key], as_of=as_of,
            )
            for program, measure, dimension, key in changed
        ),
        update_conflicts=True,
        unique_fields=["city_code", "program_code", "measure", "dimension", "key"],
        update_fields=["value", "as_of"],
    )  # fmt: skip
    kept.exclude(as_of=as_of).update(as_of=as_of)
    return [(key, old[key][1] if key in old else None, rows.get(key)) for key in sorted([*changed, *gone])]


def places() -> list[str]:
    """Every code that can have rows: cities first, then provinces, then "" and what has rows or marks besides."""
    cities = Region.objects.current().filter(level__in=(Level.CITY, Level.PROVINCE))
    codes = set(cities.values_list("code", flat=True)) | {""}
    codes |= set(StatisticRow.objects.order_by().values_list("city_code", flat=True).distinct())
    codes |= set(stale_places())
    return sorted(codes, key=lambda code: (-len(code), code))


def stale_places() -> list[str]:
    """The codes that have marks, cities before their province."""
    codes = StaleMark.objects.order_by().values_list("city_code", flat=True).distinct()
    return sorted(codes, key=lambda code: (-len(code), code))
