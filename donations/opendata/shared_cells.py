"""The CSV of a dataset of which many rows share most of their cells.

A million allocations go to twenty thousand needs: what all rows of one need say alike (its number, recipient and
place) is looked up and written once for that need, and each row only puts its few pieces together. The lines are
what COPY would write of the same rows, byte for byte; the database gives them many at a time.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from donations.opendata import sql
from donations.opendata.columns import Column, Dataset, Kind, Shared

ROWS_A_BLOCK = 256
ALIAS = re.compile(r"\b([a-z]+)\.[a-z]")
# Written by people, or with quotes in it, so that CSV may have to quote it; all else has neither comma nor quote.
QUOTE, SPECIAL = '"', set('",\n\r')
QUOTED = (Kind.TEXT, Kind.LIST)


def copy_blocks(dataset: Dataset) -> str:
    """COPY of all rows in blocks of lines, in binary; takes the parameter `end`, which ends every line."""
    joins = "".join(
        f" JOIN ({_lookup(dataset, shared)}) {shared.alias} ON {shared.alias}.id = {shared.on}"
        for shared in dataset.shared
    )
    [key] = dataset.order
    line = f"CONCAT_WS(',', {', '.join(_pieces(dataset))}, %(end)s)"
    return (
        f"COPY (SELECT STRING_AGG(line, '' ORDER BY id) FROM (SELECT {key} AS id, {line} AS line "  # noqa: S608 of the registry
        f"FROM {dataset.own_source}{joins} WHERE {dataset.where}) whole "
        f"GROUP BY id / {ROWS_A_BLOCK} ORDER BY id / {ROWS_A_BLOCK}) TO STDOUT (FORMAT binary)"
    )


def end_of_line(cells: Sequence[str]) -> str:
    """What every line ends with: cells that are the same in all rows."""
    quoted = (
        f'"{cell.replace(QUOTE, QUOTE * 2)}"' if not cell or SPECIAL & set(cell) else cell for cell in cells
    )
    return f"{','.join(quoted)}\n"


_OWN = "own"


def _place(dataset: Dataset, column: Column) -> str:
    """The alias of the shared table that says all of a column, or that it is computed for each row."""
    aliases = set(ALIAS.findall(column.sql))
    return next((shared.alias for shared in dataset.shared if aliases and aliases <= shared.aliases), _OWN)


def _runs(dataset: Dataset) -> Iterator[tuple[str, list[Column]]]:
    """Neighbouring columns of one table."""
    for place, columns in groupby(dataset.columns, key=lambda column: _place(dataset, column)):
        yield place, list(columns)


def _pieces(dataset: Dataset) -> Iterator[str]:
    """The expressions that make a line: cells of the row itself, and written pieces of the shared tables."""
    for number, (place, columns) in enumerate(_runs(dataset)):
        if place == _OWN:
            yield from (_written(sql.csv_cell(column), column) for column in columns)
        else:
            yield f"{place}.piece_{number}"


def _lookup(dataset: Dataset, shared: Shared) -> str:
    """A shared table with its pieces. Cells are computed in a query of their own, so that none is computed twice."""
    cells, pieces = [f"{shared.key} AS id"], ["id"]
    for number, (place, columns) in enumerate(_runs(dataset)):
        if place == shared.alias:
            cells += [f"{sql.csv_cell(column)} AS {column.name}_cell" for column in columns]
            texts = ", ".join(_written(f"{column.name}_cell", column) for column in columns)
            pieces.append(f"CONCAT_WS(',', {texts}) AS piece_{number}")
    cells += [f"{shared.alias}.{name} AS {name}" for name in shared.values]
    return (
        f"SELECT {', '.join([*pieces, *shared.values])} FROM "  # noqa: S608 of the registry
        f"(SELECT {', '.join(cells)} FROM {shared.source} OFFSET 0) cells OFFSET 0"
    )


def _written(cell: str, column: Column) -> str:
    """A cell as COPY writes it: nothing for NULL, quotes where commas, quotes or ends of lines need them."""
    if column.kind not in QUOTED:
        return f"COALESCE(({cell})::text, '')"
    return (
        f"CASE WHEN {cell} = '' OR {cell} ~ E'[\",\\n\\r]' THEN '\"' || REPLACE({cell}, '\"', '\"\"') || '\"' "
        f"ELSE COALESCE({cell}, '') END"
    )
