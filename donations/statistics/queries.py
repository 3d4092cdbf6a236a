"""Published rows, as the pages and the downloads read them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cached_property
from itertools import product
from typing import Any

from django.db.models import Count, Max, Min, Q, Sum

from donations.statistics.definitions import (
    AID_TYPE,
    COLLABORATOR_KIND,
    DIFFERENCES,
    DISTRICT,
    EVENNESS,
    MONTH,
    PEOPLE_KIND,
    RECIPIENT_KIND,
    TOTAL,
)
from donations.statistics.models import StatisticRow
from donations.statistics.rows.question import Question
from programs.models import Program, PublishedFigure
from programs.wording import partial_day
from regions.codes import Level, city_of, level_of
from regions.models import Region
from regions.queries import census_shares

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

    @cached_property
    def cities(self) -> list[str]:
        return sorted({city for city, *_rest in self.values if is_city(city)})

    @cached_property
    def unplaced(self) -> list[str]:
        """The codes of rows that belong to no city."""
        return sorted({city for city, *_rest in self.values if not is_city(city)})

    @cached_property
    def provinces(self) -> list[str]:
        return [code for code in self.unplaced if code]

    def value(self, city: str, measure: str, dimension: str = TOTAL, key: str = "") -> int:
        """One published number; 0 where there is no row, since nothing is not written down."""
        return self.values.get((city, measure, dimension, key), 0)

    def known(self, city: str, measure: str, dimension: str = TOTAL, key: str = "") -> int | None:
        """The same where nothing is not zero, as of an index: None where it cannot be told."""
        return self.values.get((city, measure, dimension, key))

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


USUAL = (TOTAL, AID_TYPE, COLLABORATOR_KIND, RECIPIENT_KIND, PEOPLE_KIND, MONTH, f"{AID_TYPE}:{MONTH}")


KINDS_BY_MONTH = (f"{COLLABORATOR_KIND}:{MONTH}", f"{RECIPIENT_KIND}:{MONTH}")
OF_DISTRICTS = (DISTRICT, f"{AID_TYPE}:{DISTRICT}", f"{DISTRICT}:{PEOPLE_KIND}")
OF_DISTRICTS_BY_MONTH = (f"{DISTRICT}:{MONTH}", f"{AID_TYPE}:{DISTRICT}:{MONTH}")


def reading_of(program_code: str, *, place: str = "", months: bool = False) -> Reading:
    """What is published of a program, as far as a page shows it. One query.

    `place`: a city, of which districts are shown, or a district, of which months are shown. `months`: some were chosen,
    so that kinds are told by month, too.
    """
    city = city_of(place) or "" if place else ""
    wanted = Q(dimension__in=(*USUAL, *(KINDS_BY_MONTH if months else ())))
    if city:
        by_month = OF_DISTRICTS_BY_MONTH if months or place != city else ()
        wanted |= Q(dimension__in=(*OF_DISTRICTS, *by_month), city_code=city)
    rows = StatisticRow.objects.filter(wanted, program_code=program_code)
    values: dict[tuple[str, str, str, str], int] = {}
    oldest: datetime | None = None
    for city, measure, dimension, key, value, as_of in rows.order_by().values_list(
        "city_code", "measure", "dimension", "key", "value", "as_of"
    ):
        values[city, measure, dimension, key] = value
        oldest = as_of if oldest is None else min(oldest, as_of)
    return Reading(values, oldest)


def first_month(reading: Reading) -> str:
    """The first month in which anything was counted ("2025-12"), or ""."""
    months = [
        key.rpartition(":")[2]
        for _city, _measure, dimension, key in reading.values
        if dimension.rpartition(":")[2] == MONTH
    ]
    return min(months, default="")


def last_change() -> tuple[int, datetime | None]:
    """How many rows there are and when the newest was computed: together they change with every recompute."""
    found = StatisticRow.objects.aggregate(count=Count("pk"), newest=Max("as_of"))
    return found["count"], found["newest"]


def published_value(question: Question) -> tuple[int, datetime] | None:
    """The published figure that a question is about and its oldest time; None where none is published so."""
    if question.measure in DIFFERENCES:
        return _published_difference(question)
    if question.placed and question.place:
        if question.measure in NOT_ADDED or question.measure in EVENNESS:
            return None
        # Of a city, all but what stands under its own code among the districts.
        whole = question.but(placed=False)
        return _less(published_value(whole), published_value(whole.but(exact=True)))
    dimension = question.dimension
    if dimension is None or (not question.city and question.measure in NOT_ADDED):
        return None
    rows = StatisticRow.objects.filter(
        program_code=question.program, measure=question.measure, dimension=dimension, key__in=_keys(question)
    )
    if question.city:
        rows = rows.filter(city_code=question.city)
    elif question.placed:
        rows = rows.filter(city_code__contains=".")
    found = rows.aggregate(value=Sum("value"), oldest=Min("as_of"))
    if found["oldest"] is None:
        if question.measure in EVENNESS:
            return None
        found["oldest"] = StatisticRow.objects.aggregate(oldest=Min("as_of"))["oldest"]
    return (int(found["value"] or 0), found["oldest"]) if found["oldest"] else None


def _published_difference(question: Question) -> tuple[int, datetime] | None:
    return _less(*(published_value(question.but(measure=name)) for name in DIFFERENCES[question.measure]))


def _less(
    more: tuple[int, datetime] | None, less: tuple[int, datetime] | None
) -> tuple[int, datetime] | None:
    return None if more is None or less is None else (more[0] - less[0], min(more[1], less[1]))


def _keys(question: Question) -> list[str]:
    """The keys of the rows that make a question's figure: of months and of several kinds one each."""
    since = question.until if question.definition.name in EVENNESS else question.since
    months = {MONTH: months_between(since, question.until)} if since else {}
    return [":".join(parts) for parts in product(*{**question.labels, **months}.values())]


