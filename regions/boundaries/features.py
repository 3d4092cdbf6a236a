"""Reading outline files: GeoJSON, plain or gzipped, of sizes that fit into memory."""

import gzip
import io
import json
import zlib
from dataclasses import dataclass
from typing import Any

import shapely
from django.utils.translation import gettext as _
from shapely import MultiPolygon, Polygon

from regions.gazetteer.cells import LATITUDES, LONGITUDES
from regions.geometry import GRID, KEPT, from_geojson, only_polygons

LARGEST = 512 * 1024 * 1024
_WGS84 = ("CRS84", "EPSG::4326", "EPSG:4326")


class UnreadableFile(ValueError):
    """The file as a whole cannot be used; the message says why and what to do."""


@dataclass(frozen=True)
class Feature:
    """One feature: its number in the file from 1, its properties, and its area or why it has none."""

    number: int
    properties: dict[str, Any]
    shape: Polygon | MultiPolygon | None
    trouble: str = ""
    mended: bool = False


def read_features(content: bytes) -> list[Feature]:
    """All features of a GeoJSON FeatureCollection. Raises UnreadableFile."""
    document = _document(content)
    if not isinstance(document, dict) or not isinstance(document.get("features"), list):
        raise UnreadableFile(_("Berkas ini bukan FeatureCollection GeoJSON. Ekspor ulang sebagai GeoJSON."))
    crs = json.dumps(document.get("crs") or "")
    if "name" in crs and not any(name in crs for name in _WGS84):
        raise UnreadableFile(
            _("Koordinat berkas ini bukan WGS 84 (%(crs)s). Ekspor ulang dalam EPSG:4326.")
            % {"crs": crs[:80]}
        )
    if not document["features"]:
        raise UnreadableFile(_("Berkas ini tidak memuat satu pun fitur."))
    return [_feature(number, raw) for number, raw in enumerate(document["features"], start=1)]


def _document(content: bytes) -> Any:
    if content[:2] == b"\x1f\x8b":
        try:
            with gzip.open(io.BytesIO(content)) as stream:
                content = stream.read(LARGEST + 1)
        except (OSError, EOFError, zlib.error) as error:
            raise UnreadableFile(_("Berkas gzip ini rusak atau terpotong. Unduh ulang.")) from error
    if len(content) > LARGEST:
        raise UnreadableFile(_("Isi berkas ini lebih dari 512 MB. Bagi menurut kota."))
    try:
        return json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise UnreadableFile(_("Berkas ini bukan JSON yang utuh: %(error)s.") % {"error": error}) from error


def _feature(number: int, raw: Any) -> Feature:
    raw = raw if isinstance(raw, dict) else {}
    properties = raw.get("properties")
    properties = properties if isinstance(properties, dict) else {}
    geometry = raw.get("geometry")
    if not isinstance(geometry, dict):
        return Feature(number, properties, None, _("tidak punya bentuk"))
    if geometry.get("type") not in (*KEPT, "GeometryCollection"):
        problem = _("bukan area, melainkan %(type)s") % {"type": str(geometry.get("type"))[:30]}
        return Feature(number, properties, None, problem)
    try:
        shape = from_geojson(geometry)
    except ValueError:
        return Feature(number, properties, None, _("bentuknya tidak terbaca"))
    valid = bool(shape.is_valid)
    areas = only_polygons(shape)
    areas = only_polygons(shapely.set_precision(areas, GRID)) if areas is not None else None
    if areas is None:
        return Feature(number, properties, None, _("bentuknya tidak mempunyai luas"))
    west, south, east, north = areas.bounds
    if not (
        LONGITUDES[0] <= west and east <= LONGITUDES[1] and LATITUDES[0] <= south and north <= LATITUDES[1]
    ):
        problem = _("terletak di luar Indonesia; pakai derajat WGS 84, bujur lebih dahulu")
        return Feature(number, properties, None, problem)
    return Feature(number, properties, areas, mended=not valid)
