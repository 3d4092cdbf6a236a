"""Addresses of the officers' pages of figures from outside the platform."""

from django.urls import path

from donations.outside.views import outside_change, outside_figure, outside_figures, outside_new, outside_verb

urlpatterns = [
    path("meja/luar-platform/", outside_figures, name="outside_figures"),
    path("meja/luar-platform/baru/", outside_new, name="outside_new"),
    path("meja/luar-platform/<int:pk>/", outside_figure, name="outside_figure"),
    path("meja/luar-platform/<int:pk>/ubah/", outside_change, name="outside_change"),
    path("meja/luar-platform/<int:pk>/<slug:verb>/", outside_verb, name="outside_verb"),
]
