"""One page of statistics: whose rows, counted how, seen from where and when. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.urls import reverse

from donations.statistics.definitions import (
    AID_TYPE,
    DISTRICT,
    FIGURES,
    MONTH,
    TOTAL,
    Measure,
    coverage_points,
)
from donations.statistics.queries import Reading, months_between
from donations.statistics.rows import Question
from donations.statistics.wording import amount
from programs.coverage import Coverage
from programs.models import AidType
from programs.wording import in_sentence

STEPS = ("target", "committed", "allocated", "delivered", "verified")
"""The five numbers, each a measure; of several types of aid their values in rupiah."""


@dataclass(frozen=True)
class Sheet:
    """One page: whose rows, counted how, seen from where, over which months.

    `aid` None counts rupiah across types. `city` "" is the whole province; `district` lies in `city`. `names`:
    cities by code; `districts`: those of `city`. `since`, `until`: months, or "" for all time. `chosen`: the step
    that stands for "aid" where shares are compared.
    """

    reading: Reading
    aid: AidType | None
    city: str
    names: Mapping[str, str]
    program: str = ""
    district: str = ""
    districts: Mapping[str, str] = field(default_factory=dict)
    since: str = ""
    until: str = ""
    chosen: str = "committed"

    @cached_property
    def cities(self) -> list[str]:
        """Every city, with or without rows."""
        return sorted({*self.names, *self.reading.cities})

    @property
    def shown(self) -> list[str]:
        """The cities that the leading figures add up."""
        return [self.city] if self.city else self.cities

    @property
    def everywhere(self) -> list[str]:
        """The same, and what lies in none of them yet: where the rows of a figure without a place lie."""
        return [self.city] if self.city else [*self.cities, *self.reading.unplaced]

    @cached_property
    def months(self) -> list[str]:
        """The months that count; empty for all time."""
        return months_between(self.since, self.until) if self.since else []

    def keys(self, district: str = "", months: Sequence[str] | None = None) -> tuple[str, list[str]]:
        """Dimension and keys of what is counted; `months` None: those of the page."""
        months = self.months if months is None else months
        parts = {AID_TYPE: self.aid.code if self.aid else "", DISTRICT: district}
        named = {name: key for name, key in parts.items() if key}
        dimension = ":".join([*named, *([MONTH] if months else [])]) or TOTAL
        return dimension, [
            ":".join([*named.values(), *([month] if month else [])]) for month in months or [""]
        ]

    def measure(self, step: str) -> Measure:
        return FIGURES[step if self.aid else f"{step}_value"]

    @property
    def has_neighbourhoods(self) -> bool:
        """Whether any RW has a target, at whatever time: without one there is no evenness."""
        dimension, [key] = self.keys(months=[])
        return bool(self.reading.total(self.shown, "rw_targeted", dimension, key))

    @property
    def evenness(self) -> str:
        """The measure of evenness over the RWs of the city or of the province."""
        return "gini" if self.city else "gini_province"

    def index_at(self, dimension: str, keys: Sequence[str]) -> int | None:
        """The index of evenness in basis points; None where there is none."""
        places = [self.city] if self.city else self.reading.provinces
        found = (self.reading.known(code, self.evenness, dimension, key) for code in places for key in keys)
        return max((points for points in found if points is not None), default=None)

    @property
    def chosen_label(self) -> str:
        """What stands for aid where shares are compared, within a sentence."""
        return in_sentence(str(self.measure(self.chosen).label))

    def of(self, step: str, cities: Iterable[str], district: str = "") -> int:
        return self.count(self.measure(step).name, cities, district)

    def here(self, step: str) -> int:
        """Of the place that the page is about, with what is not placed yet if that is everywhere."""
        return self.of(step, self.everywhere, self.district)

    def count(self, measure: str, cities: Iterable[str], district: str = "") -> int:
        dimension, keys = self.keys(district)
        cities = list(cities)
        return sum(self.reading.total(cities, measure, dimension, key) for key in keys)

    def in_month(self, step: str, cities: Iterable[str], month: str, district: str = "") -> int:
        dimension, [key] = self.keys(district, [month])
        return self.reading.total(cities, self.measure(step).name, dimension, key)

    def question(self, measure: str, place: str | None = None, **more: Any) -> str:
        """The address of the rows behind a figure; `place` None: the page's own."""
        where = (self.district or self.city) if place is None else place
        asked = Question(measure, self.program, self.aid, where, self.since, self.until)
        return asked.but(**more).href

    def rows(self, step: str, place: str | None = None, **more: Any) -> str:
        return self.question(self.measure(step).name, place, **more)

    def write(self, value: int) -> str:
        return amount(value, self.aid)

    def coverage(self, cities: Sequence[str], district: str = "") -> int | None:
        """In basis points; of one place its published row, of several the same rule over their sums.

        None without a target, and for a span of months: coverage is a state.
        """
        if self.since or not self.of("target", cities, district):
            return None
        dimension, [key] = self.keys(district)
        if len(cities) == 1:
            return self.reading.value(cities[0], "coverage", dimension, key)
        covered = "delivered" if self.aid else "covered_value"
        return coverage_points(self.reading.total(cities, covered, dimension, key), self.of("target", cities))

    def bar(self, cities: Sequence[str], district: str = "") -> Coverage | None:
        """The coverage bar of one aid type; values of several, or of some months, do not lie in one another."""
        if self.aid is None or self.since:
            return None
        target, _committed, allocated, delivered, verified = (
            self.of(step, cities, district) for step in STEPS
        )
        try:
            return Coverage(
                target, reserved=allocated, received=delivered, verified=verified, unit=self.aid.unit_name
            )
        except ValueError:
            return None

    def name_of(self, code: str) -> str:
        return self.names.get(code) or self.districts.get(code) or code

    def href(self, code: str) -> str:
        """The page of a place, "" of one that is no longer there."""
        return reverse("region", args=[code]) if code in self.names or code in self.districts else ""
