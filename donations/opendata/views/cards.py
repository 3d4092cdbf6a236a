"""Cards that other sites show in a frame, and the page that writes the code for it.

Only the cards may stand in a foreign frame. They set no cookie, ask no session and show nothing of a person.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from csp.decorators import csp_replace, csp_update
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from donations.opendata.asked import Wrong, root_of
from donations.opendata.cards import LEVELS_OF_STATISTICS, map_card, statistics_card
from donations.opendata.choosing import REGION, read_choice
from donations.opendata.feeds import Choice
from donations.opendata.forms import HEIGHTS, CardForm
from regions.codes import Level
from regions.models import Region
from regions.public_version import FORUM, public_page_besides

LOOK = "warna"
LOOKS = {"": "", "terang": "light", "gelap": "dark"}
ANYWHERE = csp_replace({"frame-ancestors": ["*"]})
MEASURES = {"statistik": "embed_statistics", "peta": "embed_map"}


def card(
    view: Callable[[HttpRequest, Choice], tuple[str, dict[str, Any]]],
) -> Callable[..., HttpResponseBase]:
    """A card: `view` gives the template and what stands in it; a wrong choice is said in the card."""

    @login_not_required
    @require_safe
    @xframe_options_exempt
    @ANYWHERE
    @public_page_besides(FORUM)
    def shown(request: HttpRequest) -> HttpResponse:
        look = request.GET.get(LOOK, "")
        context: dict[str, Any] = {"theme": LOOKS.get(look, ""), "root": root_of(request)}
        try:
            if look not in LOOKS:
                raise Wrong([(LOOK, _("pilih terang atau gelap, atau kosongkan."))])
            template, found = view(request, read_choice(request.GET, more=(LOOK,)))
        except Wrong as wrong:
            context["problems"] = wrong.problems
            return render(request, "opendata/card_wrong.html", context, status=400)
        return render(request, template, {**context, **found})

    return shown


@card
def embed_statistics(request: HttpRequest, choice: Choice) -> tuple[str, dict[str, Any]]:
    """The figures of a program, or of all; of a city, or of all Jakarta."""
    if choice.region and choice.region.level not in LEVELS_OF_STATISTICS:
        raise Wrong([(REGION, _("statistik diterbitkan per kota; tuliskan kode kota, misalnya 31.74."))])
    return "opendata/card_statistics.html", {"card": statistics_card(choice), "choice": choice}


@card
def embed_map(request: HttpRequest, choice: Choice) -> tuple[str, dict[str, Any]]:
    """Open needs in the parts of a region."""
    region = choice.region or Region.objects.current().at_level(Level.PROVINCE).order_by("code").first()
    if region is None:
        raise Wrong([(REGION, _("belum ada wilayah."))])
    return "opendata/card_map.html", {"card": map_card(choice, region), "choice": choice}


@login_not_required
@require_safe
@csp_update({"frame-src": ["'self'"]})
@public_page_besides(FORUM)
def embed(request: HttpRequest) -> HttpResponse:
    """Choose a card, see it, copy its code."""
    form = CardForm(request.GET or None)
    chosen = form.chosen()
    name = MEASURES[chosen.pop("kartu")]
    query = urlencode({key: value for key, value in chosen.items() if value})
    address = f"{root_of(request)}{reverse(name)}{'?' + query if query else ''}"
    context = {
        "form": form,
        "address": address,
        "frame": f"{reverse(name)}{'?' + query if query else ''}",
        "height": HEIGHTS[name],
        "title": _("Peta kebutuhan KSBB Jakarta") if name == "embed_map" else _("Statistik KSBB Jakarta"),
    }
    return render(request, "opendata/embed.html", context)
