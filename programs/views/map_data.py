"""What the map's script fetches: outlines that never change under their name, and the figures of now."""

import gzip
import hashlib
import json

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response, patch_vary_headers

from accounts import clock
from programs.map_choice import read_choice
from programs.views.map import figures_of_choice, shown_figures
from regions.models import OutlineLayer
from regions.queries import has_sample_data

A_YEAR = 365 * 24 * 3600


@login_not_required
def map_outlines(request: HttpRequest, name: str) -> HttpResponse:
    """A layer of outlines by its hash (see regions/outlines.py). It may be kept for good."""
    layer = OutlineLayer.objects.filter(hash=name).first()
    if layer is None:
        raise Http404
    payload = bytes(layer.payload)
    takes_gzip = _takes_gzip(request)
    response = HttpResponse(
        payload if takes_gzip else gzip.decompress(payload), content_type="application/json"
    )
    if takes_gzip:
        response["Content-Encoding"] = "gzip"
    response["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


@login_not_required
def map_figures_json(request: HttpRequest) -> HttpResponse:
    """One measure of every RW: `levels` (code → class 1–5), `said` (code → words), `legend`, `as_of`.

    Parameters as on the page: program, bantuan, ukuran, and bahasa (id or en) for the words.
    """
    language = request.GET.get("bahasa", "id")
    with translation.override(language if language in ("id", "en") else "id"):
        choice = read_choice(request.GET.dict())
        figures = shown_figures(choice, figures_of_choice(choice))
    content = {
        "program": choice.program.code if choice.program else None,
        "aid_type": choice.aid_type.code if choice.aid_type else None,
        "measure": choice.measure.value,
        "title": figures.title if figures else "",
        "ramp": figures.ramp if figures else "k",
        "levels": figures.levels if figures else {},
        "said": figures.said if figures else {},
        "legend": [[row.css, row.label, row.count] for row in figures.legend] if figures else [],
        "sample_data": has_sample_data(),
    }
    # The tag is of the figures alone: the same figures a minute later need not be sent again.
    tag = f'W/"{hashlib.sha256(json.dumps(content).encode()).hexdigest()[:20]}"'
    content["as_of"] = timezone.localtime(clock.now()).isoformat(timespec="seconds")
    body = json.dumps(content, separators=(",", ":")).encode()
    takes_gzip = _takes_gzip(request)
    response = HttpResponse(gzip.compress(body, 6) if takes_gzip else body, content_type="application/json")
    if takes_gzip:
        response["Content-Encoding"] = "gzip"
    patch_vary_headers(response, ["Accept-Encoding"])
    response["ETag"] = tag
    response["Cache-Control"] = "public, no-cache"
    return get_conditional_response(request, etag=tag, response=response) or response


def _takes_gzip(request: HttpRequest) -> bool:
    return "gzip" in request.headers.get("Accept-Encoding", "")
