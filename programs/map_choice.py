"""What a visitor chose to see on the map, read from the address; whatever makes no sense is left out."""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from programs.map_figures import Measure
from programs.models import AidType, Program
from regions.codes import Level, is_code, level_of, parent_of
from regions.models import Region
from regions.queries import search

OTHERS_OFFERED = 5


@dataclass(frozen=True, slots=True)
class MapChoice:
    """`scope`: the region whose RW are listed (None: all). `picked`: the RW that is opened in the list.

    `others`: further regions that the search may have meant; `not_found`: a search text that fits nothing.
    """

    program: Program | None
    aid_type: AidType | None
    measure: Measure
    scope: Region | None = None
    picked: str = ""
    query: str = ""
    others: tuple[Region, ...] = ()
    not_found: bool = False
    aid_types: tuple[AidType, ...] = field(default=())

    def link(self, **changes: str) -> str:
        """The address of this view with some of its parts changed; empty ones are dropped."""
        parts = {
            "program": self.program.code if self.program else "",
            "bantuan": self.aid_type.code if self.aid_type else "",
            "ukuran": self.measure.value,
            "wilayah": "" if self.picked or self.scope is None else self.scope.code,
            "pilih": self.picked,
            **changes,
        }
        return "?" + urlencode({name: value for name, value in parts.items() if value})


def read_choice(asked: dict[str, str]) -> MapChoice:
    """Reads program, bantuan, ukuran, wilayah, pilih and q. At most four queries."""
    programs = list(Program.objects.all())
    program = next(
        (one for one in programs if one.code == asked.get("program")), programs[0] if programs else None
    )
    types = tuple(program.aid_types.filter(is_active=True)) if program else ()
    aid_type = next((one for one in types if one.code == asked.get("bantuan")), types[0] if types else None)
    wish = asked.get("ukuran", "")
    measure = Measure(wish) if wish in list(Measure) else Measure.MISSING
    place = _place(asked)
    return MapChoice(program, aid_type, measure, aid_types=types, **place)


def _place(asked: dict[str, str]) -> dict:
    text = asked.get("q", "").strip()[:100]
    if text:
        found = list(search(text).select_related("parent")[: OTHERS_OFFERED + 1])
        if not found:
            return {"query": text, "not_found": True}
        return {**_around(found[0]), "query": text, "others": tuple(found[1:])}
    code = asked.get("pilih", "") or asked.get("wilayah", "")
    if not is_code(code):
        return {}
    region = Region.objects.current().filter(code=code).select_related("parent").first()
    return _around(region) if region else {}


def _around(region: Region) -> dict:
    """An RW is picked within its village; any other region is the scope itself."""
    if level_of(region.code) is Level.RW:
        scope = region.parent or Region.objects.get(code=parent_of(region.code))
        return {"scope": scope, "picked": region.code}
    return {"scope": region}
