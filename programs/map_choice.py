"""What a visitor chose to see on the map, read from the address; whatever makes no sense is left out."""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from programs.map_figures import Measure
from programs.models import AidType, Program
from regions.codes import Level, contains, is_code, level_of
from regions.models import Indicator, Region, RegionQuerySet, Site
from regions.queries import drawn_province, search

OTHERS_OFFERED = 5
PARAMETERS = ("program", "bantuan", "ukuran", "lapis", "wilayah", "pilih", "lembaga", "q")


@dataclass(frozen=True, slots=True)
class MapChoice:
    """`scope`: the region whose RW are listed (None: all). `picked`: the RW that is opened in the list, or `site`.

    `others`: further regions that the search may have meant; `not_found`: `query`, a text or a code, fits nothing.
    `layer`: the indicator that is drawn under the measure. `province`: what is drawn and counted; the rest of the
    country is neither read nor added up.
    """

    program: Program | None
    aid_type: AidType | None
    measure: Measure
    scope: Region | None = None
    picked: str = ""
    site: Site | None = None
    query: str = ""
    others: tuple[Region, ...] = ()
    not_found: bool = False
    aid_types: tuple[AidType, ...] = field(default=())
    layer: Indicator | None = None
    layers: tuple[Indicator, ...] = ()
    province: Region | None = None

    @property
    def rws(self) -> RegionQuerySet:
        """Every RW that is drawn."""
        rws = Region.objects.current().at_level(Level.RW)
        return rws.within(self.province.code) if self.province else rws.none()

    def link(self, **changes: str) -> str:
        """The address of this view with some of its parts changed; empty ones are dropped."""
        parts = {
            "program": self.program.code if self.program else "",
            "bantuan": self.aid_type.code if self.aid_type else "",
            "ukuran": self.measure.value,
            "lapis": self.layer.code if self.layer else "",
            "wilayah": "" if self.picked or self.site or self.scope is None else self.scope.code,
            "pilih": self.picked,
            "lembaga": str(self.site.pk) if self.site else "",
            **changes,
        }
        return "?" + urlencode({name: value for name, value in parts.items() if value})


def read_choice(asked: dict[str, str]) -> MapChoice:
    """Reads `PARAMETERS`. At most six queries."""
    programs = list(Program.objects.all())
    program = next(
        (one for one in programs if one.code == asked.get("program")), programs[0] if programs else None
    )
    types = tuple(program.aid_types.filter(is_active=True)) if program else ()
    aid_type = next((one for one in types if one.code == asked.get("bantuan")), types[0] if types else None)
    wish = asked.get("ukuran", "")
    measure = Measure(wish) if wish in list(Measure) else Measure.MISSING
    layers = tuple(Indicator.objects.shown())
    layer = next((one for one in layers if one.code == asked.get("lapis")), None)
    place = _place(asked)
    return MapChoice(
        program,
        aid_type,
        measure,
        aid_types=types,
        layer=layer,
        layers=layers,
        province=drawn_province(),
        **place,
    )


def _place(asked: dict[str, str]) -> dict:
    text = asked.get("q", "").strip()[:100]
    if text:
        found = list(search(text).select_related("parent")[: OTHERS_OFFERED + 1])
        if not found:
            return {"query": text, "not_found": True}
        # What lies inside the first is in its list anyway.
        others = tuple(one for one in found[1:] if not contains(found[0].code, one.code))
        return {**_around(found[0]), "query": text, "others": others}
    if number := asked.get("lembaga", "").strip()[:20]:
        return _around_site(number)
    code = (asked.get("pilih", "") or asked.get("wilayah", "")).strip()[:40]
    if not code:
        return {}
    known = (
        Region.objects.current().filter(code=code).select_related("parent").first() if is_code(code) else None
    )
    return _around(known) if known else {"query": code, "not_found": True}


def _around(region: Region) -> dict:
    """An RW is picked within its village; a province is all there is; any other region is the scope itself."""
    level = level_of(region.code)
    if level is Level.RW:
        return {"scope": region.parent, "picked": region.code}
    return {} if level is Level.PROVINCE else {"scope": region}


def _around_site(number: str) -> dict:
    """An institution is picked within its village."""
    sites = Site.objects.active().select_related("region__parent")
    site = sites.filter(pk=int(number)).first() if number.isascii() and number.isdigit() else None
    if site is None:
        return {"query": number, "not_found": True}
    in_rw = level_of(site.region_id) is Level.RW
    return {"scope": site.region.parent if in_rw else site.region, "site": site}