def published_parts(questions: Iterable[Question]) -> dict[str, int]:
    """The published figures of questions that differ in their place alone, by place; an index only where it is known.

    One query, two of a difference.
    """
    questions = list(questions)
    if questions and (pair := DIFFERENCES.get(questions[0].measure)):
        more, less = (published_parts(each.but(measure=name) for each in questions) for name in pair)
        return {place: value - less[place] for place, value in more.items()}
    rows = StatisticRow.objects.none()
    places: dict[tuple[str, str], str] = {}
    for question in questions:
        if question.city and question.dimension:
            places |= dict.fromkeys(((question.city, key) for key in _keys(question)), question.place)
            rows = StatisticRow.objects.filter(
                program_code=question.program, measure=question.measure, dimension=question.dimension
            )
    found = {place: 0 for place in places.values() if not any(each.measure in EVENNESS for each in questions)}
    wanted = rows.filter(
        city_code__in={city for city, _key in places}, key__in={key for _city, key in places}
    )
    for city, key, value in wanted.values_list("city_code", "key", "value"):
        if (city, key) in places:
            found[places[city, key]] = found.get(places[city, key], 0) + value
    return found


def months_between(since: str, until: str) -> list[str]:
    """The months from one to the other ("2026-05"), both included; none if they are turned round."""
    first, last = (int(month[:4]) * 12 + int(month[5:]) - 1 for month in (since, until))
    return [f"{number // 12}-{number % 12 + 1:02d}" for number in range(first, last + 1)]


def people_shares(city: str) -> dict[str, Decimal]:
    """Per cent of the people: of the province by city (census of 2020), or of a city by district.

    Empty where the people of a district are not known: shares of an unknown whole are none.
    """
    if not city:
        return census_shares()
    districts = Region.objects.current().at_level(Level.DISTRICT).within(city)
    people = {code: count or 0 for code, count in districts.values_list("code", "population")}
    whole = sum(people.values())
    return (
        {code: Decimal(100 * count) / whole for code, count in people.items()} if all(people.values()) else {}
    )


def published_figures(program: Program | None) -> list[dict[str, Any]]:
    """Figures that somebody else published, of the program or of all."""
    found = PublishedFigure.objects.select_related("program").order_by("program__position", "position", "pk")
    if program:
        found = found.filter(program=program)
    return [
        {
            "label": figure.text("label"),
            "value": figure.text("value"),
            "note": figure.text("note"),
            "program": "" if program else figure.program.title,
            "source": figure.source,
            "published": partial_day(figure.published),
        }
        for figure in found
    ]


def days_of(since: str, until: str) -> dict[str, date]:
    """The first and the last day of a span of months; empty for all time."""
    if not since:
        return {}
    year, month = int(until[:4]), int(until[5:])
    after = date(year + month // 12, month % 12 + 1, 1)
    return {"since": date.fromisoformat(f"{since}-01"), "until": after - timedelta(days=1)}
