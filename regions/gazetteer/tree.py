"""From checked gazetteer rows to the regions of the tree, names in short and official form."""

import csv
import functools
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from regions import codes
from regions.codes import Level
from regions.models import Region
from regions.names import searchable
from regions.spellings import spellings

from .rows import Row

DATA = Path(__file__).resolve().parent.parent / "data"
_ADMINISTRATIVE = ("Kota Administrasi ", "Kabupaten Administrasi ")


@dataclass
class _Centre:
    """A mean of village centres, weighted by their areas."""

    weight: float = 0
    lat: float = 0
    lon: float = 0
    area: float = 0

    def add(self, village: Region) -> None:
        weight = village.area_km2 or 1.0
        self.area += village.area_km2 or 0
        if village.latitude is not None and village.longitude is not None:
            self.weight += weight
            self.lat += village.latitude * weight
            self.lon += village.longitude * weight


@functools.cache
def provinces() -> dict[str, tuple[str, str]]:
    """Short and official name of each province by code."""
    with (DATA / "provinces.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: (row["name"], row["official_name"]) for row in csv.DictReader(file)}


def grow(rows: Iterable[Row]) -> dict[str, Region]:
    """Unsaved regions by code for all that the rows say: provinces, cities, districts, villages and RW.

    An RW's own position and families are left out, and so are the measures of upper levels without a row
    of their own: see `measure_upper`.
    """
    tree: dict[str, Region] = {}
    by_code = {row.code: row for row in rows}
    villages = sorted(
        (row for row in by_code.values() if row.level is Level.VILLAGE), key=lambda row: row.code
    )
    for row in by_code.values():
        if row.level is not Level.VILLAGE:
            _add_upper(tree, row.code, row.name, by_code)
    for row in villages:
        _add_upper(tree, row.code[:2], row.province, by_code)
        _add_upper(tree, row.code[:5], row.city, by_code)
        _add(tree, row.code[:8], as_name(row.district), "Kecamatan " + as_name(row.district))
        kind = "Desa " if row.code[9] == "2" else "Kelurahan "
        village = _add(tree, row.code, as_name(row.name), kind + as_name(row.name))
        _describe(village, row)
        for number in range(1, (row.rw_count or 0) + 1):
            rw = _add(tree, codes.rw_code(row.code, number), rw_name(number), "")
            rw.is_provisional = row.rw_provisional
            rw.valid_from = row.valid_from
    for region in tree.values():
        name_in_full(region, tree)
    return tree


def measure_upper(tree: dict[str, Region], stored: dict[str, Region]) -> None:
    """Give districts, cities and provinces the mean centre and the total area of all their villages.

    `stored` are the regions that the database holds already: their villages count too, and what `tree`
    leaves open about a village is read from there. Measures that a row of its own gave are kept.
    """
    centres: dict[str, _Centre] = {}
    for code in stored.keys() | tree.keys():
        if codes.level_of(code) is not Level.VILLAGE:
            continue
        village, known = tree.get(code), stored.get(code)
        measured = (
            village if village is not None and (village.latitude is not None or known is None) else known
        )
        for above in codes.ancestors_of(code):
            if above in tree and measured is not None:
                centres.setdefault(above, _Centre()).add(measured)
    for code, centre in centres.items():
        region = tree[code]
        if region.latitude is None and centre.weight:
            region.latitude = round(centre.lat / centre.weight, 5)
            region.longitude = round(centre.lon / centre.weight, 5)
        if region.area_km2 is None and centre.area:
            region.area_km2 = round(centre.area, 3)


def rw_name(number: int) -> str:
    return f"RW {number:02}"


def name_in_full(region: Region, tree: dict[str, Region]) -> None:
    """Set the names that repeat the names above: full, official (RW) and searchable ones."""
    above = [tree[code] for code in reversed(codes.ancestors_of(region.code))]
    region.full_name = region.name
    if region.level == Level.RW:
        region.full_name = f"{region.name} {above[0].name}"
        region.official_name = f"{region.name} {above[0].official_name}"
    region.search_name = searchable(region.full_name)
    # The province is left out: every search would match it.
    path = [region.name, *(place.name for place in above if place.level != Level.PROVINCE)]
    path += spellings().get(region.code[:13], ())
    region.search_path = searchable(*path)


def short_city_name(name: str) -> tuple[str, str]:
    """("Jakarta Selatan", "Kota Administrasi Jakarta Selatan") from either writing of an official name.

    "Kota Bogor" and "Kabupaten Bogor" are two cities, so only the word "Administrasi" may be left out.
    """
    official = as_name(name)
    for prefix in _ADMINISTRATIVE:
        if official.startswith(prefix):
            return official.removeprefix(prefix), official
    return official, official


def as_name(text: str) -> str:
    """Capitals only ("KOTA BOGOR") become a name ("Kota Bogor"); anything else stays as written."""
    return text.title() if text.isupper() and len(text) > 3 else text


def _add_upper(tree: dict[str, Region], code: str, name: str, by_code: dict[str, Row]) -> None:
    """Add a city or province with its names, described by its own row where the file has one."""
    if code in tree:
        return
    row = by_code.get(code)
    if codes.level_of(code) is Level.PROVINCE:
        short, official = provinces().get(code, ("", ""))
        if not short:
            short = (name or (row.name if row else "") or code).removeprefix("Provinsi ")
            official = "Provinsi " + short
    else:
        short, official = short_city_name(row.name if row else name)
        _add_upper(tree, code[:2], "", by_code)
    region = _add(tree, code, short, official)
    if row:
        _describe(region, row)


def _add(tree: dict[str, Region], code: str, name: str, official: str) -> Region:
    region = tree.get(code)
    if region is None:
        level = codes.level_of(code)
        region = Region(
            code=code,
            parent_id=codes.parent_of(code),
            level=level.value,
            name=name,
            official_name=official,
        )
        tree[code] = region
    return region


def _describe(region: Region, row: Row) -> None:
    region.latitude, region.longitude, region.area_km2 = row.lat, row.lon, row.area_km2
    region.population, region.population_source = row.population, row.population_source
    region.valid_from = row.valid_from
