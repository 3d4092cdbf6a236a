"""The rows behind one figure as a file: what its page shows, all of them."""

import csv
import io
from collections.abc import Iterator
from itertools import islice

from django.utils import timezone, translation

from accounts.tables import guarded
from donations.opendata.reading import note, now
from donations.statistics.rows import Line, Question, in_order, lines_of, parts_of

COLUMNS = {
    "row": "#activity+name", "link": "#meta+url", "aid": "#activity+type", "place": "#loc+name", "place_link": "#loc+url",
    "giver": "#org+funder+name", "at": "#date", "value": "#indicator+value+num", "whole": "#targeted+value+num",
    "as_of": "#date+generated", "note": "#meta+note",
}  # fmt: skip
AT_ONCE = 2_000
"""Rows that are read, said and sent together."""


def csv_lines(question: Question, order: str, root: str, *, hxl: bool = True) -> Iterator[bytes]:
    """Heads, HXL tags (unless unwanted), and a line a row in the order of the page."""
    yield _written([list(COLUMNS), *([list(COLUMNS.values())] if hxl else [])])
    about, language = (now(), note()), translation.get_language()
    rows = in_order(parts_of(question), order).iterator(chunk_size=AT_ONCE)
    while some := list(islice(rows, AT_ONCE)):
        # The answer is sent after the request's own language is forgotten.
        with translation.override(language):
            lines = [[*map(guarded, _cells(line, root)), *about] for line in lines_of(some)]
        yield _written(lines)


def _cells(line: Line, root: str) -> list[str | int]:
    at = timezone.localtime(line.at).isoformat(timespec="seconds") if line.at else ""
    links = [f"{root}{href}" if href else "" for href in (line.href, line.place_href)]
    return [line.name, links[0], line.aid, line.place, links[1], line.giver, at, line.value, line.whole or ""]


def _written(rows: list[list[str]] | list[list[str | int]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()
