"""Addresses of the statistics page and of the definitions."""

from django.urls import path

from donations.statistics.views.pages import definitions, statistics
from donations.statistics.views.rows import statistics_rows

urlpatterns = [
    path("statistik/", statistics, name="statistics"),
    path("statistik/baris/", statistics_rows, name="statistics_rows"),
    path("definisi/", definitions, name="definitions"),
]
