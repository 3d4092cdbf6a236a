"""Addresses of the statistics page and of the definitions."""

from django.urls import path

from donations.statistics.views.compare import statistics_compare, statistics_seminar
from donations.statistics.views.pages import definitions, statistics
from donations.statistics.views.rows import statistics_rows

urlpatterns = [
    path("statistik/", statistics, name="statistics"),
    path("statistik/baris/", statistics_rows, name="statistics_rows"),
    path("statistik/banding/", statistics_compare, name="statistics_compare"),
    path("statistik/seminar/", statistics_seminar, name="statistics_seminar"),
    path("definisi/", definitions, name="definitions"),
]
