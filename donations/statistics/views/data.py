"""The published rows as downloads: the same filters, order and fields in JSON and CSV, sent while they are read."""

import csv
import hashlib
import json
from collections.abc import Iterator
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import condition, require_safe

from donations.statistics.forms import DataFilters
from donations.statistics.models import StatisticRow
from donations.statistics.queries import FIELDS, last_change, rows_to_export
from regions.public_version import public_page
from regions.queries import has_sample_data

CHUNK = 2_000
NOTE = "data contoh / sample data: invented figures"
NOTE_HEADER = "X-KSBB-Note"


class Line:
    """A file that gives each written line back, so that the CSV can be sent while it is made."""

    def write(self, text: str) -> str:
        return text


def _etag(request: HttpRequest) -> str | None:
    """Changes with every recompute, and with what was asked for; None for a question that is refused."""
    form = DataFilters(request.GET)
    if not form.is_valid():
        return None
    state = (request.path, sorted(form.wanted.items()), last_change(), has_sample_data())
    return f'W/"{hashlib.blake2b(repr(state).encode(), digest_size=12).hexdigest()}"'


@login_not_required
@require_safe
@public_page
@condition(etag_func=_etag)
def statistics_json(request: HttpRequest) -> HttpResponseBase:
    """`{"note", "rows": [{city_code, program, measure, dimension, key, value, as_of}]}`."""
    return _download(request, _json, "application/json")


@login_not_required
@require_safe
@public_page
@condition(etag_func=_etag)
def statistics_csv(request: HttpRequest) -> HttpResponseBase:
    """The same rows with a line of heads; the column `note` says so where figures are invented."""
    response = _download(request, _csv, "text/csv; charset=utf-8")
    if response.status_code == 200:
        response["Content-Disposition"] = 'attachment; filename="ksbb-statistics.csv"'
    return response


def _download(request: HttpRequest, lines: Any, content_type: str) -> HttpResponseBase:
    form = DataFilters(request.GET)
    if not form.is_valid():
        said = "\n".join(form.sentences)
        response: HttpResponseBase = HttpResponse(f"{said}\n", "text/plain; charset=utf-8", status=400)
    else:
        note = NOTE if has_sample_data() else ""
        rows = rows_to_export(form.wanted).iterator(chunk_size=CHUNK)
        response = StreamingHttpResponse(lines(rows, note), content_type=content_type)
        response["Cache-Control"] = "public, no-cache"
        if note:
            response[NOTE_HEADER] = note
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _cells(row: StatisticRow) -> tuple[Any, ...]:
    """The values of FIELDS. Times are Jakarta's."""
    as_of = timezone.localtime(row.as_of).isoformat(timespec="seconds")
    return (row.city_code, row.program_code, row.measure, row.dimension, row.key, row.value, as_of)


def _json(rows: Iterator[StatisticRow], note: str) -> Iterator[str]:
    yield f'{{"note": {json.dumps(note)}, "rows": ['
    comma = ""
    for row in rows:
        yield f"{comma}\n{json.dumps(dict(zip(FIELDS, _cells(row), strict=True)))}"
        comma = ","
    yield "\n]}\n"


def _csv(rows: Iterator[StatisticRow], note: str) -> Iterator[str]:
    writer = csv.writer(Line())
    yield writer.writerow((*FIELDS, "note"))
    for row in rows:
        yield writer.writerow((*_cells(row), note))
