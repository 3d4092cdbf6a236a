"""How a table of open data is described. Pure: no query, no request.

A dataset's columns are its only description: heads and HXL tags of the CSV, fields of JSON and GeoJSON, the schema
of the API, the catalogue, the CSVW metadata and the page of documentation are all made from them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from django.utils.functional import Promise

from regions.public_version import EVERYTHING, FORUM

Text = str | Promise

WIB = "INTERVAL '7 hours'"
"""Jakarta's time zone in SQL: seven hours since 1964, and without a name that is looked up for every row."""


def numbered(key: str) -> str:
    """SQL of a key with at least five digits, as the numbers of pledges and needs are written."""
    return f"CASE WHEN {key} > 99999 THEN {key}::text ELSE RIGHT('0000' || {key}, 5) END"


class Kind(StrEnum):
    """What the cells of a column hold."""

    TEXT = "text"  # written by people; guarded in CSV, where a spreadsheet might run it
    CODE = "code"  # out of a list, or made by the platform
    LINK = "link"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DAY = "day"
    MOMENT = "moment"
    LIST = "list"  # JSON; in a CSV cell its text


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `sql` is an expression over the dataset's `source`; `codes` are all values there can be."""

    name: str
    kind: Kind
    sql: str
    hxl: str
    text: Text
    unit: Text = ""
    codes: Mapping[str, Text] = field(default_factory=dict)
    may_be_empty: bool = False


class Test(StrEnum):
    """How a filter compares."""

    EQUAL = "equal"
    WITHIN = "within"  # the region or anywhere inside it
    SINCE = "since"  # that day or later
    UNTIL = "until"  # that day or earlier
    HOLDS = "holds"  # true or false


@dataclass(frozen=True, slots=True)
class Filter:
    """A question a reader may ask of a dataset. `sql` is compared with the given value, as `test` says."""

    name: str
    sql: str
    text: Text
    test: Test = Test.EQUAL
    kind: Kind = Kind.CODE
    codes: Sequence[str] = ()
    example: str = ""


@dataclass(frozen=True, slots=True)
class Shared:
    """A table that many rows of a dataset have in common, as all allocations of a need have the need.

    `alias` is its first table's in SQL, `aliases` are those of all in its `source`; `key` is its own, `on` the row's.
    `values` are columns of it that the row's own cells are computed with.
    """

    alias: str
    aliases: frozenset[str]
    source: str
    key: str
    on: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dataset:
    """A table that anybody may read.

    `source` and `where` are SQL; they may name the parameters root (the site's address) and today. `order` are SQL
    expressions of `order_kind` that together are unique and never empty: the order of rows and the place where a page
    goes on. `key` names the column by which one row is found. `geometry` is SQL of GeoJSON or null. `version` is for
    rows that carry their own time: something that changes with them, and that time. `pages` are the names of the pages
    that show the same. `made` gives rows that their page computes by a rule of its own: `source` reads them as JSON
    from the parameter made. `own_source` and `shared` say the same as `source` in parts, where many rows share their
    cells; its `order` is then a single whole number.
    """

    name: str
    title: Text
    text: Text
    source: str
    columns: tuple[Column, ...]
    order: tuple[str, ...]
    order_kind: Kind = Kind.INTEGER
    where: str = "TRUE"
    key: str = ""
    geometry: str = ""
    filters: tuple[Filter, ...] = ()
    keywords: tuple[Text, ...] = ()
    pages: tuple[str, ...] = ()
    version: Callable[[], tuple[object, datetime | None]] | None = None
    made: Callable[[], Sequence[Mapping[str, object]]] | None = None
    own_source: str = ""
    shared: tuple[Shared, ...] = ()

    @property
    def besides(self) -> str:
        """The topic whose changes leave its rows as they are (`regions.public_version`)."""
        read = (self.source, self.where, *(column.sql for column in self.columns))
        return EVERYTHING if any("programs_proposal" in sql for sql in read) else FORUM

    @property
    def formats(self) -> tuple[str, ...]:
        return ("csv", "json", "geojson") if self.geometry else ("csv", "json")

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    def column(self, name: str) -> Column:
        """The column of that name; KeyError where there is none."""
        return {column.name: column for column in self.columns}[name]
