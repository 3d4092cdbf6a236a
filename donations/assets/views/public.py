"""What everybody may see of an asset who scans its label: what, whose, of which report; no person, no whole number."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from donations.assets.models import Asset, AssetPhoto
from donations.assets.queries import public_facts
from donations.handovers.queries import code_of
from donations.handovers.views.files import photo_response
from regions.public_version import public_page
from regions.queries import ancestors

WEEK = 60 * 60 * 24 * 7


@login_not_required
@require_safe
@public_page
def asset_public(request: HttpRequest, code: str) -> HttpResponse:
    """The page behind the QR code; small letters and dashes lead to the one address."""
    if (kept := code_of(code)) != code:
        return redirect("asset_public", get_object_or_404(Asset, code=kept).code)
    asset = get_object_or_404(Asset.objects.for_rows(), code=code)
    above = ancestors(asset.region)
    context = {
        "asset": asset,
        "where": ", ".join(region.official_name for region in reversed(above[1:])),
        **public_facts(asset),
    }
    response = render(request, "assets/public.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


@login_not_required
@require_safe
def asset_public_photo(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The picture of its description: without time and place, and never one of a check."""
    photo = get_object_or_404(AssetPhoto, pk=pk, asset__code=code, is_public=True)
    return photo_response(photo, f"public, max-age={WEEK}", "aset")
