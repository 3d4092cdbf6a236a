"""Storing outlines: derived ones, loaded ones, and the unions above them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models.functions import Left
from django.utils import timezone
from django.utils.translation import gettext_noop
from shapely import Geometry

from regions import codes
from regions.boundaries.dissolve import dissolve
from regions.boundaries.voronoi import Village, derive
from regions.codes import Level
from regions.geometry import shapes_of, to_geojson
from regions.models import Boundary, OutlineLayer, Region
from regions.outlines import FORM, draw_layer
from regions.public_version import bump_public_version

from .locks import hold_tree

DERIVED = gettext_noop("Perkiraan dari titik tengah dan luas kelurahan")
_BATCH = 1_000
_BOX = ("min_lon", "min_lat", "max_lon", "max_lat")
_FIELDS = ("geometry", *_BOX, "is_approximate", "is_dissolved", "source", "loaded_at")


@dataclass(frozen=True)
class Outline:
    """A shape about to be stored for a region."""

    shape: Geometry
    source: str
    is_approximate: bool = False
    is_dissolved: bool = False


@dataclass
class Derived:
    """How many outlines were made, and which regions could not be given one."""

    made: int = 0
    kept: int = 0
    dissolved: int = 0
    without_centre: tuple[str, ...] = ()
    without_room: tuple[str, ...] = ()


@transaction.atomic
def derive_boundaries(*, within: str) -> Derived:
    """Give approximate outlines to all current RW inside a region that have no real one.

    Cells depend on the villages all around, so those of the whole province are computed and the ones inside
    `within` stored: deriving city by city or all at once gives the same lines. Real outlines are kept, and
    approximate RW fitted into real villages.
    """
    hold_tree()
    regions = Region.objects.current().within(within[:2])
    real = _real_outlines(within[:2])
    rw_of: dict[str, list[str]] = defaultdict(list)
    for code in regions.at_level(Level.RW).order_by("code").values_list("code", flat=True):
        rw_of[code[:-4]].append(code)
    villages, homeless = [], []
    for place in regions.at_level(Level.VILLAGE).order_by("code"):
        if place.latitude is None or place.longitude is None:
            homeless.append(place.code)
            continue
        rw = rw_of[place.code]
        villages.append(
            Village(
                code=place.code,
                lat=place.latitude,
                lon=place.longitude,
                area_km2=place.area_km2,
                rw_codes=[code for code in rw if code not in real],
                outline=real.get(place.code),
                known_rw=[real[code] for code in rw if code in real],
            )
        )
    shapes = {code: shape for code, shape in derive(villages).items() if codes.contains(within, code)}
    Boundary.objects.filter(region__in=Region.objects.within(within), is_approximate=True).delete()
    store({code: Outline(shape, DERIVED, is_approximate=True) for code, shape in shapes.items()})
    wanted = {code for village in villages for code in village.rw_codes if codes.contains(within, code)}
    return Derived(
        made=len(shapes),
        kept=sum(codes.contains(within, code) for code in real),
        dissolved=dissolve_up(within[:2]),
        without_centre=tuple(code for code in homeless if codes.contains(within, code)),
        without_room=tuple(sorted(wanted - shapes.keys())),
    )


def store(outlines: Mapping[str, Outline]) -> None:
    """Write outlines over what the regions had; an RW's position becomes a point inside its outline."""
    now = timezone.now()
    rows, positions = [], []
    for code, outline in outlines.items():
        rows.append(
            Boundary(
                region_id=code,
                geometry=to_geojson(outline.shape),
                **dict(zip(_BOX, outline.shape.bounds, strict=True)),
                is_approximate=outline.is_approximate,
                is_dissolved=outline.is_dissolved,
                source=outline.source[:200],
                loaded_at=now,
            )
        )
        if codes.level_of(code) is Level.RW:
            inside = outline.shape.representative_point()
            positions.append((code, round(inside.y, 6), round(inside.x, 6)))
    Boundary.objects.bulk_create(
        rows, _BATCH, update_conflicts=True, unique_fields=["region"], update_fields=_FIELDS
    )
    _move_rw(positions)


def dissolve_up(province: str) -> int:
    """Rebuild the outlines of all villages, districts, cities and the province that have none of their own.

    Returns how many were made. The province's layers for maps are drawn anew.
    """
    Boundary.objects.filter(region__in=Region.objects.within(province), is_dissolved=True).delete()
    known = {
        row.region_id: row
        for row in Boundary.objects.filter(region__in=Region.objects.current().within(province))
    }
    shapes = dict(zip(known, shapes_of([row.geometry for row in known.values()]), strict=True))
    approximate = {code: row.is_approximate for code, row in known.items()}
    sources = {code: row.source for code, row in known.items()}
    made: dict[str, Outline] = {}
    for level in (Level.VILLAGE, Level.DISTRICT, Level.CITY, Level.PROVINCE):
        below: dict[str, list[str]] = defaultdict(list)
        for code in sorted(shapes):
            if code.count(".") == level.depth + 1:
                below[code.rpartition(".")[0]].append(code)
        for code, parts in below.items():
            if code in shapes:
                continue
            shapes[code] = dissolve([shapes[part] for part in parts])
            approximate[code] = any(approximate[part] for part in parts)
            sources[code] = "; ".join(sorted({sources[part] for part in parts}))
            made[code] = Outline(shapes[code], sources[code], approximate[code], is_dissolved=True)
    store(made)
    draw_layers(province)
    bump_public_version()
    return len(made)


def draw_layers(province: str) -> None:
    """Draw the province's layers for maps anew from the outlines as they are."""
    OutlineLayer.objects.filter(parent_code=province).delete()
    OutlineLayer.objects.bulk_create(
        draw_layer(province, level) for level in Level if level is not Level.PROVINCE
    )


@transaction.atomic
def draw_missing_layers() -> list[str]:
    """Draw the layers of provinces that have outlines but no layers of today's form. Their codes."""
    provinces = Boundary.objects.annotate(province=Left("region_id", 2)).values_list("province", flat=True)
    drawn = OutlineLayer.objects.filter(hash__startswith=FORM).values_list("parent_code", flat=True)
    missing = sorted(set(provinces.distinct()) - set(drawn))
    for province in missing:
        draw_layers(province)
    return missing


def _real_outlines(province: str) -> dict[str, Geometry]:
    """Outlines of villages and RW that someone drew, by code."""
    rows = list(
        Boundary.objects.filter(
            region__in=Region.objects.current().within(province),
            region__level__in=[Level.VILLAGE, Level.RW],
            is_approximate=False,
            is_dissolved=False,
        ).order_by("region")
    )
    return dict(zip([row.region_id for row in rows], shapes_of([row.geometry for row in rows]), strict=True))


def _move_rw(positions: Iterable[tuple[str, float, float]]) -> None:
    """Set latitudes and longitudes of RW in one statement a batch."""
    rows = list(positions)
    known = Region.objects.in_bulk([code for code, _, _ in rows])
    for code, latitude, longitude in rows:
        known[code].latitude, known[code].longitude = latitude, longitude
    Region.objects.bulk_create(
        known.values(),
        _BATCH,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["latitude", "longitude"],
    )
