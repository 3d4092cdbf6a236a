"""The needs map: a picture of all RW, with a list beside it that says the same and needs no script."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from accounts import clock
from programs.map_choice import MapChoice, read_choice
from programs.map_figures import MapFigures, Measure, map_figures
from programs.map_list import map_list
from programs.models import Program
from programs.outline_picture import picture_of
from programs.queries import AidFigures, figures_of_map
from programs.tiles import district_tiles
from regions.codes import Level
from regions.models import Region
from regions.outlines import outline_layer
from regions.public_version import public_page


@login_not_required
@public_page
def map_page(request: HttpRequest) -> HttpResponse:
    """Choices come from the address, so that every view of the map can be sent to somebody."""
    choice = read_choice(request.GET.dict())
    figures = figures_of_choice(choice)
    context = {
        "choice": choice,
        "programs": Program.objects.all(),
        "measures": [
            {"label": one.label, "href": choice.link(ukuran=one.value), "current": one is choice.measure}
            for one in Measure
        ],
        "figures": shown_figures(choice, figures),
        "list": map_list(choice, figures),
        "figures_href": figures_href(choice),
        "tiles": district_tiles(choice.aid_type),
        "drawing": _drawing(),
        "as_of": clock.now(),
    }
    return render(request, "programs/map.html", context)


def figures_of_choice(choice: MapChoice) -> dict[str, AidFigures]:
    return figures_of_map(choice.aid_type, Level.RW) if choice.aid_type else {}


def shown_figures(choice: MapChoice, figures: dict[str, AidFigures]) -> MapFigures | None:
    """The chosen measure of every RW; None while no program has an aid type. One query."""
    if choice.aid_type is None:
        return None
    rws = Region.objects.current().at_level(Level.RW)
    if choice.measure is Measure.FAMILIES:
        families = dict(rws.values_list("code", "families"))
        known = {code: count for code, count in families.items() if count}
        return map_figures(choice.measure, choice.aid_type, figures, known, len(families))
    return map_figures(choice.measure, choice.aid_type, figures, {}, rws.count())


def figures_href(choice: MapChoice) -> str:
    return reverse("map_figures") + choice.link(wilayah="", pilih="")


def _drawing() -> dict[str, Any] | None:
    """What the script draws: addresses of the outlines, and the bounds that it begins with."""
    province = (
        Region.objects.current()
        .at_level(Level.PROVINCE)
        .filter(children__isnull=False)
        .order_by("code")
        .first()
    )
    picture = picture_of(province) if province else None
    if province is None or picture is None:
        return None
    names = dict(Region.objects.current().children_of(province.code).values_list("code", "name"))
    return {
        "rw": reverse("map_outlines", args=[outline_layer(province.code, Level.RW)[0]]),
        "cities": reverse("map_outlines", args=[outline_layer(province.code, Level.CITY)[0]]),
        "names": names,
        "bounds": " ".join(str(edge) for edge in picture.bounds),
        "outside": [{"code": code, "name": names[code]} for code in picture.left_out if code in names],
        "is_approximate": picture.is_approximate,
    }
