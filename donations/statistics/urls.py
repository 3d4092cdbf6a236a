"""Addresses of the statistics page, of the definitions, and of the downloads."""

from django.urls import path

from donations.statistics.views.data import statistics_csv, statistics_json
from donations.statistics.views.pages import definitions, statistics

urlpatterns = [
    path("statistik/", statistics, name="statistics"),
    path("definisi/", definitions, name="definitions"),
]
data_urlpatterns = [
    path("data/statistics.json", statistics_json, name="statistics_json"),
    path("data/statistics.csv", statistics_csv, name="statistics_csv"),
]
