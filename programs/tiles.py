"""The district tiles: what is missing of one aid type, from the same sums as the map."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from programs.models import AidType
from programs.queries import AidFigures, figures_by_place, figures_of_map
from regions.classes import Classes, classes_for
from regions.codes import Level
from regions.models import Region


@dataclass(frozen=True, slots=True)
class DistrictTiles:
    """`items` as the tag `tiles` takes them, their classes, the five with most missing, and the sum of all."""

    items: list[dict[str, Any]]
    classes: Classes
    highest: list[dict[str, Any]]
    missing: int
    target: int


def district_tiles(
    aid_type: AidType | None, province: Region | None, places: Mapping[str, AidFigures] | None = None
) -> DistrictTiles | None:
    """Of the province. Two queries, or one where the figures by place are known; None without an aid type.

    A district without a target has the value None.
    """
    if aid_type is None or province is None:
        return None
    places = figures_by_place(aid_type, province.code) if places is None else places
    figures = figures_of_map(places, Level.DISTRICT)
    items: list[dict[str, Any]] = [
        {
            "code": district.code,
            "name": district.name,
            "href": district.get_absolute_url(),
            "value": figures[district.code].missing if district.code in figures else None,
        }
        for district in Region.objects.current()
        .at_level(Level.DISTRICT)
        .within(province.code)
        .order_by("code")
    ]
    ranked = sorted((item for item in items if item["value"]), key=lambda item: -item["value"])
    return DistrictTiles(
        items=items,
        classes=classes_for(item["value"] for item in items),
        highest=ranked[:5],
        missing=sum(one.missing for one in figures.values()),
        target=sum(one.target for one in figures.values()),
    )
