"""Addresses of the desks and of the pages composed of all rooms."""

from django.urls import path

from donations.desk.views.desk import desk
from donations.desk.views.lists import desk_accept, desk_commitments, desk_needs
from donations.desk.views.objects import commitment, desk_need
from donations.desk.views.reports_csv import desk_reports_csv

urlpatterns = [
    path("meja/", desk, name="desk"),
    path("meja/bast.csv", desk_reports_csv, name="desk_reports_csv"),
    path("meja/terima/", desk_accept, name="desk_accept"),
    path("meja/kebutuhan/", desk_needs, name="desk_needs"),
    path("meja/kebutuhan/<int:pk>/", desk_need, name="desk_need"),
    path("meja/ikrar/", desk_commitments, name="desk_commitments"),
    path("komitmen/<int:pk>/", commitment, name="commitment"),
]
