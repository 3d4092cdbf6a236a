"""Open data: needs as CSV, the parts of a region as GeoJSON."""

import csv
from collections.abc import Iterator
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts import clock
from programs.models import Need
from programs.queries.exports import CHUNK, needs_to_export
from programs.region_data import children_with_figures
from regions.models import Region
from regions.public_version import public_page
from regions.queries import has_sample_data

COLUMNS = (
    "number", "program", "aid_type", "aid_type_name", "unit", "recipient_kind", "recipient", "region_code",
    "village", "district", "city_code", "city", "people", "people_kind", "priority", "published_at", "deadline",
    "state", "unit_value", "target", "held", "reserved", "dispatched", "received", "verified", "missing", "as_of",
    "note",
)  # fmt: skip


class Line:
    """A file that gives each written line back, so that the CSV can be sent while it is made."""

    def write(self, text: str) -> str:
        return text


@login_not_required
def needs_csv(request: HttpRequest) -> StreamingHttpResponse:
    """Every need that was ever published, with its live counters. Source texts are Indonesian."""
    response = StreamingHttpResponse(_lines(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="ksbb-needs.csv"'
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _lines() -> Iterator[str]:
    writer = csv.writer(Line())
    yield writer.writerow(COLUMNS)
    as_of = timezone.localtime(clock.now()).isoformat(timespec="seconds")
    with override("id"):
        note = _("data contoh") if has_sample_data() else ""
        for need in needs_to_export().iterator(chunk_size=CHUNK):
            yield writer.writerow([_safe(cell) for cell in (*_cells(need), as_of, note)])


def _cells(need: Need) -> tuple[Any, ...]:
    region = need.region
    village = region.parent if region.level == "rw" else region
    district = village.parent if village else None
    city = district.parent if district else None
    published = need.published_at and timezone.localtime(need.published_at).isoformat(timespec="seconds")
    return (
        need.number, need.program_id, need.aid_type.code, need.aid_type.name, need.aid_type.unit,
        need.recipient_kind, need.recipient_name, region.code, village and village.name, district and district.name,
        city and city.code, city and city.name, need.people, need.people_kind, need.priority, published,
        need.deadline.isoformat(), need.state, need.unit_value, need.target, need.held, need.reserved,
        need.dispatched, need.received, need.verified, need.missing,
    )  # fmt: skip


def _safe(cell: Any) -> Any:
    """Text that a spreadsheet would run as a formula begins with an apostrophe."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


@login_not_required
@public_page
def region_geojson(request: HttpRequest, code: str) -> HttpResponse:
    """The regions directly inside one, each with its outline (or null) and the figures of its needs."""
    region = get_object_or_404(Region, code=code)
    response = JsonResponse(children_with_figures(region), content_type="application/geo+json")
    response["Access-Control-Allow-Origin"] = "*"
    return response
