"""From facts to published rows. Pure: the same facts, the same rows."""

from collections import defaultdict
from collections.abc import Iterable

from donations.statistics.definitions import (
    AID_TYPE,
    COLLABORATOR_KIND,
    EVERY_PROGRAM,
    MONTH,
    PEOPLE_KIND,
    RECIPIENT_KIND,
    RW,
    TOTAL,
    coverage_points,
    gini_points,
    is_published,
)
from donations.statistics.facts import Facts, Needed

Key = tuple[str, str, str, str]
"""(program code, measure, dimension, key)"""
Rows = dict[Key, int]

LARGEST = 2**63 - 1


class Book:
    """Adds values up under their keys."""

    def __init__(self) -> None:
        self.rows: defaultdict[Key, int] = defaultdict(int)

    def add(self, program: str, measure: str, dimension: str, key: str, value: int) -> None:
        self.rows[program, measure, dimension, key] += value

    def split(self, program: str, measure: str, value: int, **keys: str) -> None:
        """Add the value to the total and to each dimension named, as far as the measure is split so."""
        self.add(program, measure, TOTAL, "", value)
        for dimension, key in keys.items():
            if is_published(measure, dimension):
                self.add(program, measure, dimension, key, value)

    def units(self, program: str, measure: str, aid_type: str, value: int, **keys: str) -> None:
        """Add units of one aid type, whole and split."""
        self.add(program, measure, AID_TYPE, aid_type, value)
        for dimension, key in keys.items():
            self.add(program, measure, f"{AID_TYPE}:{dimension}", f"{aid_type}:{key}", value)

    def published(self) -> Rows:
        """What is worth a row: not nothing, and no larger than a row can hold."""
        strange = {key for key in self.rows if not is_published(key[1], key[2])}
        if strange:
            raise ValueError(f"not among the published definitions: {sorted(strange)[:3]}")
        return {key: min(value, LARGEST) for key, value in self.rows.items() if value}


def rows_of_city(facts: Facts) -> Rows:
    """Everything that is published of one city (of a province: of what is placed in no city)."""
    book = Book()
    _gifts(book, facts)
    _needs(book, facts.needed)
    for arrived in facts.arrived:
        month = {MONTH: arrived.month}
        for measure, value in (("delivered", arrived.delivered), ("verified", arrived.verified)):
            book.add(
                arrived.program, measure, f"{AID_TYPE}:{MONTH}", f"{arrived.aid_type}:{month[MONTH]}", value
            )
    for reported in facts.reported:
        for program in (reported.program, EVERY_PROGRAM):
            book.add(program, "handovers_verified", TOTAL, "", reported.verified)
            book.add(program, "handovers_waiting", TOTAL, "", reported.waiting)
    _distinct_collaborators(book, facts, "collaborators")
    _rw(book, facts.needed)
    return book.published() | _shares(facts.needed, "gini") | _coverage(book)


def rows_of_province(facts: Facts) -> Rows:
    """What does not add up from the cities of a province."""
    book = Book()
    _distinct_collaborators(book, facts, "collaborators_province")
    return book.published() | _shares(facts.needed, "gini_province")


def _gifts(book: Book, facts: Facts) -> None:
    for row in facts.allocated:
        kinds = {COLLABORATOR_KIND: row.collaborator_kind, RECIPIENT_KIND: row.recipient_kind}
        value = row.unit_value or 0
        _committed(book, row.program, row.aid_type, row.is_money, row.allocated, value, kinds)
        for measure, quantity in (
            ("allocated", row.allocated), ("delivered", row.delivered), ("verified", row.verified),
        ):  # fmt: skip
            book.units(row.program, measure, row.aid_type, quantity, **kinds)
            for program in (row.program, EVERY_PROGRAM):
                book.split(
                    program, f"{measure}_value", quantity * value, **_keys(program, row.aid_type, kinds)
                )
    for promise in facts.promised:
        kinds = {COLLABORATOR_KIND: promise.collaborator_kind, RECIPIENT_KIND: promise.recipient_kind}
        _committed(
            book, promise.program, promise.aid_type, promise.is_money, promise.unallocated,
            promise.unit_value or 0, kinds,
        )  # fmt: skip
        for program in (promise.program, EVERY_PROGRAM):
            keys = _keys(program, promise.aid_type, kinds)
            book.split(program, "commitments", promise.commitments, **keys)


