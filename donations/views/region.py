"""The page of a region, at every level: its figures, needs, arrivals, institutions, and what lies inside."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import Left
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from accounts import clock
from donations.previews import region_preview
from donations.queries import latest_arrivals
from donations.statistics.rows import Question
from programs.models import AidType, Need
from programs.outline_picture import Picture, picture_of
from programs.queries import AidFigures, RegionFigures, figures_by_aid_type, figures_by_region, first_in_order
from programs.queries.figures import CODE_LENGTHS
from programs.wording import crumbs_of, figure_of, need_row
from regions import notation
from regions.classes import classes_for
from regions.codes import Level
from regions.models import Region, Site
from regions.public_version import FORUM, public_page_besides

# What the project's gazetteer names as sources; those of another city's file are shown as they stand.
SOURCES = (
    gettext_noop("Data penduduk Jakarta 2025"),
    gettext_noop("Data penduduk Jakarta 2025, jumlah enam wilayah"),
)
NEEDS_SHOWN = 10
SITES_SHOWN = 12


@login_not_required
@public_page_besides(FORUM)
def region(request: HttpRequest, code: str) -> HttpResponse:
    """Everything public about one region; a former one says since when, and what replaced it."""
    found = get_object_or_404(Region.objects.select_related("parent__parent__parent__parent"), code=code)
    needs = Need.objects.public().within(found.code)
    children = _children(found)
    sites = Site.objects.active().within(found.code)
    aid = figures_by_aid_type(needs)
    open_count = sum(figures.open_needs for _form, figures in aid)
    context = {
        "region": found,
        "title": _title(found),
        "crumbs": crumbs_of(found, link_last=False),
        "numbers": _numbers(found),
        "aid": [_aid_row(form, figures, found) for form, figures in aid],
        "needs": [need_row(need) for need in first_in_order(needs, NEEDS_SHOWN)],
        "needs_count": sum(figures.needs for _form, figures in aid),
        "open_count": open_count,
        "arrivals": latest_arrivals(8, within_code=found.code),
        "sites": sites[:SITES_SHOWN],
        "sites_count": sites.count(),
        "children": children,
        "children_label": _level_name(found),
        "picture": _picture(found, children),
        "successors": found.successors.all() if not found.is_current else (),
        "map_href": _map_href(found),
        "as_of": clock.now(),
        "preview": region_preview(found, aid, open_count),
        "page_url": request.build_absolute_uri(found.get_absolute_url()),
    }
    return render(request, "donations/region.html", context)


def _title(region: Region) -> str:
    """Its name, and of districts and villages what they lie in: some of them share theirs."""
    if region.parent and region.level in (Level.DISTRICT, Level.VILLAGE):
        return f"{region.full_name}, {region.parent.name}"
    return str(region.full_name)


def _aid_row(aid: AidType, figures: AidFigures, found: Region) -> dict[str, Any]:
    """The figures of a form of aid, and the ways to their rows."""
    cells = {part: figure_of(aid, getattr(figures, part)) for part in ("target", "received", "missing")}
    # Asked for a province, the rows are of what lies in none of its cities.
    place = "" if found.level == Level.PROVINCE else found.code
    target = Question("target", aid.program_id, aid, place)
    ways = {
        "target_rows": target.href,
        "received_rows": target.but(measure="delivered").href,
        "missing_rows": f"{reverse('needs')}?wilayah={found.code}&bantuan={aid.pk}",
    }
    return {"type": aid, "coverage": figures.coverage_in(aid.unit_name), **cells, **ways}


def _children(found: Region) -> list[dict[str, Any]]:
    """What lies directly inside, with figures. Empty for an RW."""
    if found.level == Level.RW:
        return []
    level = list(Level)[Level(found.level).depth + 1]
    figures = figures_by_region(Need.objects.public().within(found.code), level)
    children = Region.objects.current().children_of(found.code).order_by("code")
    families = _families(found.code, level)
    return [
        {
            "region": child,
            "href": child.get_absolute_url(),
            "received_rows": Question("coverage", place=child.code).href,
            "figures": figures.get(child.code, RegionFigures()),
            "families": child.families if level is Level.RW else families.get(child.code),
        }
        for child in children
    ]


def _families(code: str, level: Level) -> Mapping[str, int]:
    """Families of the RW inside, added up by region of a level."""
    if level is Level.RW:
        return {}
    rws = Region.objects.current().at_level(Level.RW).within(code)
    rows = rws.values(place=Left("code", CODE_LENGTHS[level])).annotate(sum=Sum("families")).order_by("place")
    return {row["place"]: row["sum"] for row in rows if row["sum"] is not None}


def _numbers(found: Region) -> list[dict[str, str]]:
    """Families, people, RW and area, each with its source where one is known."""
    inside = Region.objects.current().at_level(Level.RW).within(found.code)
    sums = inside.aggregate(rw=Count("code"), families=Sum("families"))
    items = [_families_told(found, inside, sums["families"])]
    if found.population:
        items.append(
            {
                "value": notation.number(found.population),
                "label": _("penduduk"),
                "note": _(found.population_source) if found.population_source else "",
            }
        )
    if found.level != Level.RW:
        label = ngettext("RW", "RW", sums["rw"])
        note = _("sebagian sementara") if inside.filter(is_provisional=True).exists() else ""
        items.append({"value": notation.number(sums["rw"]), "label": label, "note": note})
    if found.area_km2:
        items.append({"value": notation.number(found.area_km2, 2), "label": _("km² luas"), "note": ""})
    return items


def _families_told(found: Region, inside: QuerySet[Region], families: int | None) -> dict[str, str]:
    """How many families live there and who counted them; "n/a" and why where nobody has."""
    if families is None:
        return {"value": _("n/a"), "label": _("keluarga"), "note": _("belum didata")}
    source = found.families_source or inside.values_list("families_source", flat=True).first() or ""
    return {"value": notation.number(families), "label": _("keluarga"), "note": _(source) if source else ""}


def _level_name(found: Region) -> str:
    names = {
        Level.PROVINCE: _("Kota dan kabupaten"),
        Level.CITY: _("Kecamatan"),
        Level.DISTRICT: _("Kelurahan"),
        Level.VILLAGE: _("RW"),
        Level.RW: "",
    }
    return names[Level(found.level)]


def _picture(found: Region, children: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The outline of each part with its class of open needs, and a link to its page."""
    picture: Picture | None = picture_of(found)
    if picture is None:
        return None
    rows = {child["region"].code: child for child in children}
    classes = classes_for(child["figures"].open_needs for child in children)
    parts = []
    for outline in picture.parts:
        row = rows.get(outline.code)
        count = row["figures"].open_needs if row else 0
        parts.append(
            {
                "path": outline.path,
                "css": "pick" if outline.code == found.code else f"k{classes.level(count)}",
                "href": reverse("region", args=[outline.code]),
                "name": row["region"].full_name if row else "",
                "count": count,
            }
        )
    # The chosen one is drawn last, so that its line lies over its neighbours'.
    parts.sort(key=lambda part: part["css"] == "pick")
    outside = [rows[code]["region"] for code in picture.left_out if code in rows]
    return {"picture": picture, "parts": parts, "outside": outside, "classes": classes if children else None}


def _map_href(found: Region) -> str:
    if found.level == Level.RW:
        return f"{reverse('map')}?pilih={found.code}"
    return f"{reverse('map')}?wilayah={found.code}"
