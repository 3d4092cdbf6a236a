"""Open needs near a place."""

import math
from collections.abc import Sequence

from django.db.models import F, FloatField
from django.db.models.functions import Coalesce, Power

from programs.models import Need
from programs.models.needs import NeedQuerySet
from programs.queries.ordering import with_rows
from regions.areas import Area
from regions.models import Region
from regions.queries import holds, position_of


def near(needs: NeedQuerySet, region: Region) -> NeedQuerySet:
    """Those of a region's province with their `distance` (squared, in degrees), the nearest first.

    Nobody looks in another province for what is near; and with a whole country in the database the distance is
    only computed where it may matter. A place without a position of its own counts where its parent is; where
    none is known the order is by code.
    """
    needs = needs.within(region.code.partition(".")[0])
    latitude, longitude = position_of(region)
    if latitude is None or longitude is None:
        return needs.order_by("region_id", "pk")
    return near_point(needs, latitude, longitude)


def near_point(needs: NeedQuerySet, latitude: float, longitude: float) -> NeedQuerySet:
    """With their `distance` (squared, in degrees) from a point, the nearest first."""
    shrink = math.cos(math.radians(latitude))
    distance = Power(_latitude() - latitude, 2) + Power((_longitude() - longitude) * shrink, 2)
    return needs.annotate(distance=distance).order_by(F("distance").asc(nulls_last=True), "pk")


def inside(needs: NeedQuerySet, area: Area) -> NeedQuerySet:
    """Those that lie in an area."""
    return needs.filter(holds(area, _latitude(), _longitude()))


def _latitude() -> Coalesce:
    return Coalesce(
        "site__latitude", "region__latitude", "region__parent__latitude", output_field=FloatField()
    )


def _longitude() -> Coalesce:
    return Coalesce(
        "site__longitude", "region__longitude", "region__parent__longitude", output_field=FloatField()
    )


def similar_nearby(need: Need, number: int = 3) -> Sequence[Need]:
    """Open needs of the same aid type, nearest first, without the need itself. Two queries."""
    others = Need.objects.open().filter(aid_type=need.aid_type).exclude(pk=need.pk)
    return with_rows(near(others, need.region).values_list("pk", flat=True)[:number])
