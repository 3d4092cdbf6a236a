"""From facts to published rows. Pure: the same facts, the same rows."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache

from donations.statistics.definitions import (
    AID_TYPE,
    COLLABORATOR_KIND,
    DISTRICT,
    EVERY_PROGRAM,
    MEASURES,
    MONTH,
    PEOPLE_KIND,
    RECIPIENT_KIND,
    TOTAL,
    coverage_points,
    is_published,
)
from donations.statistics.equity import gini_rows
from donations.statistics.facts import DISTRICT_LENGTH, Allocated, Facts, Needed, Neighbourhood

Key = tuple[str, str, str, str]
"""(program code, measure, dimension, key)"""
Rows = dict[Key, int]

LARGEST = 2**63 - 1
LABELS = (AID_TYPE, COLLABORATOR_KIND, RECIPIENT_KIND, PEOPLE_KIND, DISTRICT, MONTH)


class Book:
    """Adds values up under their keys."""

    def __init__(self) -> None:
        self.rows: defaultdict[Key, int] = defaultdict(int)

    def add(self, program: str, measure: str, dimension: str, key: str, value: int) -> None:
        self.rows[program, measure, dimension, key] += value

    def split(
        self, program: str, measure: str, value: int, labels: dict[str, str], *, timed: bool | None = None
    ) -> None:
        """Add the value along every dimension of the measure for whose parts there are labels.

        `timed` False leaves out the dimensions of months, True all others: where both are told by different facts.
        Aid types have their codes within a program: rows of all programs are not split by them.
        """
        if not value:
            return
        rows = self.rows
        for dimension, parts in _dimensions(measure, tuple(labels), bool(program), timed):
            rows[program, measure, dimension, ":".join([labels[part] for part in parts])] += value

    def published(self) -> Rows:
        """What is worth a row: not nothing, and no larger than a row can hold."""
        strange = {key for key in self.rows if not is_published(key[1], key[2])}
        if strange:
            raise ValueError(f"not among the published definitions: {sorted(strange)[:3]}")
        return {key: min(value, LARGEST) for key, value in self.rows.items() if value}


@cache
def _dimensions(
    measure: str, labels: tuple[str, ...], in_program: bool, timed: bool | None
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The dimensions that can be told by those labels, each with its parts; a total has none."""
    found = []
    for dimension in MEASURES[measure].dimensions:
        parts = () if dimension == TOTAL else tuple(dimension.split(":"))
        fits = set(parts) <= set(labels) and (in_program or AID_TYPE not in parts)
        if fits and (timed is None or timed == (MONTH in parts)):
            found.append((dimension, parts))
    return tuple(found)


def rows_of_city(facts: Facts) -> Rows:
    """Everything that is published of one city (of a province: of what is placed in no city)."""
    book = Book()
    _allocations(book, facts.allocated)
    _promises(book, facts)
    _needs(book, facts.needed)
    _arrivals(book, facts)
    _distinct_collaborators(book, facts, "collaborators")
    _rw(book, facts.neighbourhoods)
    return book.published() | gini_rows(facts, "gini") | _coverage(book)


def rows_of_province(facts: Facts) -> Rows:
    """What does not add up from the cities of a province."""
    book = Book()
    _distinct_collaborators(book, facts, "collaborators_province")
    return book.published() | gini_rows(facts, "gini_province")


def _programs(program: str) -> Iterator[str]:
    yield program
    yield EVERY_PROGRAM


def _allocations(book: Book, rows: Iterable[Allocated]) -> None:
    """What is allocated is committed too. Arrivals are told apart by month elsewhere: by their reports."""
    for row in rows:
        labels = {
            AID_TYPE: row.aid_type, COLLABORATOR_KIND: row.collaborator_kind, RECIPIENT_KIND: row.recipient_kind,
            DISTRICT: row.district, MONTH: row.committed,
        }  # fmt: skip
        _committed(book, row.program, row.is_money, row.allocated, row.unit_value or 0, labels)
        labels[MONTH] = row.month
        _units(book, row.program, "allocated", row.allocated, row.unit_value or 0, labels)
        for measure, quantity in (("delivered", row.delivered), ("verified", row.verified)):
            _units(book, row.program, measure, quantity, row.unit_value or 0, labels, timed=False)


def _promises(book: Book, facts: Facts) -> None:
    for row in facts.promised:
        labels = {
            AID_TYPE: row.aid_type, COLLABORATOR_KIND: row.collaborator_kind, RECIPIENT_KIND: row.recipient_kind,
            DISTRICT: row.district, MONTH: row.month,
        }  # fmt: skip
        _committed(book, row.program, row.is_money, row.unallocated, row.unit_value or 0, labels)
        for program in _programs(row.program):
            book.split(program, "commitments", row.commitments, labels)


