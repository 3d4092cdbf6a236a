"""Addresses of the public pages on needs and programs, of texts about the platform, and of the map's data."""

from django.urls import include, path, register_converter

from programs.views.data import region_geojson
from programs.views.map import map_page
from programs.views.map_data import map_figures_json, map_layer_json, map_outlines
from programs.views.needs import needs
from programs.views.programs import programs
from programs.views.texts import about, accessibility, privacy, rw_guide
from regions.code_converter import CodeConverter

register_converter(CodeConverter, "region")

urlpatterns = [
    path("peta/", map_page, name="map"),
    path("kebutuhan/", needs, name="needs"),
    path("program/", programs, name="programs"),
    path("tentang/", about, name="about"),
    path("privasi/", privacy, name="privacy"),
    path("aksesibilitas/", accessibility, name="accessibility"),
    path("panduan/rw/", rw_guide, name="rw_guide"),
    path("", include("programs.officer_urls")),
    path("", include("programs.adjustments.urls")),
    path("", include("programs.proposals.urls")),
    path("kelola/program/", include("programs.administration_urls")),
]
data_urlpatterns = [
    path("data/map/figures.json", map_figures_json, name="map_figures"),
    path("data/map/layers/<slug:code>.json", map_layer_json, name="map_layer"),
    path("data/map/outlines/<slug:name>.json", map_outlines, name="map_outlines"),
    path("data/regions/<region:code>.geojson", region_geojson, name="region_geojson"),
]
