"""The list beside the map: the same regions, the same figures, in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext as _

from programs.map_choice import MapChoice
from programs.map_figures import Measure, in_words
from programs.map_sites import SiteRow, rows_within
from programs.models import Need, Priority
from programs.queries import AidFigures, figures_of_map
from regions import notation
from regions.codes import Level, ancestors_of, contains
from regions.indicator_layers import values_around
from regions.models import Region
from regions.queries import ancestors

LONGEST = 25
MOST_SITES = 10


@dataclass(frozen=True, slots=True)
class MapList:
    """`rows` for the template; `shown` of `total` RW with something to show; names of RW without a target.

    `parts`: the regions right below the scope, to go down to; `sites` of `site_total` institutions in it.
    `open_needs`: how many needs the list of this view holds. `action`: where "Beri bantuan" leads for what is picked
    (label, href), None where nothing is missing.
    """

    rows: list[dict[str, Any]]
    total: int
    without_target: str
    crumbs: list[dict[str, str]]
    parts: list[dict[str, str]]
    sites: list[dict[str, Any]]
    site_total: int
    action: dict[str, str] | None
    open_needs: int


def map_list(choice: MapChoice, places: Mapping[str, AidFigures], sites: Sequence[SiteRow]) -> MapList:
    """The RW of the scope: of a village all, of anything wider the first 25 by the measure. At most six queries."""
    scope = choice.scope.code if choice.scope else ""
    in_village = bool(choice.scope and choice.scope.level == Level.VILLAGE)
    inside = figures_of_map(places, Level.RW, scope)
    regions, total = _regions(choice, inside, in_village)
    rows = [_row(choice, region, inside.get(region.code), in_village) for region in regions]
    rows = _with_picked_first(choice, rows, inside, in_village)
    near = rows_within(choice, sites)
    site_rows = [_site_row(choice, row) for row in near[:MOST_SITES]]
    return MapList(
        rows=rows,
        total=total,
        without_target=_without_target(choice, inside) if in_village and not choice.narrows else "",
        crumbs=_crumbs(choice),
        parts=[] if in_village else _parts(choice, scope, places),
        sites=site_rows,
        site_total=len(near),
        action=next((row["help"] for row in (*rows[:1], *site_rows[:1]) if row.get("help")), None),
        open_needs=sum(one.open_needs for code, one in places.items() if not scope or contains(scope, code)),
    )


def _regions(
    choice: MapChoice, inside: Mapping[str, AidFigures], in_village: bool
) -> tuple[list[Region], int]:
    rws = choice.rws
    if choice.measure is Measure.FAMILIES:
        found = choice.rws_inside.within(choice.scope.code) if choice.scope else choice.rws_inside
        listed = found.exclude(families=None).order_by("-families", "code")
        return list(listed if in_village else listed[:LONGEST]), listed.count()
    codes = sorted(inside, key=lambda code: _key(choice.measure, code, inside[code]))
    wanted = codes if in_village else codes[:LONGEST]
    by_code = rws.in_bulk(wanted)
    return [by_code[code] for code in wanted if code in by_code], len(codes)


def _key(measure: Measure, code: str, one: AidFigures) -> tuple[Any, ...]:
    if measure is Measure.COVERAGE:
        return (one.percent, -one.missing, code)
    if measure is Measure.PRIORITY:
        return (-one.priority, -one.missing, code)
    if measure is Measure.DELIVERED:
        return (-one.received, code)
    return (-one.missing, code)


def _with_picked_first(
    choice: MapChoice, rows: list[dict[str, Any]], inside: Mapping[str, AidFigures], in_village: bool
) -> list[dict[str, Any]]:
    """The picked RW opens the list, with or without a target."""
    if not choice.picked:
        return rows
    first = [row for row in rows if row["code"] == choice.picked]
    if not first:
        region = Region.objects.select_related("parent").get(code=choice.picked)
        first = [_row(choice, region, inside.get(region.code), in_village)]
    return first + [row for row in rows if row["code"] != choice.picked]


def _row(choice: MapChoice, region: Region, one: AidFigures | None, in_village: bool) -> dict[str, Any]:
    aid_type = choice.aid_type
    parts = [
        _("%(families)s keluarga") % {"families": notation.number(region.families)}
        if region.families
        else _("keluarga belum didata"),
        region.code,
        *_urgency(one),
    ]
    picked = region.code == choice.picked
    row: dict[str, Any] = {
        "code": region.code,
        "name": region.name if in_village else region.full_name,
        "href": choice.link(pilih=region.code, wilayah="", lembaga=""),
        "page": region.get_absolute_url(),
        "meta": notation.DOT.join(str(part) for part in parts if part),
        "coverage": one.coverage_in(aid_type.unit_name) if one and aid_type else None,
        "missing": one.missing if one else 0,
        "picked": picked,
    }
    if picked:
        row["around"] = values_around(region.code) if choice.layers else []
        needs = choice.needs.open().within(region.code).filter(aid_type=aid_type)
        row["help"] = _help(region.name, row["missing"], needs[:2], choice.list_link(wilayah=region.code))
    return row


def _site_row(choice: MapChoice, row: SiteRow) -> dict[str, Any]:
    site, one = row.site, row.figures
    picked = choice.site is not None and choice.site.pk == site.pk
    parts = [site.get_kind_display(), site.region.full_name, *_urgency(one)]
    found: dict[str, Any] = {
        "name": site.name,
        "href": choice.link(lembaga=str(site.pk), pilih="", wilayah=""),
        "meta": notation.DOT.join(str(part) for part in parts if part),
        "coverage": one.coverage_in(choice.aid_type.unit_name) if choice.aid_type else None,
        "missing": one.missing,
        "picked": picked,
    }
    if picked:
        needs = choice.needs.open().filter(site=site, aid_type=choice.aid_type)
        found["help"] = _help(site.name, one.missing, needs[:2], choice.list_link(wilayah=site.region_id))
    return found


def _urgency(one: AidFigures | None) -> list[Any]:
    if one is None:
        return []
    return [
        Priority(one.priority).label if one.priority > Priority.NORMAL else "",
        _("sebelum %(day)s") % {"day": notation.when(one.deadline, "day_month")} if one.deadline else "",
    ]


def _help(name: str, missing: int, needs: Iterable[Need], listed: str) -> dict[str, str] | None:
    """Where "Beri bantuan" leads: the need, or the list where there are several."""
    found = list(needs) if missing else []
    if not found:
        return None
    href = found[0].get_absolute_url() if len(found) == 1 else listed
    return {
        "href": href,
        "label": _("Bantu %(name)s, masih kurang %(count)s")
        % {"name": name, "count": notation.number(missing)},
    }


def _crumbs(choice: MapChoice) -> list[dict[str, str]]:
    """From the whole of Jakarta down to the scope and what is picked; the last is where one is. One query."""
    if choice.scope is None:
        return []
    above = [one for one in ancestors(choice.scope) if one.level != Level.PROVINCE]
    province = ancestors_of(choice.scope.code)[0]
    items = [{"label": _("Semua wilayah"), "href": choice.link(wilayah="", pilih="", lembaga="")}]
    items += [
        {"label": one.name, "href": choice.link(wilayah=one.code, pilih="", lembaga="")}
        for one in (*above, choice.scope)
        if one.code != province
    ]
    if choice.picked:
        items.append({"label": f"RW {choice.picked[-3:].removeprefix('0')}", "href": ""})
    elif choice.site:
        items.append({"label": choice.site.name, "href": ""})
    else:
        items[-1]["href"] = ""
    return items


def _parts(choice: MapChoice, scope: str, places: Mapping[str, AidFigures]) -> list[dict[str, str]]:
    """The regions right below the scope with the measure's sum. At most two queries."""
    if choice.aid_type is None:
        return []
    level = list(Level)[scope.count(".") + 1] if scope else Level.CITY
    children = Region.objects.current().at_level(level)
    inside = scope or (choice.province.code if choice.province else "")
    children = children.within(inside).order_by("code")
    if choice.measure is Measure.FAMILIES:
        said = _families_below(choice, children)
    else:
        sums = figures_of_map(places, level, scope)
        said = {code: in_words(choice.measure, one, choice.aid_type.unit_name) for code, one in sums.items()}
    return [
        {
            "label": child.name,
            "href": choice.link(wilayah=child.code, pilih="", lembaga=""),
            "value": said.get(child.code, ""),
        }
        for child in children
    ]


def _families_below(choice: MapChoice, regions: Iterable[Region]) -> dict[str, str]:
    """Families by region: the sum of the RW inside whose families are known."""
    rows = choice.rws_inside.exclude(families=None).values_list("parent_id").annotate(Sum("families"))
    villages = dict(rows.order_by())
    found = {}
    for region in regions:
        families = sum(count for code, count in villages.items() if contains(region.code, code))
        if families:
            found[region.code] = _("%(families)s keluarga") % {"families": notation.number(families)}
    return found


def _without_target(choice: MapChoice, inside: Mapping[str, AidFigures]) -> str:
    """ "RW 02, 04, 06" of the village that have no target of this aid type."""
    assert choice.scope is not None
    children = Region.objects.current().children_of(choice.scope.code).order_by("code")
    names = [child.name.removeprefix("RW ") for child in children if child.code not in inside]
    return f"RW {', '.join(names)}" if names else ""
