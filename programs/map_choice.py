"""What a visitor chose to see on the map, read from the address; whatever makes no sense is left out, and said."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from programs.map_figures import Measure
from programs.models import AidType, Need, Program
from programs.models.needs import NeedQuerySet
from programs.narrowing import NARROWING, Narrowing
from regions.areas import Area
from regions.codes import Level, contains, is_code, level_of
from regions.models import Indicator, Region, RegionQuerySet, Site
from regions.queries import drawn_province, inside, search

OTHERS_OFFERED = 5
PLACES = {"wilayah", "pilih", "lembaga"}
PARAMETERS = ("program", "bantuan", "ukuran", "lapis", "wilayah", "pilih", "lembaga", "q", *NARROWING)


@dataclass(frozen=True, slots=True)
class MapChoice:
    """`scope`: the region whose RW are listed (None: all). `picked`: the RW that is opened in the list, or `site`.

    `others`: further regions that the search may have meant; `not_found`: `query`, a text or a code, fits nothing.
    `is_unknown`: program, aid type, measure or layer was asked for that there is not, so the usual one is shown.
    `layer`: the indicator that is drawn under the measure. `province`: what is drawn and counted; the rest of the
    country is neither read nor added up. `narrowing`: of which needs; `middle`: the region around which that reaches.
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
    is_unknown: bool = False
    aid_types: tuple[AidType, ...] = field(default=())
    layer: Indicator | None = None
    layers: tuple[Indicator, ...] = ()
    province: Region | None = None
    narrowing: Narrowing = field(default_factory=lambda: _read(Narrowing({})))
    middle: Region | None = None

    @property
    def area(self) -> Area | None:
        """What is drawn, or lies around `middle`."""
        return self.narrowing.area

    @property
    def shown_place(self) -> Region | None:
        """The region that was asked for, if any."""
        return self.narrowing.place

    @property
    def narrows(self) -> bool:
        """Whether some needs of the aid type are left out."""
        return any(self.narrowing.query().values())

    @property
    def needs(self) -> NeedQuerySet:
        """Every need that is counted, of any aid type."""
        return self.narrowing.narrowed(Need.objects.public())

    @property
    def rws(self) -> RegionQuerySet:
        """Every RW that is drawn."""
        rws = Region.objects.current().at_level(Level.RW)
        return rws.within(self.province.code) if self.province else rws.none()

    @property
    def rws_inside(self) -> RegionQuerySet:
        """Those whose middle lies in the area, if there is one."""
        return inside(self.rws, self.area) if self.area else self.rws

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
            **self.narrowing.query(),
        }
        if self.middle:
            # Whoever goes on from here keeps the same area, whatever is picked in it.
            around = {"jarak": "", "daerah": self.area.text if self.area else ""}
            parts |= around if changes.keys() & PLACES else {"wilayah": self.middle.code}
        return "?" + urlencode({name: value for name, value in (parts | changes).items() if value})

    def list_link(self, **changes: str) -> str:
        """The needs of this view as a list."""
        place = self.middle or self.scope
        parts = {
            "program": self.program.code if self.program else "",
            "bantuan": self.aid_type.code if self.aid_type else "",
            "wilayah": place.code if place else "",
            **self.narrowing.query(),
            **changes,
        }
        found = urlencode({name: value for name, value in parts.items() if value})
        return f"{reverse('needs')}?{found}"


def read_choice(asked: dict[str, str]) -> MapChoice:
    """Reads `PARAMETERS`. At most eight queries."""
    place = _place(asked)
    narrowing = Narrowing(asked)
    narrowing.place = _middle(place)
    _read(narrowing)
    asked = _as_meant(asked, narrowing)
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
    if narrowing.cleaned_data.get("jarak") and narrowing.place:
        place = {"middle": narrowing.place, "query": place.get("query", "")}
    return MapChoice(
        program,
        aid_type,
        measure,
        is_unknown=_is_unknown(asked, program, aid_type, layer),
        aid_types=types,
        layer=layer,
        layers=layers,
        province=drawn_province(),
        narrowing=narrowing,
        **place,
    )


def _is_unknown(
    asked: dict[str, str], program: Program | None, aid_type: AidType | None, layer: Indicator | None
) -> bool:
    """Whether something was asked for that there is not. An aid type of another program is no mistake."""
    found = {
        "program": program.code if program else "",
        "ukuran": asked.get("ukuran", "") if asked.get("ukuran") in list(Measure) else "",
        "lapis": layer.code if layer else "",
    }
    if any(asked.get(name) and asked[name] != known for name, known in found.items()):
        return True
    code = asked.get("bantuan", "")
    if not code or (aid_type and aid_type.code == code):
        return False
    return code not in set(AidType.objects.values_list("code", flat=True))


def _read(narrowing: Narrowing) -> Narrowing:
    narrowing.is_valid()
    return narrowing


def _as_meant(asked: dict[str, str], narrowing: Narrowing) -> dict[str, str]:
    """What somebody has says the aid type; where another was chosen beside it, that one counts alone."""
    meant = narrowing.meant
    if meant is None or not meant.having.words:
        return asked
    names = {(aid.program_id, aid.code) for aid in meant.aid_types}
    chosen = (asked.get("program", ""), asked.get("bantuan", ""))
    if chosen in names:
        return asked
    if chosen == ("", ""):
        first = meant.aid_types[0]
        return asked | {"program": first.program_id, "bantuan": first.code}
    narrowing.meant, narrowing.cleaned_data["punya"] = None, ""
    return asked


def _middle(place: dict[str, Any]) -> Region | None:
    """The region that was asked for; an institution is a place of its own."""
    if place.get("site"):
        return None
    picked = place.get("picked")
    return Region.objects.select_related("parent").get(code=picked) if picked else place.get("scope")


def _place(asked: dict[str, str]) -> dict[str, Any]:
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
