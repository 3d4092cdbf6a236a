"""Addresses of the files, the API, the catalogue, the feeds and the cards."""

from django.urls import path

from donations.opendata import api
from donations.opendata.datasets import DATASETS
from donations.opendata.views.catalogue import catalogue, csvw
from donations.opendata.views.downloads import download
from donations.opendata.views.pages import api_reference, open_data

urlpatterns = [
    path("data/", open_data, name="open_data"),
    path("data/api/", api_reference, name="api_reference"),
]
data_urlpatterns = [
    *(
        path(f"data/{name}.{kind}", download(dataset, kind), name=f"{name.replace('-', '_')}_{kind}")
        for name, dataset in DATASETS.items()
        for kind in dataset.formats
    ),
    *(
        path(f"data/{name}.csv-metadata.json", csvw(dataset), name=f"{name.replace('-', '_')}_csvw")
        for name, dataset in DATASETS.items()
    ),
    path("data/catalog.jsonld", catalogue, name="catalogue"),
    *api.urlpatterns(),
]
