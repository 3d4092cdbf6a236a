"""The parts of a region as GeoJSON."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404

from programs.region_data import children_with_figures
from regions.models import Region
from regions.public_version import FORUM, public_page_besides


@login_not_required
@public_page_besides(FORUM)
def region_geojson(request: HttpRequest, code: str) -> HttpResponse:
    """The regions directly inside one, each with its outline (or null) and the figures of its needs."""
    region = get_object_or_404(Region, code=code)
    response = JsonResponse(children_with_figures(region), content_type="application/geo+json")
    response["Access-Control-Allow-Origin"] = "*"
    return response
