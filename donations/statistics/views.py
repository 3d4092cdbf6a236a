"""Statistics and definitions, and the rows behind them for download."""

import csv
import hashlib
import json
from collections.abc import Iterator

from django.contrib.auth.decorators import login_not_required
from django.db.models import Count, Max, QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import condition, require_safe

from accounts import clock
from donations.statistics.definitions import MEASURES, UNIT_LABELS
from donations.statistics.forms import StatisticsFilter
from donations.statistics.models import StatisticRow
from donations.statistics.published import Rows
from donations.statistics.reading import Reading
from programs.models import Program, PublishedFigure
from programs.wording import partial_day
from regions.codes import Level
from regions.models import Region
from regions.public_version import public_page
from regions.queries import has_sample_data

COLUMNS = ("city_code", "program", "measure", "dimension", "key", "value", "as_of")
FILTERS = {
    "city_code": "city_code",
    "program": "program_code",
    "measure": "measure",
    "dimension": "dimension",
    "key": "key",
}
CHUNK = 2_000


@login_not_required
@public_page
@require_safe
def statistics(request: HttpRequest) -> HttpResponse:
    """One program's published numbers under the filters asked for."""
    programs = list(Program.objects.prefetch_related("aid_types"))
    cities = dict(Region.objects.current().at_level(Level.CITY).order_by("code").values_list("code", "name"))
    chosen = StatisticsFilter(
        request.GET, programs=programs, cities=cities, now=timezone.localtime(clock.now())
    )
    code = chosen.chosen_program.code if chosen.chosen_program else ""
    rows = Rows(code)
    figures = PublishedFigure.objects.select_related("program").filter(
        program__in=[chosen.chosen_program] if chosen.chosen_program else programs
    )
    terms = ("target", "committed", "allocated", "delivered", "verified", "people_reached", "rw_reached",
             "handovers_verified", "coverage", "gini_province")  # fmt: skip
    context = {
        "form": chosen,
        "reading": Reading(chosen, rows),
        "as_of": rows.as_of,
        "published": [_figure(figure) for figure in figures],
        "terms": [MEASURES[name] for name in terms],
        "query": f"program={code}" if code else "",
    }
    return render(request, "statistics/statistics.html", context)


def _figure(figure: PublishedFigure) -> dict[str, object]:
    return {
        "program": figure.program, "label": figure.text("label"), "value": figure.text("value"),
        "note": figure.text("note"), "source": figure.source, "published": partial_day(figure.published),
    }  # fmt: skip


@login_not_required
@public_page
@require_safe
def definitions(request: HttpRequest) -> HttpResponse:
    """Every measure in words, as it is computed."""
    measures = [{"measure": m, "unit": UNIT_LABELS[m.unit]} for m in MEASURES.values()]
    return render(request, "statistics/definitions.html", {"measures": measures})


def _asked(request: HttpRequest) -> QuerySet[StatisticRow]:
    rows = StatisticRow.objects.order_by("city_code", "program_code", "measure", "dimension", "key")
    for name, column in FILTERS.items():
        if name in request.GET:
            rows = rows.filter(**{f"{column}__in": request.GET.getlist(name)})
    return rows


def _etag(request: HttpRequest) -> str:
    state = StatisticRow.objects.aggregate(latest=Max("as_of"), count=Count("pk"))
    said = f"{request.get_full_path()}|{state['latest']}|{state['count']}|{has_sample_data()}"
    return quote_etag(hashlib.sha256(said.encode()).hexdigest()[:32])


@login_not_required
@require_safe
@condition(etag_func=_etag)
def statistics_csv(request: HttpRequest) -> HttpResponseBase:
    """The published rows; a last column says when they are of invented data."""
    return _streamed(_csv_lines(_asked(request)), "text/csv; charset=utf-8", "ksbb-statistics.csv")


@login_not_required
@require_safe
@condition(etag_func=_etag)
def statistics_json(request: HttpRequest) -> HttpResponseBase:
    """The published rows as an object: `as_of` of the newest, `note` on invented data, and `rows`."""
    return _streamed(_json_parts(_asked(request)), "application/json", "")


def _streamed(parts: Iterator[str], content_type: str, filename: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(parts, content_type=content_type)
    response["Access-Control-Allow-Origin"] = "*"
    if filename:
        response["Content-Disposition"] = f'attachment; filename="{filename}"'
    patch_cache_control(response, public=True, no_cache=True)
    return response


def _values(rows: QuerySet[StatisticRow]) -> Iterator[tuple]:
    listed = rows.values_list("city_code", "program_code", "measure", "dimension", "key", "value", "as_of")
    for *values, as_of in listed.iterator(chunk_size=CHUNK):
        yield (*values, timezone.localtime(as_of).isoformat(timespec="seconds"))


def _note() -> str:
    with override("id"):
        return _("data contoh") if has_sample_data() else ""


class _Line:
    """A file that gives each written line back, so that it can be sent while it is made."""

    def write(self, text: str) -> str:
        return text


def _csv_lines(rows: QuerySet[StatisticRow]) -> Iterator[str]:
    writer, note = csv.writer(_Line()), _note()
    yield writer.writerow((*COLUMNS, "note"))
    for values in _values(rows):
        yield writer.writerow((*values, note))


def _json_parts(rows: QuerySet[StatisticRow]) -> Iterator[str]:
    latest = StatisticRow.objects.aggregate(latest=Max("as_of"))["latest"]
    head = {"as_of": latest and timezone.localtime(latest).isoformat(timespec="seconds"), "note": _note()}
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "rows": ['
    for number, values in enumerate(_values(rows)):
        row = json.dumps(dict(zip(COLUMNS, values, strict=True)), ensure_ascii=False)
        yield f"{',' if number else ''}\n{row}"
    yield "\n]}\n"
