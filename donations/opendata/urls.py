"""Addresses of the files, the API, the catalogue, the feeds and the cards."""

from django.urls import path

from donations.opendata import api
from donations.opendata.datasets import DATASETS
from donations.opendata.views.cards import embed, embed_map, embed_statistics
from donations.opendata.views.catalogue import catalogue, csvw, iati_xml
from donations.opendata.views.downloads import download
from donations.opendata.views.feeds import handovers_feed, needs_feed
from donations.opendata.views.pages import api_reference, open_data
from donations.opendata.views.rows import statistics_rows_csv

urlpatterns = [
    path("data/", open_data, name="open_data"),
    path("data/api/", api_reference, name="api_reference"),
    path("sematan/", embed, name="embed"),
    path("sematan/statistik/", embed_statistics, name="embed_statistics"),
    path("sematan/peta/", embed_map, name="embed_map"),
    path("umpan/kebutuhan.atom", needs_feed, name="needs_feed"),
    path("umpan/serah-terima.atom", handovers_feed, name="handovers_feed"),
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
    path("data/rows.csv", statistics_rows_csv, name="statistics_rows_csv"),
    path("data/catalog.jsonld", catalogue, name="catalogue"),
    path("data/iati-activities.xml", iati_xml, name="iati_xml"),
    *api.urlpatterns(),
]
