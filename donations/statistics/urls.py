"""Addresses of the statistics page and of the definitions."""

from django.urls import path

from donations.statistics.views.pages import definitions, statistics

urlpatterns = [
    path("statistik/", statistics, name="statistics"),
    path("definisi/", definitions, name="definitions"),
]
