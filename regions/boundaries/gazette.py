"""The tree as matching needs it: villages by any of their spellings, and where they lie."""

import difflib
from collections import defaultdict
from collections.abc import Iterable

from regions import codes
from regions.codes import Level
from regions.models import Region
from regions.spellings import spellings

from .labels import Label, key

SIMILAR = 0.8


class Gazette:
    """Regions by code and by the keys of their names."""

    def __init__(self, regions: Iterable[Region]) -> None:
        self.regions = {region.code: region for region in regions}
        self.cities: dict[str, list[str]] = defaultdict(list)
        self.villages: dict[str, list[str]] = defaultdict(list)
        self.variants: dict[str, list[str]] = defaultdict(list)
        self.highest_rw: dict[str, int] = defaultdict(int)
        for code, region in self.regions.items():
            level = codes.level_of(code)
            if level is Level.CITY:
                self.cities[key(region.name)].append(code)
            elif level is Level.VILLAGE:
                self.villages[key(region.name)].append(code)
                for spelling in spellings().get(code, ()):
                    self.variants[key(spelling)].append(code)
            elif level is Level.RW:
                village = code[:-4]
                self.highest_rw[village] = max(self.highest_rw[village], codes.rw_number(code))

    def cities_named(self, name: str) -> list[str]:
        return self.cities.get(key(name), [])

    def villages_named(self, label: Label) -> tuple[list[str], bool]:
        """Codes of the villages a label may mean, and whether the name is theirs rather than a like one."""
        name = key(label.village)
        for table in (self.villages, self.variants):
            found = self._narrowed(table.get(name, []), label)
            if found:
                return found, True
        near = [
            other
            for other in difflib.get_close_matches(name, self.villages, n=3, cutoff=SIMILAR)
            if other[:1] == name[:1]
        ]
        return self._narrowed([code for other in near for code in self.villages[other]], label), False

    def _narrowed(self, found: list[str], label: Label) -> list[str]:
        """Those in the label's city; of several, those in its district."""
        if label.city:
            cities = self.cities_named(label.city)
            found = [code for code in found if codes.city_of(code) in cities]
        if len(found) > 1 and label.district:
            district = key(label.district)
            found = [code for code in found if key(self.regions[code[:8]].name) == district] or found
        return found
