"""The list beside the map: the same RW, the same figures, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from programs.map_choice import MapChoice
from programs.map_figures import Measure
from programs.models import Need, Priority
from programs.queries import AidFigures
from regions import notation
from regions.codes import Level, contains
from regions.models import Region

LONGEST = 25


@dataclass(frozen=True, slots=True)
class MapList:
    """`rows` for the template; `shown` of `total` RW with something to show; names of RW without a target."""

    rows: list[dict[str, Any]]
    total: int
    without_target: str


def map_list(choice: MapChoice, figures: Mapping[str, AidFigures]) -> MapList:
    """The RW of the scope: of a village all, of anything wider the first 25 by the measure. Two queries."""
    scope = choice.scope.code if choice.scope else ""
    in_village = bool(choice.scope and choice.scope.level == Level.VILLAGE)
    inside = {code: one for code, one in figures.items() if not scope or contains(scope, code)}
    rws = Region.objects.current().at_level(Level.RW)
    if choice.measure is Measure.FAMILIES:
        found = rws.within(scope) if scope else rws
        listed = found.exclude(families=None).order_by("-families", "code")
        total = listed.count()
        regions = list(listed if in_village else listed[:LONGEST])
    else:
        codes = sorted(inside, key=lambda code: _key(choice.measure, code, inside[code]))
        total = len(codes)
        wanted = codes if in_village else codes[:LONGEST]
        by_code = rws.in_bulk(wanted)
        regions = [by_code[code] for code in wanted if code in by_code]
    rows = [_row(choice, region, inside.get(region.code), in_village) for region in regions]
    rows = _with_picked_first(choice, rows, inside, in_village)
    return MapList(rows, total, _without_target(choice, inside) if in_village else "")


def _key(measure: Measure, code: str, one: AidFigures) -> tuple[Any, ...]:
    if measure is Measure.COVERAGE:
        return (one.percent, -one.missing, code)
    if measure is Measure.PRIORITY:
        return (-one.priority, -one.missing, code)
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
        else "",
        region.code,
        Priority(one.priority).label if one and one.priority > Priority.NORMAL else "",
        _("sebelum %(day)s") % {"day": notation.when(one.deadline, "day_month")}
        if one and one.deadline
        else "",
    ]
    picked = region.code == choice.picked
    row: dict[str, Any] = {
        "code": region.code,
        "name": region.name if in_village else region.full_name,
        "href": choice.link(pilih=region.code, wilayah=""),
        "page": region.get_absolute_url(),
        "meta": " · ".join(str(part) for part in parts if part),
        "coverage": one.coverage_in(aid_type.unit_name) if one and aid_type else None,
        "missing": one.missing if one else 0,
        "picked": picked,
    }
    if picked and one and one.missing and aid_type:
        row["help"] = _help(region, choice)
    return row


def _help(region: Region, choice: MapChoice) -> dict[str, Any]:
    """Where "Beri bantuan" leads: the need, or the list where there are several."""
    needs = list(Need.objects.open().within(region.code).filter(aid_type=choice.aid_type)[:2])
    return {"need": needs[0] if len(needs) == 1 else None, "region": region.code}


def _without_target(choice: MapChoice, inside: Mapping[str, AidFigures]) -> str:
    """ "RW 02, 04, 06" of the village that have no target of this aid type."""
    assert choice.scope is not None
    children = Region.objects.current().children_of(choice.scope.code).order_by("code")
    names = [child.name.removeprefix("RW ") for child in children if child.code not in inside]
    return f"RW {', '.join(names)}" if names else ""
