"""What the rows of one city say, grouped as finely as the published measures need. Reads, never writes.

A few queries, each one pass over its table. Values are multiplied and rolled up in Python, where a whole number
has no largest value. Months are told by `width_bucket`, which finds a moment's month among the known beginnings
of months without making a date of each of a million rows.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, NamedTuple

from django.db import connection
from django.utils import timezone

from donations.handovers.states import IN_FORCE, HandoverState
from donations.pledges.states import COMMITTED, AllocationState
from donations.statistics.definitions import OPEN, RW
from donations.statistics.ledger_sql import ALLOCATED, ARRIVED, NEEDED, PROMISED, REPORTED
from programs.states import NeedState
from regions.codes import Level, level_of
from regions.notation import JAKARTA

# Length of an RW's code: province, city, district, village and number; and of a district's.
RW_LENGTH = len("31.74.01.1001.003")
DISTRICT_LENGTH = len("31.74.01")
# The first month told apart: before the programme's first year there is nothing to count.
FIRST_MONTH = (2020, 1)


class Allocated(NamedTuple):
    """Reserved allocations to needs of the city, by what they have in common.

    `committed`: the month in which the commitment was accepted; `month`: in which the allocation was reserved.
    """

    program: str
    aid_type: str
    is_money: bool
    collaborator_kind: str
    recipient_kind: str
    unit_value: int | None
    district: str
    committed: str
    month: str
    allocated: int
    delivered: int
    verified: int


class Promised(NamedTuple):
    """Accepted commitments that aim at the city: how many, and how much no need has yet."""

    program: str
    aid_type: str
    is_money: bool
    collaborator_kind: str
    recipient_kind: str
    unit_value: int | None
    district: str
    month: str
    commitments: int
    unallocated: int


class Giver(NamedTuple):
    """A collaborator who has commitments of an aid type in the city."""

    program: str
    aid_type: str
    collaborator: int


class Needed(NamedTuple):
    """Published needs of one district."""

    program: str
    aid_type: str
    district: str
    recipient_kind: str
    people_kind: str
    unit_value: int | None
    month: str
    needs: int
    target: int
    covered: int
    people_reached: int


class Neighbourhood(NamedTuple):
    """What one RW should get of an aid type, by the month in which that was published."""

    program: str
    aid_type: str
    region: str
    unit_value: int | None
    month: str
    target: int
    covered: int
    verified: int


class Arrived(NamedTuple):
    """What reports in force counted as received good, by month of arrival ("2026-11")."""

    program: str
    aid_type: str
    collaborator_kind: str
    recipient_kind: str
    unit_value: int | None
    district: str
    month: str
    delivered: int
    verified: int


class Reached(NamedTuple):
    """The same by recipient region and the need's own guide value: for coverage through time."""

    program: str
    aid_type: str
    region: str
    recipient_kind: str
    unit_value: int | None
    month: str
    delivered: int


class Reported(NamedTuple):
    """Reports in force."""

    program: str
    district: str
    month: str
    verified: int
    waiting: int


@dataclass(frozen=True)
class Facts:
    allocated: list[Allocated] = field(default_factory=list)
    promised: list[Promised] = field(default_factory=list)
    givers: list[Giver] = field(default_factory=list)
    needed: list[Needed] = field(default_factory=list)
    neighbourhoods: list[Neighbourhood] = field(default_factory=list)
    arrived: list[Arrived] = field(default_factory=list)
    reached: list[Reached] = field(default_factory=list)
    reported: list[Reported] = field(default_factory=list)
    until: str = ""
    """The month in which this was read."""


