"""One page of statistics: whose rows, counted how, seen from where. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from donations.statistics.definitions import (
    AID_TYPE,
    MEASURES,
    TOTAL,
    Measure,
    coverage_points,
)
from donations.statistics.queries import Reading
from donations.statistics.wording import (
    amount,
)
from programs.coverage import Coverage
from programs.models import AidType

STEPS = ("target", "committed", "allocated", "delivered", "verified")
"""The five numbers, each a measure; of several types of aid their values in rupiah."""


@dataclass(frozen=True)
class Sheet:
    """One page: whose rows, counted how, seen from where.

    `aid` None counts rupiah across types. `city` "" is the whole province. `names`: cities by code.
    """

    reading: Reading
    aid: AidType | None
    city: str
    names: Mapping[str, str]

    @property
    def cities(self) -> list[str]:
        """Every city, with or without rows."""
        return sorted({*self.names, *self.reading.cities})

    @property
    def shown(self) -> list[str]:
        """The cities that the leading figures add up."""
        return [self.city] if self.city else self.cities

    @property
    def along(self) -> tuple[str, str]:
        """Dimension and key of what is counted."""
        return (AID_TYPE, self.aid.code) if self.aid else (TOTAL, "")

    def measure(self, step: str) -> Measure:
        return MEASURES[step if self.aid else f"{step}_value"]

    def of(self, step: str, cities: Iterable[str]) -> int:
        return self.reading.total(cities, self.measure(step).name, *self.along)

    def count(self, measure: str, cities: Iterable[str]) -> int:
        return self.reading.total(cities, measure, *self.along)

    def write(self, value: int) -> str:
        return amount(value, self.aid)

    def coverage(self, cities: Sequence[str]) -> int | None:
        """In basis points; of one city its published row, of several the same rule over their sums."""
        target = self.of("target", cities)
        if not target:
            return None
        if len(cities) == 1:
            return self.reading.value(cities[0], "coverage", *self.along)
        covered = "delivered" if self.aid else "covered_value"
        return coverage_points(self.reading.total(cities, covered, *self.along), target)

    def bar(self, cities: Sequence[str]) -> Coverage | None:
        """The coverage bar of one aid type; values of several do not lie inside one another."""
        if self.aid is None:
            return None
        target, _committed, allocated, delivered, verified = (self.of(step, cities) for step in STEPS)
        try:
            return Coverage(
                target, reserved=allocated, received=delivered, verified=verified, unit=self.aid.unit_name
            )
        except ValueError:
            return None

    def name_of(self, city: str) -> str:
        return self.names.get(city, city)

    def href(self, city: str) -> str:
        """The page of a city, "" of one that is no longer there."""
        return reverse("region", args=[city]) if city in self.names else ""
