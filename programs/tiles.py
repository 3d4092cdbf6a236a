"""The district tiles: what is missing of one aid type, from the same sums as the map."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from programs.models import AidType
from programs.queries import AidFigures, figures_of_map, sums_by_district
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
    sums = sums_by_district(aid_type, province.code) if places is None else _sums(places)
    items: list[dict[str, Any]] = [
        {
            "code": district.code,
            "name": district.name,
            "href": district.get_absolute_url(),
            "value": sums[district.code][0] if district.code in sums else None,
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
        missing=sum(missing for missing, _target in sums.values()),
        target=sum(target for _missing, target in sums.values()),
    )


def _sums(places: Mapping[str, AidFigures]) -> dict[str, tuple[int, int]]:
    figures = figures_of_map(places, Level.DISTRICT)
    return {code: (one.missing, one.target) for code, one in figures.items()}
