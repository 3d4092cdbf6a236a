"""What the pages say of the published rows: sums over cities, shares, and where a number is too small."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from donations.statistics.definitions import (
    AID_TYPE,
    MONTH,
    TOTAL,
    coverage_points,
)
from donations.statistics.models import StatisticRow
from programs.coverage import Coverage
from regions.codes import Level, level_of

STAGES = ("target", "committed", "allocated", "delivered", "verified")
RUPIAH = {"target": "target_value", "committed": "committed_value", "allocated": "allocated_value",
          "delivered": "delivered_value", "verified": "verified_value"}  # fmt: skip


@dataclass(frozen=True)
class Stages:
    """The five published numbers of one place, in units of one aid type or in rupiah."""

    target: int
    committed: int
    allocated: int
    delivered: int
    verified: int
    covered: int

    @property
    def coverage(self) -> Coverage:
        """For the bar; rupiah at two kinds of unit values may not fit one another, the bar then ends full."""
        reserved = min(self.allocated, self.target)
        received = min(self.delivered, reserved)
        return Coverage(self.target, 0, reserved, received, min(self.verified, received))

    @property
    def points(self) -> int | None:
        """Coverage in basis points."""
        return coverage_points(self.covered, self.target)

    @property
    def unallocated(self) -> int:
        return max(self.committed - self.allocated, 0)

    @property
    def waiting(self) -> int:
        return self.delivered - self.verified


class Rows:
    """The rows of one program, read in one query. Places are the codes of cities, or of a province."""

    def __init__(self, program_code: str) -> None:
        self.values: dict[tuple[str, str, str, str], int] = {}
        self.as_of: datetime | None = None
        rows = StatisticRow.objects.filter(program_code=program_code).values_list(
            "city_code", "measure", "dimension", "key", "value", "as_of"
        )
        for city, measure, dimension, key, value, as_of in rows:
            self.values[city, measure, dimension, key] = value
            # The newest: a city without marks has not changed since its own time.
            self.as_of = as_of if self.as_of is None else max(self.as_of, as_of)
        self.places = sorted({key[0] for key in self.values if key[0]})

    @property
    def cities(self) -> list[str]:
        return [code for code in self.places if level_of(code) is Level.CITY]

    @property
    def province(self) -> str:
        return next((code for code in self.places if level_of(code) is Level.PROVINCE), "")

    def value(self, place: str, measure: str, dimension: str = TOTAL, key: str = "") -> int:
        return self.values.get((place, measure, dimension, key), 0)

    def total(self, places: Iterable[str], measure: str, dimension: str = TOTAL, key: str = "") -> int:
        return sum(self.value(place, measure, dimension, key) for place in places)

    def stages(self, places: Iterable[str], aid_type: str) -> Stages:
        """The five numbers of some places; of all aid types together ("") in rupiah."""
        places = list(places)
        if not aid_type:
            found = {name: self.total(places, RUPIAH[name]) for name in STAGES}
            return Stages(**found, covered=self.total(places, "covered_value"))
        found = {name: self.total(places, name, AID_TYPE, aid_type) for name in STAGES}
        return Stages(**found, covered=found["delivered"])

    def split(self, places: Iterable[str], measure: str, dimension: str) -> list[tuple[str, int]]:
        """The keys of a dimension with their sums, largest first."""
        wanted = set(places)
        sums: defaultdict[str, int] = defaultdict(int)
        for (place, name, split, key), value in self.values.items():
            if place in wanted and (name, split) == (measure, dimension):
                sums[key] += value
        return sorted(sums.items(), key=lambda pair: (-pair[1], pair[0]))

    def months(self, places: Iterable[str], aid_type: str) -> dict[str, tuple[int, int]]:
        """Month ("2026-11") → delivered, verified."""
        places = list(places)
        dimension = f"{AID_TYPE}:{MONTH}"
        delivered = dict(self.split(places, "delivered", dimension))
        verified = dict(self.split(places, "verified", dimension))
        prefix = f"{aid_type}:"
        return {
            key.removeprefix(prefix): (value, verified.get(key, 0))
            for key, value in delivered.items()
            if key.startswith(prefix)
        }

    @property
    def share_measures(self) -> tuple[str, str]:
        """What shares of aid and of need are made of: units where there are any, rupiah for all programs."""
        if any(key[1] == "committed_packages" for key in self.values):
            return "committed_packages", "target_packages"
        return "committed_value", "target_value"
