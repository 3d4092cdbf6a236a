"""Published rows, as the pages and the downloads read them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Min, Sum

from donations.statistics.definitions import AID_TYPE, COLLABORATOR_KIND, MONTH, RECIPIENT_KIND, TOTAL
from donations.statistics.models import StatisticRow
from donations.statistics.rows.question import Question
from regions.codes import Level, level_of

# The page splits units of one aid type by month only.
_UNREAD = (f"{AID_TYPE}:{COLLABORATOR_KIND}", f"{AID_TYPE}:{RECIPIENT_KIND}")

NOT_ADDED = {"collaborators", "coverage", "gini"}
"""Measures of which cities do not add up to the whole."""


def is_city(code: str) -> bool:
    """Whether a row's place is a city, and not a province (what is placed in no city) or empty (no wish)."""
    return bool(code) and level_of(code) is Level.CITY


@dataclass(frozen=True)
class Reading:
    """The rows of one program ("" for all together); `as_of` is the oldest time among them, None without rows."""

    values: dict[tuple[str, str, str, str], int]
    as_of: datetime | None

    @property
    def cities(self) -> list[str]:
        return sorted({city for city, *_rest in self.values if is_city(city)})

    @property
    def unplaced(self) -> list[str]:
        """The codes of rows that belong to no city."""
        return sorted({city for city, *_rest in self.values if not is_city(city)})

    def value(self, city: str, measure: str, dimension: str = TOTAL, key: str = "") -> int:
        """One published number; 0 where there is no row, since nothing is not written down."""
        return self.values.get((city, measure, dimension, key), 0)

    def total(self, cities: Iterable[str], measure: str, dimension: str = TOTAL, key: str = "") -> int:
        """The sum over places; only for measures that add up from them."""
        return sum(self.value(city, measure, dimension, key) for city in cities)

    def split(self, cities: Iterable[str], measure: str, dimension: str) -> dict[str, int]:
        """The sums over places, by the keys of a dimension."""
        wanted = set(cities)
        sums: defaultdict[str, int] = defaultdict(int)
        for (city, name, along, key), value in self.values.items():
            if name == measure and along == dimension and city in wanted:
                sums[key] += value
        return dict(sums)


def reading_of(program_code: str) -> Reading:
    """What is published of a program. One query."""
    rows = StatisticRow.objects.filter(program_code=program_code).exclude(dimension__in=_UNREAD)
    values: dict[tuple[str, str, str, str], int] = {}
    oldest: datetime | None = None
    for city, measure, dimension, key, value, as_of in rows.order_by().values_list(
        "city_code", "measure", "dimension", "key", "value", "as_of"
    ):
        values[city, measure, dimension, key] = value
        oldest = as_of if oldest is None else min(oldest, as_of)
    return Reading(values, oldest)


def first_month(reading: Reading) -> str:
    """The first month in which something arrived ("2025-12"), or ""."""
    months = [
        key.rpartition(":")[2]
        for _city, _measure, dimension, key in reading.values
        if dimension == f"{AID_TYPE}:{MONTH}"
    ]
    return min(months, default="")


def last_change() -> tuple[int, datetime | None]:
    """How many rows there are and when the newest was computed: together they change with every recompute."""
    found = StatisticRow.objects.aggregate(count=Count("pk"), newest=Max("as_of"))
    return found["count"], found["newest"]


def published_value(question: Question) -> tuple[int, datetime] | None:
    """The published figure that a question is about and its oldest time; None where none is published so."""
    dimension = question.dimension
    if dimension is None or (not question.city and question.measure in NOT_ADDED):
        return None
    labels = dict(question.labels)
    spans = months_between(question.since, question.until) if question.since else [""]
    keys = [
        ":".join(labels.values()) for month in spans if not month or labels.update({MONTH: month}) is None
    ]
    rows = StatisticRow.objects.filter(
        program_code=question.program, measure=question.measure, dimension=dimension, key__in=keys
    )
    if question.city:
        rows = rows.filter(city_code=question.city)
    found = rows.aggregate(value=Sum("value"), oldest=Min("as_of"))
    if found["oldest"] is None:
        found["oldest"] = StatisticRow.objects.aggregate(oldest=Min("as_of"))["oldest"]
    return (int(found["value"] or 0), found["oldest"]) if found["oldest"] else None


def months_between(since: str, until: str) -> list[str]:
    """The months from one to the other ("2026-05"), both included; none if they are turned round."""
    first, last = (int(month[:4]) * 12 + int(month[5:]) - 1 for month in (since, until))
    return [f"{number // 12}-{number % 12 + 1:02d}" for number in range(first, last + 1)]
