"""Questions about the tree that pages and other apps ask."""

import csv
import functools
import math
from collections.abc import Sequence
from decimal import Decimal

from django.core.cache import cache
from django.db.models import (
    BooleanField,
    CharField,
    Exists,
    Expression,
    FloatField,
    Func,
    OuterRef,
    Q,
    TextField,
    Value,
)
from django.db.models.functions import Coalesce, Length, Power, Replace

from . import codes
from .areas import Area
from .codes import Level
from .gazetteer.tree import DATA
from .models import Boundary, Region, RegionQuerySet, SampleData
from .names import fold, searchable

_SAMPLE_KEY = "regions.has_sample_data"
_SAMPLE_SECONDS = 60
_CITY_NAMES_KEY = "regions.city_names"


def search(text: str) -> RegionQuerySet:
    """Current regions that fit what a person typed, best first; see `RegionQuerySet.search`.

    Where nothing fits, spaces are disregarded: "Kramat Jati" finds Kramatjati.
    """
    found = Region.objects.current().search(text)
    squeezed = fold(searchable(text).replace(" ", ""))
    if len(squeezed) < 4 or "." in text or found.exists():
        return found
    return (
        Region.objects.current()
        .annotate(squeezed=_squeezed())
        .filter(squeezed__contains=squeezed)
        .order_by(Length("code"), "code")
    )


def _squeezed() -> Func:
    """The searchable name without spaces, letters that are doubled by it written once."""
    joined = Replace("search_name", Value(" "), Value(""))
    return Func(
        joined,
        Value(r"([a-z])\1+"),
        Value(r"\1"),
        Value("g"),
        function="regexp_replace",
        output_field=CharField(),
    )


def called(text: str) -> Region | None:
    """The region that a code or a typed name means best, with those above it; None where nothing fits."""
    found = Region.objects.filter(code=text) if codes.is_code(text) else search(text)
    return found.select_related("parent__parent__parent__parent").first()


def within(field: str, code: str) -> Q:
    """A condition on any model: its foreign key `field` points to the region `code` or inside it."""
    return Q(**{field: code}) | Q(**{f"{field}__code__startswith": code + "."})


def drawn_province() -> Region | None:
    """The province that maps and tiles draw: the first by code with outlines, else the first with regions in it."""
    below = Region.objects.filter(parent=OuterRef("pk"))
    outlined = Boundary.objects.filter(region=OuterRef("pk"))
    provinces = Region.objects.current().at_level(Level.PROVINCE).filter(Exists(below))
    return provinces.order_by(Exists(outlined).desc(), "code").first()


def nearest(region: Region, n: int = 5) -> list[Region]:
    """The `n` current regions of the same level that lie nearest, nearest first, without the region itself.

    An RW without a position of its own counts where its village is. Empty for a region without any position.
    """
    latitude, longitude = position_of(region)
    if latitude is None or longitude is None:
        return []
    own_latitude = Coalesce("latitude", "parent__latitude", output_field=FloatField())
    own_longitude = Coalesce("longitude", "parent__longitude", output_field=FloatField())
    shrink = math.cos(math.radians(latitude))
    distance = Power(own_latitude - latitude, 2) + Power((own_longitude - longitude) * shrink, 2)
    return list(
        Region.objects.current()
        .at_level(region.level)
        .exclude(code=region.code)
        .annotate(distance=distance)
        .filter(distance__isnull=False)
        .order_by("distance", "code")[:n]
    )


def inside(regions: RegionQuerySet, area: Area) -> RegionQuerySet:
    """Those whose middle (else their parent's) lies in an area."""
    latitude = Coalesce("latitude", "parent__latitude", output_field=FloatField())
    longitude = Coalesce("longitude", "parent__longitude", output_field=FloatField())
    return regions.filter(holds(area, latitude, longitude))


def holds(area: Area, latitude: Expression, longitude: Expression) -> Func:
    """A condition: the area holds the point of these columns. PostgreSQL's own polygons tell."""
    point = Func(longitude, latitude, function="point", output_field=TextField())
    return Func(
        Value(area.polygon), point, template="(%(expressions)s)", arg_joiner="::polygon @> ",
        output_field=BooleanField(),
    )  # fmt: skip


def position_of(region: Region) -> tuple[float | None, float | None]:
    """Latitude and longitude of a region, or of its parent while it has none."""
    if region.latitude is None and region.parent is not None:
        return region.parent.latitude, region.parent.longitude
    return region.latitude, region.longitude


def ancestors(region: Region | str) -> Sequence[Region]:
    """The regions above one, province first: the crumbs of its page. One query."""
    code = region if isinstance(region, str) else region.code
    return list(Region.objects.filter(code__in=codes.ancestors_of(code)).order_by("code"))


def city_names() -> dict[str, str]:
    """Names of current cities by code, in order of code; kept for a minute."""
    names = cache.get(_CITY_NAMES_KEY)
    if names is None:
        cities = Region.objects.current().at_level(Level.CITY).order_by("code")
        names = dict(cities.values_list("code", "name"))
        if names:
            cache.set(_CITY_NAMES_KEY, names, 60)
    return dict(names)


def has_sample_data() -> bool:
    """Whether this database holds invented data, and pages must say so. Known from the cache for a minute."""
    answer = cache.get(_SAMPLE_KEY)
    if answer is None:
        answer = SampleData.objects.exists()
        cache.set(_SAMPLE_KEY, answer, _SAMPLE_SECONDS)
    return bool(answer)


def forget_sample_data() -> None:
    """Ask the database again next time: for the loader of sample data, after its commit."""
    cache.delete(_SAMPLE_KEY)


@functools.cache
def census_shares() -> dict[str, Decimal]:
    """Each city's share of the province's people in per cent, census of 2020 (regions/data/README.md)."""
    with (DATA / "jakarta_census_2020.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: Decimal(row["share_percent"]) for row in csv.DictReader(file)}
