"""The page of open data, and the reference of the API in our own look."""

import functools

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language

from donations.opendata import api
from donations.opendata.asked import root_of
from donations.opendata.catalogue import LICENCE_URL, changed_at, file_name, schema_org
from donations.opendata.datasets import DATASETS
from donations.opendata.reading import meta_columns
from donations.opendata.reference import Operation, operations
from regions.codes import Level
from regions.models import Region
from regions.public_version import FORUM, public_page_besides


@login_not_required
@public_page_besides(FORUM)
def open_data(request: HttpRequest) -> HttpResponse:
    """What can be downloaded, in which formats, with which columns, under which licence."""
    upper = Region.objects.current().filter(level__in=(Level.PROVINCE, Level.CITY), children__isnull=False)
    datasets = [
        {
            "dataset": dataset,
            "files": [
                {"kind": kind.upper().replace("GEO", "Geo"), "href": reverse(file_name(dataset, kind))}
                for kind in dataset.formats
            ],
            "columns": (*dataset.columns, *meta_columns(dataset)),
            "described": reverse(file_name(dataset, "csvw")),
        }
        for dataset in DATASETS.values()
    ]
    context = {
        "datasets": datasets,
        "changed_at": max(filter(None, map(changed_at, DATASETS.values())), default=None),
        "regions": upper.distinct().order_by("code"),
        "licence": LICENCE_URL,
        "root": root_of(request),
        "schema_org": schema_org(root_of(request)),
    }
    return render(request, "opendata/open_data.html", context)


@login_not_required
@public_page_besides(FORUM)
def api_reference(request: HttpRequest) -> HttpResponse:
    """Every operation of the API, its parameters and its fields, read from the OpenAPI document."""
    language = "en" if (get_language() or "").startswith("en") else "id"
    context = {"operations": _operations(language), "root": root_of(request), "licence": LICENCE_URL}
    return render(request, "opendata/api.html", context)


@functools.cache
def _operations(language: str) -> list[Operation]:
    return operations(api.document(language))
