"""Addresses of the desks and of the pages composed of all rooms."""

from django.urls import path

from donations.desk.views.desk import desk
from donations.desk.views.lists import desk_accept, desk_commitments, desk_needs
from donations.desk.views.objects import commitment, desk_need

urlpatterns = [
    path("meja/", desk, name="desk"),
    path("meja/terima/", desk_accept, name="desk_accept"),
    path("meja/kebutuhan/", desk_needs, name="desk_needs"),
    path("meja/kebutuhan/<int:pk>/", desk_need, name="desk_need"),
    path("meja/ikrar/", desk_commitments, name="desk_commitments"),
    path("komitmen/<int:pk>/", commitment, name="commitment"),
]
