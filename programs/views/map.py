"""The needs map: a picture of all RW, with a list beside it that says the same and needs no script."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts import clock
from programs.map_choice import PARAMETERS, MapChoice, read_choice
from programs.map_figures import MapFigures, Measure, map_figures
from programs.map_list import map_list
from programs.map_sites import site_legend, site_marks, sites_of_choice
from programs.models import Program
from programs.narrowing import Narrowing
from programs.outline_picture import picture_of
from programs.queries import AidFigures, figures_by_place, figures_of_map
from programs.queries.fitting import said
from programs.tiles import DistrictTiles, district_tiles
from regions import notation
from regions.codes import Level
from regions.indicator_layers import indicator_layer
from regions.models import Boundary, Region
from regions.outlines import layer_name
from regions.public_version import FORUM, known_parameters, public_page_besides

NOWHERE = {"wilayah": "", "pilih": "", "lembaga": ""}


@login_not_required
@public_page_besides(FORUM)
@known_parameters(*PARAMETERS)
def map_page(request: HttpRequest) -> HttpResponse:
    """Choices come from the address, so that every view of the map can be sent to somebody."""
    choice = read_choice(request.GET.dict())
    places, sites = places_of_choice(choice), sites_of_choice(choice)
    figures = figures_of_map(places, Level.RW)
    tiles = district_tiles(choice.aid_type, choice.province, places)
    context = {
        "choice": choice,
        "programs": Program.objects.all(),
        "measures": [
            {"label": one.label, "href": choice.link(ukuran=one.value), "current": one is choice.measure}
            for one in Measure
        ],
        "figures": shown_figures(choice, figures),
        "whole": _whole(choice, figures, tiles),
        "site_legend": site_legend(choice.measure, site_marks(choice, sites)),
        "layer": indicator_layer(choice.layer) if choice.layer else None,
        "list": map_list(choice, places, sites),
        **_narrowed(choice),
        **_addresses(choice),
        "tiles": tiles,
        "drawing": _drawing(choice.province),
        "background": {"href": settings.MAP_TILES_URL, "credit": settings.MAP_TILES_ATTRIBUTION},
        "as_of": clock.now(),
    }
    return render(request, "programs/map.html", context)


def _narrowed(choice: MapChoice) -> dict[str, Any]:
    """The fields that narrow the needs, what they are set to, and the same in words."""
    form = choice.narrowing
    names = ["penerima", "prioritas"]
    if choice.shown_place or form["jarak"].errors:
        names.append("jarak")
    choosing = [form[name] for name in names]
    words = [_understood(form)]
    kept = form.query()
    for field in choosing:
        labels = {str(value): str(label) for value, label in form.fields[field.name].choices}  # type: ignore[attr-defined]
        words.append(labels[kept[field.name]] if kept[field.name] else "")
    return {
        "kept": kept,
        "choosing": choosing,
        "more_open": choice.layer is not None or any(kept[name] or form[name].errors for name in names),
        "understood": words[0],
        "narrowed": [word for word in words if word],
    }


def _understood(narrowing: Narrowing) -> str:
    """What "I have" was read as."""
    meant = narrowing.meant
    if meant is None:
        return ""
    return said(meant) if meant.having.words else notation.rupiah(meant.having.rupiah or 0)


def places_of_choice(choice: MapChoice) -> dict[str, AidFigures]:
    if choice.aid_type is None or choice.province is None:
        return {}
    return figures_by_place(choice.aid_type, choice.province.code, choice.needs)


def shown_figures(choice: MapChoice, figures: Mapping[str, AidFigures]) -> MapFigures | None:
    """The chosen measure of every RW; None while no program has an aid type. One query."""
    if choice.aid_type is None:
        return None
    rws = choice.rws
    if choice.measure is Measure.FAMILIES:
        families = dict(choice.rws_inside.values_list("code", "families"))
        known = {code: count for code, count in families.items() if count}
        return map_figures(choice.measure, choice.aid_type, figures, known, len(families))
    found = map_figures(choice.measure, choice.aid_type, figures, {}, rws.count())
    if not choice.narrows:
        return found
    nothing = replace(found.legend[-1], label=_("tidak termasuk pilihan ini"))
    return replace(found, legend=(*found.legend[:-1], nothing))


def _whole(
    choice: MapChoice, figures: Mapping[str, AidFigures], tiles: DistrictTiles | None
) -> dict[str, Any] | None:
    """The sum of what is missing, as on the home page's tiles, and the part of it that lies in no known RW."""
    if tiles is None or choice.aid_type is None or choice.measure is not Measure.MISSING:
        return None
    in_rw = sum(one.missing for one in figures.values())
    return {"missing": tiles.missing, "elsewhere": tiles.missing - in_rw, "unit": choice.aid_type.unit_name}


def _addresses(choice: MapChoice) -> dict[str, str]:
    """Where the script fetches the figures and the layer of this view, in the page's language."""
    language = {"bahasa": get_language() or "id"}
    # A place matters to the figures only where the needs are those around it.
    plain = (
        choice.link(lapis="", **language) if choice.middle else choice.link(**NOWHERE, lapis="", **language)
    )
    layer = choice.layer
    return {
        "list_href": choice.list_link(),
        "part_href": choice.list_link(wilayah="", jarak="", daerah=""),
        "place_href": choice.link(**NOWHERE, daerah="", jarak="") + "&q=",
        "whole_href": choice.link(wilayah="", jarak="", daerah=""),
        "figures_href": reverse("map_figures") + plain,
        "layer_href": f"{reverse('map_layer', args=[layer.code])}?{urlencode(language)}" if layer else "",
    }


def _drawing(province: Region | None) -> dict[str, Any] | None:
    """What the script draws: the address of the outlines, and the bounds that it begins with."""
    picture = picture_of(province) if province else None
    if province is None or picture is None:
        return None
    names = dict(Region.objects.current().children_of(province.code).values_list("code", "name"))
    return {
        "rw": reverse("map_outlines", args=[layer_name(province.code, Level.RW)]),
        "names": names,
        "bounds": " ".join(str(edge) for edge in picture.bounds),
        "outside": [{"code": code, "name": names[code]} for code in picture.left_out if code in names],
        **_approximate(province),
    }


def _approximate(province: Region) -> dict[str, Any]:
    """How many RW have approximate outlines: whether all of them, and the number. One query."""
    rws = Region.objects.current().within(province.code).at_level(Level.RW)
    counted = Boundary.objects.filter(region__in=rws).aggregate(
        all=Count("pk"), approximate=Count("pk", filter=Q(is_approximate=True))
    )
    return {
        "is_approximate": 0 < counted["approximate"] == counted["all"],
        "approximate": counted["approximate"],
    }
