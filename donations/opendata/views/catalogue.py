"""The catalogue, the description of each CSV, and the programs as IATI activities."""

import json
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from donations.opendata.answers import answer, open_to_all
from donations.opendata.asked import root_of
from donations.opendata.catalogue import csvw_metadata, dcat
from donations.opendata.columns import Dataset
from donations.opendata.iati import activities


@open_to_all
def catalogue(request: HttpRequest) -> HttpResponseBase:
    """All datasets as DCAT-AP in JSON-LD."""
    return answer(request, lambda: _json(dcat(root_of(request)), "application/ld+json"))


@open_to_all
def iati_xml(request: HttpRequest) -> HttpResponseBase:
    """The programs as IATI activities."""
    return answer(
        request, lambda: HttpResponse(activities(root_of(request)), "application/xml; charset=utf-8")
    )


def csvw(dataset: Dataset) -> Callable[..., HttpResponseBase]:
    """The view of a dataset's CSVW metadata."""

    @open_to_all
    def view(request: HttpRequest) -> HttpResponseBase:
        made = lambda: _json(csvw_metadata(dataset, root_of(request)), "application/csvm+json")  # noqa: E731
        return answer(request, made, dataset)

    return view


def _json(content: object, content_type: str) -> HttpResponse:
    return HttpResponse(json.dumps(content, ensure_ascii=False, indent=1), content_type)
