"""The parts of a region as GeoJSON with the figures of their needs."""

from typing import Any

from django.utils import timezone

from accounts import clock
from programs.models import Need
from programs.queries import figures_by_region
from programs.queries.figures import RegionFigures, figures_by_place_and_aid
from regions.codes import Level
from regions.models import Region
from regions.outlines import children_geojson
from regions.queries import has_sample_data

NOTE = "data contoh / sample data: invented figures"


def children_with_figures(region: Region) -> dict[str, Any]:
    """A FeatureCollection; an RW has no parts and gives an empty one.

    Besides those of `children_geojson`, each feature's properties are `needs`, `open_needs`, `coverage` (received
    of target in per cent, weighted by rupiah; null without a target) and `aid`: for each aid type its program,
    code, unit and the sums target, held, reserved, received, verified, missing. Codes, not translated.
    """
    collection = children_geojson(region.code)
    if region.level != Level.RW:
        level = list(Level)[Level(region.level).depth + 1]
        needs = Need.objects.public().within(region.code)
        whole, by_aid = figures_by_region(needs, level), figures_by_place_and_aid(needs, level)
        for feature in collection["features"]:
            figures = whole.get(feature["id"], RegionFigures())
            percent = figures.percent
            feature["properties"] |= {
                "needs": figures.needs,
                "open_needs": figures.open_needs,
                "coverage": None if percent is None else round(percent, 2),
                "aid": by_aid.get(feature["id"], []),
            }
    collection["as_of"] = timezone.localtime(clock.now()).isoformat(timespec="seconds")
    collection["sample_data"] = has_sample_data()
    collection["note"] = NOTE if collection["sample_data"] else ""
    return collection
