"""Rows of a dataset as the database writes them: whole as a stream of bytes, or a page at a time.

A stream is one COPY: the server formats, this process passes blocks on, and a million rows need no memory. It is
one statement, so it sees one moment.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import clock
from donations.opendata import shared_cells, sql
from donations.opendata.columns import Column, Dataset, Kind
from regions.queries import has_sample_data

BLOCK_BYTES = 1 << 16
ENDS_IN_NUMBER = re.compile(r"[0-9]{1,18}\Z")
NOTE = "data contoh / sample data: invented figures"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked of a dataset: filters by name, and the address of the site for links."""

    dataset: Dataset
    wanted: dict[str, Any]
    root: str

    @property
    def parameters(self) -> dict[str, Any]:
        made = {"made": json.dumps(self.dataset.made())} if self.dataset.made else {}
        return {
            "root": self.root,
            "today": clock.today(),
            **made,
            **sql.parameters(self.dataset, self.wanted),
        }


def note() -> str:
    """What every download says where figures are invented, else ""."""
    return NOTE if has_sample_data() else ""


def now() -> str:
    return said(clock.now())


def said(moment: datetime) -> str:
    """With Jakarta's clock, as the tables write it."""
    return timezone.localtime(moment).isoformat(timespec="seconds")


def csv_lines(asked: Asked, *, hxl: bool = True) -> Iterator[bytes]:
    """Heads, HXL tags (unless unwanted), rows; two more columns say the time of the file and where it is sample data."""
    extra = meta_columns(asked.dataset)
    heads = io.StringIO()
    writer = csv.writer(heads, lineterminator="\n")
    writer.writerow([column.name for column in (*asked.dataset.columns, *extra)])
    if hxl:
        writer.writerow([column.hxl for column in (*asked.dataset.columns, *extra)])
    yield heads.getvalue().encode()
    about = {"as_of": now(), "note": note()}
    if asked.dataset.shared and not asked.wanted:
        end = shared_cells.end_of_line([about[column.name] for column in extra])
        yield from _whole_blocks(shared_cells.copy_blocks(asked.dataset), {**asked.parameters, "end": end})
    else:
        statement = sql.copy_csv(asked.dataset, asked.wanted, [column.name for column in extra])
        yield from _blocks(statement, {**asked.parameters, **about})


def json_lines(asked: Asked) -> Iterator[bytes]:
    """`{"dataset", "as_of", "note", "licence", "rows": [{…}, …]}`."""
    about = {"dataset": asked.dataset.name, "as_of": now(), "note": note(), "licence": LICENCE_URL}
    return _list(about, "rows", sql.copy_json(asked.dataset, asked.wanted), asked.parameters)


def geojson_lines(asked: Asked) -> Iterator[bytes]:
    """A FeatureCollection; the shape is null where none is known."""
    about = {"type": "FeatureCollection", "name": asked.dataset.name, "as_of": now(), "note": note(),
             "licence": LICENCE_URL}  # fmt: skip
    return _list(about, "features", sql.copy_geojson(asked.dataset, asked.wanted), asked.parameters)


def meta_columns(dataset: Dataset) -> tuple[Column, ...]:
    """Columns that only the CSV has, since JSON says the same once for all rows."""
    made = Column("as_of", Kind.MOMENT, "", "#date+generated", _("Saat berkas ini dibuat."))
    said_of = Column(
        "note", Kind.TEXT, "", "#meta+note", _("“data contoh” kalau angkanya karangan."), may_be_empty=True
    )
    return (said_of,) if "as_of" in dataset.names else (made, said_of)


@dataclass(frozen=True, slots=True)
class Page:
    """JSON texts of rows, and the place after the last of them; None where there are no more."""

    rows: list[str]
    after: list[Any] | None


def page(asked: Asked, *, limit: int, after: list[Any] | None = None) -> Page:
    """At most `limit` rows behind the place `after`. One query that reads no more than the page."""
    statement = sql.page(asked.dataset, asked.wanted, goes_on=after is not None)
    values = {**asked.parameters, "most": limit + 1}
    values |= {f"after_{number}": place for number, place in enumerate(after or ())}
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found = cursor.fetchall()
    shown = found[:limit]
    return Page([row[0] for row in shown], list(shown[-1][1:]) if len(found) > limit else None)


def one(asked: Asked, key: str) -> str | None:
    """The JSON text of one row, or None."""
    values = {**asked.parameters, "key": key}
    if asked.dataset.order_kind is Kind.INTEGER:
        number = ENDS_IN_NUMBER.search(key)
        if number is None:
            return None
        values["pk"] = int(number[0])
    with connection.cursor() as cursor:
        cursor.execute(sql.one(asked.dataset), values)
        found = cursor.fetchone()
    return found[0] if found else None


def _list(about: dict[str, str], name: str, statement: str, values: dict[str, Any]) -> Iterator[bytes]:
    yield json.dumps(about, ensure_ascii=False)[:-1].encode() + f', "{name}": ['.encode()
    first = True
    for block in _blocks(statement, values, before=b",\n"):
        # The first row has nothing before it.
        yield block[1:] if first else block
        first = False
    yield b"]}\n"


def _blocks(statement: str, values: dict[str, Any], before: bytes = b"") -> Iterator[bytes]:
    """What COPY gives, row for row, put together into blocks; `before` stands before each row instead of its end."""
    # While DEBUG is on, Django's cursor takes no parameters beside a COPY.
    whole = connection.ops.compose_sql(statement, values)  # type: ignore[attr-defined]
    with connection.cursor() as cursor, cursor.copy(whole) as copy:
        yield from _gathered(copy, before)


def _whole_blocks(statement: str, values: dict[str, Any]) -> Iterator[bytes]:
    """What a binary COPY of one text column gives."""
    whole = connection.ops.compose_sql(statement, values)  # type: ignore[attr-defined]
    with connection.cursor() as cursor, cursor.copy(whole) as copy:
        # As bytes, which are the same on the wire: they go on as they came.
        copy.set_types(["bytea"])
        yield from (block for (block,) in copy.rows())


def _gathered(rows: Iterable[Any], before: bytes) -> Iterator[bytes]:
    block = bytearray()
    for row in rows:
        block += before + bytes(row[:-1]) if before else row
        if len(block) >= BLOCK_BYTES:
            yield bytes(block)
            block.clear()
    if block:
        yield bytes(block)
