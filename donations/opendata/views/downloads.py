"""Whole datasets as files, sent while the database writes them."""

import zlib
from collections.abc import Callable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from donations.opendata.answers import answer, open_to_all
from donations.opendata.asked import Wrong, read, root_of
from donations.opendata.columns import Dataset
from donations.opendata.reading import Asked, csv_lines, geojson_lines, json_lines

TYPES = {
    "csv": "text/csv; charset=utf-8; header=present",
    "json": "application/json",
    "geojson": "application/geo+json",
}
HXL = "hxl"
"""The parameter that leaves the row of HXL tags out: `?hxl=0`."""


def download(dataset: Dataset, kind: str) -> Callable[..., HttpResponseBase]:
    """The view of a dataset in a format of TYPES."""

    @open_to_all
    def view(request: HttpRequest) -> HttpResponseBase:
        given: dict[str, Any] = request.GET.dict()
        tags = given.pop(HXL, "1") if kind == "csv" else "1"
        try:
            if tags not in ("0", "1"):
                raise Wrong([(HXL, _("tuliskan 0 untuk tanpa baris HXL, atau 1."))])
            asked = read(dataset, given, root_of(request))
        except Wrong as wrong:
            return refusal(wrong)
        packed = "gzip" in request.headers.get("Accept-Encoding", "")
        return answer(request, lambda: _file(asked, kind, hxl=tags == "1", packed=packed), dataset)

    return view


def refusal(wrong: Wrong) -> HttpResponse:
    """What was wrong, a line for each parameter."""
    lines = "".join(f"{name}: {sentence}\n" for name, sentence in wrong.problems)
    return HttpResponse(lines, "text/plain; charset=utf-8", status=400)


def _file(asked: Asked, kind: str, *, hxl: bool, packed: bool) -> HttpResponseBase:
    name = asked.dataset.name
    lines = _lines(asked, kind, hxl=hxl)
    response = StreamingHttpResponse(_packed(lines) if packed else lines, content_type=TYPES[kind])
    response["Vary"] = "Accept-Encoding"
    if packed:
        response["Content-Encoding"] = "gzip"
    response["Content-Disposition"] = f'attachment; filename="ksbb-{name}.{kind}"'
    if kind == "csv":
        described = reverse(f"{name.replace('-', '_')}_csvw")
        response["Link"] = f'<{described}>; rel="describedby"; type="application/csvm+json"'
    return response


def _lines(asked: Asked, kind: str, *, hxl: bool) -> Iterator[bytes]:
    if kind == "csv":
        return csv_lines(asked, hxl=hxl)
    return json_lines(asked) if kind == "json" else geojson_lines(asked)


def _packed(lines: Iterator[bytes]) -> Iterator[bytes]:
    """The same as gzip, a part as soon as it is full: lightly packed, since it should not wait for that."""
    packer = zlib.compressobj(level=1, wbits=zlib.MAX_WBITS | 16)
    for block in lines:
        if part := packer.compress(block):
            yield part
    yield packer.flush()