def facts_of(city_code: str) -> Facts:
    """The facts of a city; of a province those of what is placed in no city; of "" nothing."""
    if not city_code:
        return Facts()
    read = _Reader(city_code, exact=level_of(city_code) == Level.PROVINCE)
    promised, givers = read.split(PROMISED, Promised, Giver)
    if read.exact:
        # Needs, and so allocations and deliveries, always lie in a city.
        return Facts(promised=promised, givers=givers, until=read.months[-1])
    needed, neighbourhoods = read.split(NEEDED, Needed, Neighbourhood)
    arrived, reached = read.split(ARRIVED, Arrived, Reached)
    return Facts(
        allocated=read.all(ALLOCATED, Allocated),
        promised=promised,
        givers=givers,
        needed=needed,
        neighbourhoods=neighbourhoods,
        arrived=arrived,
        reached=reached,
        reported=read.all(REPORTED, Reported),
        until=read.months[-1],
    )


def facts_of_province(code: str) -> Facts:
    """Givers and RWs of the whole province: for what does not add up from its cities."""
    read = _Reader(code)
    _promised, givers = read.split(PROMISED, Promised, Giver)
    _needed, neighbourhoods = read.split(NEEDED, Needed, Neighbourhood)
    _arrived, reached = read.split(ARRIVED, Arrived, Reached)
    return Facts(givers=givers, neighbourhoods=neighbourhoods, reached=reached, until=read.months[-1])


class _Reader:
    """Asks the queries for one place, and says months by name."""

    def __init__(self, code: str, *, exact: bool = False) -> None:
        self.exact = exact
        self.starts = list(_month_starts())
        self.months = [f"{start:%Y-%m}" for start in self.starts]
        self.parameters: dict[str, Any] = {
            "code": code,
            "inside": f"{code}.%",
            "rw": RW,
            "open": OPEN,
            "rw_length": RW_LENGTH,
            "district_length": DISTRICT_LENGTH,
            "months": [start.astimezone(UTC) for start in self.starts],
            "reserved": AllocationState.RESERVED.value,
            "closed": NeedState.CLOSED.value,
            "verified": HandoverState.VERIFIED.value,
            "committed": [state.value for state in COMMITTED],
            "in_force": [state.value for state in IN_FORCE],
        }
        self.wheres = {
            name: f"{column} = %(code)s" if exact else f"({column} = %(code)s OR {column} LIKE %(inside)s)"
            for name, column in (
                ("needs", "n.region_id"), ("commitments", "c.region_id"), ("deliveries", "d.region_id"),
            )
        }  # fmt: skip

    def all(self, query: str, kind: Any) -> list[Any]:
        with connection.cursor() as cursor:
            cursor.execute(query.format(**self.wheres), self.parameters)
            fact = self._facts(kind, cursor)
            return [fact(row) for row in cursor.fetchall()]

    def split(self, query: str, first: Any, second: Any) -> tuple[list[Any], list[Any]]:
        """The rows of a query with two grouping sets; its first column says to which a row belongs."""
        found: tuple[list[Any], list[Any]] = ([], [])
        with connection.cursor() as cursor:
            cursor.execute(query.format(**self.wheres), self.parameters)
            facts = (self._facts(first, cursor), self._facts(second, cursor))
            for row in cursor.fetchall():
                found[row[0]].append(facts[row[0]](row))
        return found

    def _facts(self, kind: Any, cursor: Any) -> Callable[[Sequence[Any]], Any]:
        """From a row to a fact: its fields by their names, months as names, sums as whole numbers."""
        names = [column.name for column in cursor.description]
        plan = [(names.index(name), self._conversion(kind, name)) for name in kind._fields]
        return lambda row: kind(*[value(row[at]) if value else row[at] for at, value in plan])

    def _conversion(self, kind: Any, name: str) -> Callable[[Any], Any] | None:
        if name in ("month", "committed"):
            return self._month
        # PostgreSQL sums whole numbers as numeric.
        return int if kind.__annotations__[name] is int else None

    def _month(self, bucket: int) -> str:
        return self.months[max(bucket, 1) - 1]


def _month_starts() -> Iterator[datetime]:
    """The beginnings of all months from FIRST_MONTH to now, in Jakarta's time."""
    today = timezone.localdate()
    year, month = FIRST_MONTH
    while (year, month) <= (today.year, today.month):
        yield datetime(year, month, 1, tzinfo=JAKARTA)
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
