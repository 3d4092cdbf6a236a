"""How evenly RWs are covered, now and at the end of each month. Pure.

Over all RWs with a published target; of an aid type by its units, of a whole program (and of all) by rupiah at the
needs' guide values. A month's index counts what was published and had arrived by its end, with the targets that
hold today: that of the last month is the index of now.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from donations.statistics.definitions import AID_TYPE, EVERY_PROGRAM, MONTH, TOTAL, gini_points
from donations.statistics.facts import Facts

Group = tuple[str, str]
"""(program, aid type); without an aid type the whole program, without a program all of them"""


class _Sums:
    """Target and what arrived of one group, by RW and month."""

    def __init__(self) -> None:
        self.target: defaultdict[str, int] = defaultdict(int)
        self.covered: defaultdict[str, int] = defaultdict(int)
        self.events: defaultdict[str, list[tuple[str, int, int]]] = defaultdict(list)

    def through_time(self, until: str) -> Iterator[tuple[str, int | None]]:
        """(month, index at its end) from the first month with a target to `until`."""
        target: defaultdict[str, int] = defaultdict(int)
        arrived: defaultdict[str, int] = defaultdict(int)
        month, points = min(self.events, default=""), None
        while month and month <= until:
            for region, more, came in self.events.get(month, ()):
                target[region] += more
                arrived[region] += came
            if month in self.events:
                points = gini_points([min(arrived[r] / whole, 1) for r, whole in target.items() if whole])
            yield month, points
            month = _after(month)


def gini_rows(facts: Facts, measure: str) -> dict[tuple[str, str, str, str], int]:
    """Rows of the index: (program, measure, dimension, key) → basis points, 0 too; none where it is unknown."""
    rows = {}
    for (program, aid_type), sums in _gathered(facts).items():
        now = gini_points([sums.covered[r] / whole for r, whole in sums.target.items() if whole])
        along, key = (AID_TYPE, aid_type) if aid_type else (TOTAL, "")
        if now is not None:
            rows[program, measure, along, key] = now
        along, key = (f"{AID_TYPE}:{MONTH}", f"{aid_type}:") if aid_type else (MONTH, "")
        for month, points in sums.through_time(facts.until):
            if points is not None:
                rows[program, measure, along, f"{key}{month}"] = points
    return rows


def _gathered(facts: Facts) -> dict[Group, _Sums]:
    groups: defaultdict[Group, _Sums] = defaultdict(_Sums)
    for row in facts.neighbourhoods:
        for group, weight in _groups(row):
            sums = groups[group]
            sums.target[row.region] += row.target * weight
            sums.covered[row.region] += row.covered * weight
            sums.events[row.month].append((row.region, row.target * weight, 0))
    for arrival in facts.reached:
        for group, weight in _groups(arrival):
            groups[group].events[arrival.month].append((arrival.region, 0, arrival.delivered * weight))
    return groups


def _groups(row: Any) -> tuple[tuple[Group, int], ...]:
    value = row.unit_value or 0
    return ((row.program, row.aid_type), 1), ((row.program, ""), value), ((EVERY_PROGRAM, ""), value)


def _after(month: str) -> str:
    year, number = int(month[:4]), int(month[5:])
    return f"{year + number // 12}-{number % 12 + 1:02d}"
