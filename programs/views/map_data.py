"""What the map's script fetches: outlines that never change under their name, and the figures of now."""

import gzip
import hashlib
import json
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers

from accounts import clock
from accounts.http import revalidated
from programs.map_choice import PARAMETERS, read_choice
from programs.map_sites import as_data, site_marks, sites_of_choice
from programs.queries import figures_of_map
from programs.views.map import places_of_choice, shown_figures
from regions.codes import Level
from regions.indicator_layers import indicator_layer
from regions.models import Indicator, OutlineLayer, Region
from regions.public_version import FORUM, known_parameters, public_page_besides
from regions.queries import has_sample_data

A_YEAR = 365 * 24 * 3600


@login_not_required
def map_outlines(request: HttpRequest, name: str) -> HttpResponse:
    """A layer of outlines by its hash (see regions/outlines.py). It may be kept for good."""
    layer = OutlineLayer.objects.filter(hash=name).first()
    if layer is None:
        raise Http404
    payload = bytes(layer.payload)
    takes_gzip = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(
        payload if takes_gzip else gzip.decompress(payload), content_type="application/json"
    )
    if takes_gzip:
        response["Content-Encoding"] = "gzip"
    response["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


@login_not_required
@public_page_besides(FORUM)
@known_parameters(*PARAMETERS, "bahasa")
def map_figures_json(request: HttpRequest) -> HttpResponse:
    """One measure of every RW: `levels` (code → class 1–5), `said` (code → words), `legend`, `sites`, `as_of`.

    Parameters as on the page: program, bantuan, ukuran, and bahasa (id or en) for the words.
    """
    with _language_of(request):
        choice = read_choice(request.GET.dict())
        figures = shown_figures(choice, figures_of_map(places_of_choice(choice), Level.RW))
        sites = as_data(site_marks(choice, sites_of_choice(choice)))
    return _revalidated(
        request,
        {
            "program": choice.program.code if choice.program else None,
            "aid_type": choice.aid_type.code if choice.aid_type else None,
            "measure": choice.measure.value,
            "title": figures.title if figures else "",
            "ramp": figures.ramp if figures else "k",
            "levels": figures.levels if figures else {},
            "said": figures.said if figures else {},
            "legend": [[row.css, row.label, row.count] for row in figures.legend] if figures else [],
            "sites": sites,
            "villages": _villages(choice.province),
        },
    )


@login_not_required
@public_page_besides(FORUM)
@known_parameters("bahasa")
def map_layer_json(request: HttpRequest, code: str) -> HttpResponse:
    """A context layer: `levels` and `said` by region code, `legend`, unit, source. Parameter: bahasa."""
    indicator = get_object_or_404(Indicator.objects.shown(), code=code)
    with _language_of(request):
        layer = indicator_layer(indicator)
        content = {
            "code": indicator.code,
            "title": indicator.name,
            "unit": indicator.unit,
            "source": indicator.origin,
            "measured": indicator.as_of.isoformat(),
            "invented": indicator.is_sample,
            "levels": layer.levels,
            "said": layer.said,
            "legend": [[row.css, row.label, row.count] for row in layer.legend],
        }
    return _revalidated(request, content)


def _villages(province: Region | None) -> dict[str, str]:
    if province is None:
        return {}
    villages = Region.objects.current().at_level(Level.VILLAGE).within(province.code)
    return dict(villages.order_by("code").values_list("code", "name"))


def _language_of(request: HttpRequest) -> translation.override:
    wish = request.GET.get("bahasa", "id")
    return translation.override(wish if wish in ("id", "en") else "id")


def _revalidated(request: HttpRequest, content: dict[str, Any]) -> HttpResponse:
    """JSON whose tag is of the figures alone: the same figures a minute later need not be sent again."""
    content = {**content, "sample_data": has_sample_data()}
    tag = hashlib.sha256(json.dumps(content).encode()).hexdigest()[:20]
    content["as_of"] = timezone.localtime(clock.now()).isoformat(timespec="seconds")
    response = HttpResponse(json.dumps(content, separators=(",", ":")), content_type="application/json")
    return revalidated(request, response, tag)