def _committed(
    book: Book, program: str, aid_type: str, is_money: bool, quantity: int, value: int, kinds: dict[str, str]
) -> None:
    book.units(program, "committed", aid_type, quantity, **kinds)
    if not is_money:
        book.split(program, "committed_packages", quantity, **_keys(program, aid_type, kinds))
    for each in (program, EVERY_PROGRAM):
        book.split(each, "committed_value", quantity * value, **_keys(each, aid_type, kinds))


def _keys(program: str, aid_type: str, kinds: dict[str, str]) -> dict[str, str]:
    """Aid types have their codes within a program: rows of all programs are not split by them."""
    return {**kinds, AID_TYPE: aid_type} if program else kinds


def _needs(book: Book, needed: Iterable[Needed]) -> None:
    for row in needed:
        book.units(row.program, "target", row.aid_type, row.target, **{RECIPIENT_KIND: row.recipient_kind})
        value = row.unit_value or 0
        for program in (row.program, EVERY_PROGRAM):
            keys = {AID_TYPE: row.aid_type} if program else {}
            book.split(program, "needs", row.needs, **keys)
            book.split(program, "target_value", row.target * value, **keys)
            book.split(program, "covered_value", row.covered * value, **keys)
            book.split(program, "people_reached", row.people_reached, **{PEOPLE_KIND: row.people_kind})


def _distinct_collaborators(book: Book, facts: Facts, measure: str) -> None:
    seen: set[tuple[str, str, str, int]] = set()
    for row in facts.promised:
        seen |= {
            (row.program, TOTAL, "", row.collaborator),
            (row.program, AID_TYPE, row.aid_type, row.collaborator),
            (EVERY_PROGRAM, TOTAL, "", row.collaborator),
        }
    for program, dimension, key, _collaborator in seen:
        book.add(program, measure, dimension, key, 1)


def _rw(book: Book, needed: Iterable[Needed]) -> None:
    targeted: set[tuple[str, str, str, str]] = set()
    reached: set[tuple[str, str, str, str]] = set()
    for row in needed:
        if row.recipient_kind != RW:
            continue
        places = {
            (row.program, TOTAL, "", row.region),
            (row.program, AID_TYPE, row.aid_type, row.region),
            (EVERY_PROGRAM, TOTAL, "", row.region),
        }
        targeted |= places
        if row.verified:
            reached |= places
    for measure, found in (("rw_targeted", targeted), ("rw_reached", reached)):
        for program, dimension, key, _region in found:
            book.add(program, measure, dimension, key, 1)


def _coverage(book: Book) -> Rows:
    """Of an aid type by its units, of a whole program (and of all) by rupiah."""
    rows: Rows = {}
    for (program, measure, dimension, key), target in book.rows.items():
        if measure == "target" and dimension == AID_TYPE:
            covered = book.rows.get((program, "delivered", AID_TYPE, key), 0)
            points = coverage_points(covered, target)
        elif measure == "target_value" and dimension == TOTAL:
            points = coverage_points(book.rows.get((program, "covered_value", TOTAL, ""), 0), target)
        else:
            continue
        if points:
            rows[program, "coverage", dimension, key] = points
    return rows


def _shares(needed: Iterable[Needed], measure: str) -> Rows:
    """The Gini index of coverage over RWs: of an aid type by its units, of a whole program by rupiah."""
    sums: defaultdict[tuple[str, str, str], dict[str, list[int]]] = defaultdict(
        lambda: defaultdict(lambda: [0, 0])
    )
    for row in needed:
        if row.recipient_kind != RW:
            continue
        value = row.unit_value or 0
        for group, weight in (
            ((row.program, AID_TYPE, row.aid_type), 1),
            ((row.program, TOTAL, ""), value),
            ((EVERY_PROGRAM, TOTAL, ""), value),
        ):
            pair = sums[group][row.region]
            pair[0] += row.covered * weight
            pair[1] += row.target * weight
    rows: Rows = {}
    for (program, dimension, key), regions in sums.items():
        points = gini_points([covered / target for covered, target in regions.values() if target])
        if points:
            rows[program, measure, dimension, key] = points
    return rows
