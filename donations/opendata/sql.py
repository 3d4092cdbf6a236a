"""The statements that read a dataset. Columns are put together from the registry, values are parameters."""

from collections.abc import Mapping, Sequence
from typing import Any

from donations.opendata.columns import WIB, Column, Dataset, Kind, Test

MOMENT = f'TO_CHAR(({{0}}) AT TIME ZONE {WIB}, \'YYYY-MM-DD"T"HH24:MI:SS"+07:00"\')'
# A spreadsheet runs what begins with = + - @, a tab or a new line; an apostrophe before it makes it text. All of them
# come before the letters, so that one comparison is enough for most cells.
GUARDED = (
    "CASE WHEN ASCII({0}) < 65 AND ASCII({0}) IN (61, 43, 45, 64, 9, 10, 13) THEN '''' || {0} ELSE {0} END"
)
# Signs that JSON never contains unescaped: with them COPY gives its lines as they are.
RAW = "(FORMAT csv, QUOTE E'\\x01', DELIMITER E'\\x02')"

Wanted = Mapping[str, Any]


def csv_cell(column: Column) -> str:
    """The expression of a cell in CSV."""
    if column.kind is Kind.TEXT:
        return GUARDED.format(f"NULLIF({column.sql}, '')" if column.may_be_empty else f"({column.sql})")
    if column.kind in (Kind.BOOLEAN, Kind.LIST):
        return f"({column.sql})::text"
    if column.kind is Kind.MOMENT:
        return MOMENT.format(column.sql)
    return f"NULLIF({column.sql}, '')" if column.kind is Kind.CODE and column.may_be_empty else column.sql


def value(column: Column) -> str:
    """The expression of a value in JSON; texts that say nothing are null."""
    if column.kind is Kind.MOMENT:
        return MOMENT.format(column.sql)
    return f"NULLIF({column.sql}, '')" if column.kind is Kind.TEXT and column.may_be_empty else column.sql


def copy_csv(dataset: Dataset, wanted: Wanted, note: Sequence[str] = ()) -> str:
    """COPY of the rows as CSV; `note` are the names of parameters that end every line."""
    cells = [csv_cell(column) for column in dataset.columns] + [f"%({name})s::text" for name in note]
    return f"COPY ({_select(dataset, ', '.join(cells), wanted)}) TO STDOUT (FORMAT csv)"


def copy_json(dataset: Dataset, wanted: Wanted) -> str:
    """COPY of the rows, a JSON object a line."""
    return f"COPY ({_rows(dataset, wanted)}) TO STDOUT {RAW}"


def copy_geojson(dataset: Dataset, wanted: Wanted) -> str:
    """COPY of the rows, a GeoJSON feature a line."""
    parts = f"'type', 'Feature', 'geometry', {dataset.geometry}, 'properties', {_object(dataset)}"
    return f"COPY ({_select(dataset, f'JSON_BUILD_OBJECT({parts})', wanted)}) TO STDOUT {RAW}"


def page(dataset: Dataset, wanted: Wanted, *, goes_on: bool) -> str:
    """One page: the JSON text of each row, and its place in the order. Takes the parameters `most` and after_0, …"""
    columns = f"({_object(dataset)})::text, {', '.join(dataset.order)}"
    after = ""
    if goes_on:
        places = ", ".join(f"%(after_{number})s" for number in range(len(dataset.order)))
        after = f"({', '.join(dataset.order)}) > ({places})"
    return _select(dataset, columns, wanted, after) + " LIMIT %(most)s"


def one(dataset: Dataset) -> str:
    """The JSON text of the row whose key is the parameter `key`.

    Keys that are numbers, or end in one, are found by it in its index: it is the parameter `pk`.
    """
    condition = f"({dataset.column(dataset.key).sql})::text = %(key)s"
    if dataset.order_kind is Kind.INTEGER:
        condition = f"{dataset.order[0]} = %(pk)s AND {condition}"
    return _select(dataset, f"({_object(dataset)})::text", {}, condition)


def parameters(dataset: Dataset, wanted: Wanted) -> dict[str, Any]:
    """The parameters of the filters that were given."""
    found: dict[str, Any] = {}
    for name, given in wanted.items():
        found[f"asked_{name}"] = given
        if _filter(dataset, name).test is Test.WITHIN:
            found[f"asked_{name}_inside"] = f"{given}.%"
    return found


def _rows(dataset: Dataset, wanted: Wanted) -> str:
    return _select(dataset, _object(dataset), wanted)


def _object(dataset: Dataset) -> str:
    pairs = ", ".join(f"'{column.name}', {value(column)}" for column in dataset.columns)
    return f"JSON_BUILD_OBJECT({pairs})"


def _select(dataset: Dataset, columns: str, wanted: Wanted, more: str = "") -> str:
    conditions = [
        f"({dataset.where})",
        *(_condition(dataset, name) for name in wanted),
        *([more] if more else []),
    ]
    return (
        f"SELECT {columns} FROM {dataset.source} WHERE {' AND '.join(conditions)} "  # noqa: S608 of the registry
        f"ORDER BY {', '.join(dataset.order)}"
    )


def _filter(dataset: Dataset, name: str) -> Any:
    return next(each for each in dataset.filters if each.name == name)


def _condition(dataset: Dataset, name: str) -> str:
    asked = _filter(dataset, name)
    given = f"%(asked_{name})s"
    if asked.test is Test.WITHIN:
        return f"({asked.sql} = {given} OR {asked.sql} LIKE %(asked_{name}_inside)s)"
    if asked.test is Test.HOLDS:
        return f"(({asked.sql}) = {given})"
    if asked.test is Test.EQUAL:
        return f"({asked.sql} = {given})"
    sign = ">=" if asked.test is Test.SINCE else "<="
    return f"(({asked.sql}) AT TIME ZONE {WIB})::date {sign} {given}"
