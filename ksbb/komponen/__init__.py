"""`/komponen/`: every component in its states, on a laptop only (DEBUG)."""

from django.urls import path

from ksbb.komponen.views import komponen, komponen_flow

urlpatterns = [
    path("komponen/", komponen, name="komponen"),
    path("komponen/alur/", komponen_flow, name="komponen_flow"),
]
