"""Tables for spreadsheets as CSV, row by row."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

FORMULA = ("=", "+", "-", "@", "\t", "\r")


class _Echo:
    def write(self, text: str) -> str:
        return text


def csv_lines(heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """A byte-order mark first, so that a spreadsheet reads it as UTF-8; nothing in a cell runs as a formula."""
    writer = csv.writer(_Echo(), lineterminator="\n")
    yield "\ufeff" + writer.writerow(heads)
    for row in rows:
        yield writer.writerow([guarded(value) for value in row])


def guarded(value: Any) -> Any:
    """What a spreadsheet would run as a formula gets an apostrophe in front."""
    if isinstance(value, int):
        return value
    text = str(value)
    return f"'{text}" if text[:1] in FORMULA else text