def _committed(
    book: Book, program: str, is_money: bool, quantity: int, unit_value: int, labels: dict[str, str]
) -> None:
    _units(book, program, "committed", quantity, unit_value, labels)
    if not is_money:
        book.split(program, "committed_packages", quantity, labels)


def _units(
    book: Book, program: str, measure: str, quantity: int, unit_value: int, labels: dict[str, str],
    *, timed: bool | None = None,
) -> None:  # fmt: skip
    """Units within the program, and their value in rupiah within it and over all."""
    book.split(program, measure, quantity, labels, timed=timed)
    for each in _programs(program):
        book.split(each, f"{measure}_value", quantity * unit_value, labels, timed=timed)


def _needs(book: Book, needed: Iterable[Needed]) -> None:
    for row in needed:
        labels = {
            AID_TYPE: row.aid_type, RECIPIENT_KIND: row.recipient_kind, PEOPLE_KIND: row.people_kind,
            DISTRICT: row.district, MONTH: row.month,
        }  # fmt: skip
        value = row.unit_value or 0
        _units(book, row.program, "target", row.target, value, labels)
        for program in _programs(row.program):
            book.split(program, "needs", row.needs, labels)
            book.split(program, "covered_value", row.covered * value, labels)
            book.split(program, "people_reached", row.people_reached, labels)


def _arrivals(book: Book, facts: Facts) -> None:
    for row in facts.arrived:
        labels = {
            AID_TYPE: row.aid_type, COLLABORATOR_KIND: row.collaborator_kind, RECIPIENT_KIND: row.recipient_kind,
            DISTRICT: row.district, MONTH: row.month,
        }  # fmt: skip
        for measure, quantity in (("delivered", row.delivered), ("verified", row.verified)):
            _units(book, row.program, measure, quantity, row.unit_value or 0, labels, timed=True)
    for reported in facts.reported:
        labels = {DISTRICT: reported.district, MONTH: reported.month}
        for program in _programs(reported.program):
            book.split(program, "handovers_verified", reported.verified, labels)
            book.split(program, "handovers_waiting", reported.waiting, labels)


def _distinct_collaborators(book: Book, facts: Facts, measure: str) -> None:
    seen: set[tuple[str, str, str, int]] = set()
    for row in facts.givers:
        seen |= {
            (row.program, TOTAL, "", row.collaborator),
            (row.program, AID_TYPE, row.aid_type, row.collaborator),
            (EVERY_PROGRAM, TOTAL, "", row.collaborator),
        }
    for program, dimension, key, _collaborator in seen:
        book.add(program, measure, dimension, key, 1)


def _rw(book: Book, neighbourhoods: Iterable[Neighbourhood]) -> None:
    targeted: set[tuple[str, str, str, str]] = set()
    reached: set[tuple[str, str, str, str]] = set()
    for row in neighbourhoods:
        district = row.region[:DISTRICT_LENGTH]
        places = {
            (row.program, TOTAL, "", row.region),
            (row.program, DISTRICT, district, row.region),
            (row.program, AID_TYPE, row.aid_type, row.region),
            (row.program, f"{AID_TYPE}:{DISTRICT}", f"{row.aid_type}:{district}", row.region),
            (EVERY_PROGRAM, TOTAL, "", row.region),
            (EVERY_PROGRAM, DISTRICT, district, row.region),
        }
        targeted |= places
        if row.verified:
            reached |= places
    for measure, found in (("rw_targeted", targeted), ("rw_reached", reached)):
        for program, dimension, key, _region in found:
            book.add(program, measure, dimension, key, 1)


COVERED_BY_UNITS = (AID_TYPE, f"{AID_TYPE}:{DISTRICT}")
COVERED_BY_VALUE = (TOTAL, DISTRICT)


def _coverage(book: Book) -> Rows:
    """Of an aid type by its units, of a whole program (and of all) by rupiah."""
    rows: Rows = {}
    for (program, measure, dimension, key), target in book.rows.items():
        if measure == "target" and dimension in COVERED_BY_UNITS:
            covered = book.rows.get((program, "delivered", dimension, key), 0)
        elif measure == "target_value" and dimension in COVERED_BY_VALUE:
            covered = book.rows.get((program, "covered_value", dimension, key), 0)
        else:
            continue
        points = coverage_points(covered, target)
        if points:
            rows[program, "coverage", dimension, key] = points
    return rows
