"""Programs as data: reads a TOML file and says everything that is wrong with it. Pure.

The format is described in `programs/data/README.md`.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
DAY = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
KINDS = ("goods", "service", "money")

# Field → longest text; "!" marks those that must be there.
PROGRAM = {
    "code!": 40, "region!": 16, "name!": 100, "name_en": 100, "summary": 2000, "summary_en": 2000,
    "lead_agency!": 200, "lead_agency_en": 200, "launched": 10, "facilitators": 1000, "facilitators_en": 1000,
    "beneficiaries": 1000, "beneficiaries_en": 1000, "asset_note": 1000, "asset_note_en": 1000, "plans": 1000,
    "plans_en": 1000,
}  # fmt: skip
AID_TYPE = {
    "code!": 40, "name!": 100, "name_en": 100, "unit!": 40, "unit_en": 40, "kind": 10, "guide_source": 200,
    "serves": 100, "serves_en": 100,
}  # fmt: skip
FIGURE = {
    "label!": 200, "label_en": 200, "value!": 100, "value_en": 100, "note": 300, "note_en": 300, "source!": 200,
    "published!": 10,
}  # fmt: skip
CONTENT = {"name!": 100, "name_en": 100, "amount!": 60, "amount_en": 60}


@dataclass(frozen=True)
class Entry:
    """One program: the values of its fields, of its aid types and of the figures published about it."""

    values: dict[str, Any]
    aid_types: list[dict[str, Any]]
    figures: list[dict[str, Any]]


@dataclass
class Catalogue:
    """What a file says, and every fault in it; with faults, `entries` are not to be used."""

    entries: list[Entry] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def read_catalogue(content: bytes) -> Catalogue:
    """The programs of a TOML file."""
    catalogue = Catalogue()
    try:
        document = tomllib.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        catalogue.faults.append(_("Bukan TOML yang dapat dibaca: %(error)s") % {"error": error})
        return catalogue
    programs = document.pop("program", None)
    if document:
        catalogue.faults.append(_("Bagian tidak dikenal: %(names)s") % {"names": ", ".join(sorted(document))})
    if not isinstance(programs, list) or not programs:
        catalogue.faults.append(_("Tidak ada [[program]]."))
        return catalogue
    for position, row in enumerate(programs, 1):
        catalogue.entries.append(_Reader(catalogue.faults, position).program(row))
    _once(catalogue.faults, _("program"), [entry.values.get("code") for entry in catalogue.entries])
    return catalogue


class _Reader:
    """Reads one program's tables and collects what is wrong with them."""

    def __init__(self, faults: list[str], position: int) -> None:
        self.faults = faults
        self.where = _("program ke-%(position)s") % {"position": position}

    def program(self, row: Any) -> Entry:
        if not isinstance(row, dict):
            self._fault(self.where, _("bukan tabel"))
            return Entry({}, [], [])
        row = dict(row)
        self.where = f"program {row.get('code') or self.where}"
        aid_types, figures = row.pop("aid_type", []), row.pop("figure", [])
        values = self._texts(self.where, row, PROGRAM, also=("position",))
        values["position"] = self._whole(self.where, row, "position", 100, most=32767)
        self._check(self.where, values, "code", SLUG)
        self._check(self.where, values, "launched", DAY)
        kinds = [self._aid_type(n, each) for n, each in enumerate(self._tables("aid_type", aid_types), 1)]
        _once(self.faults, f"{self.where}: aid_type", [each.get("code") for each in kinds])
        published = [self._figure(n, each) for n, each in enumerate(self._tables("figure", figures), 1)]
        return Entry(values, kinds, published)

    def _aid_type(self, position: int, row: dict[str, Any]) -> dict[str, Any]:
        where = f"{self.where}: aid_type {row.get('code') or position}"
        others = ("position", "is_durable", "contents", "guide_value")
        values = self._texts(where, row, AID_TYPE, also=others)
        self._check(where, values, "code", SLUG)
        values["kind"] = values["kind"] or "goods"
        if values["kind"] not in KINDS:
            self._fault(where, _("kind harus salah satu dari %(kinds)s") % {"kinds": ", ".join(KINDS)})
        values["position"] = self._whole(where, row, "position", position * 10, most=32767)
        values["guide_value"] = self._whole(where, row, "guide_value", None, most=10**12)
        if values["kind"] == "money" and values["guide_value"] != 1:
            self._fault(where, _("uang dihitung dalam rupiah: guide_value harus 1"))
        if values["guide_value"] is not None and not values["guide_source"]:
            self._fault(where, _("guide_value tanpa guide_source"))
        values["is_durable"] = row.get("is_durable", False)
        if not isinstance(values["is_durable"], bool):
            self._fault(where, _("is_durable harus true atau false"))
        values["contents"] = [
            {key: text for key, text in self._texts(f"{where}: contents {n}", each, CONTENT).items() if text}
            for n, each in enumerate(self._tables(f"{where}: contents", row.get("contents", [])), 1)
        ]
        return values

    def _figure(self, position: int, row: dict[str, Any]) -> dict[str, Any]:
        where = f"{self.where}: figure {position}"
        values = self._texts(where, row, FIGURE, also=("position",))
        values["position"] = self._whole(where, row, "position", position * 10, most=32767)
        self._check(where, values, "published", DAY)
        return values

    def _tables(self, name: str, rows: Any) -> list[dict[str, Any]]:
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            self._fault(self.where, _("%(name)s harus daftar tabel") % {"name": name})
            return []
        return rows

    def _texts(
        self, where: str, row: Mapping[str, Any], fields: Mapping[str, int], also: tuple[str, ...] = ()
    ) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for rule, longest in fields.items():
            name = rule.rstrip("!")
            value = row.get(name, "")
            if not isinstance(value, str):
                self._fault(where, _("%(field)s harus teks") % {"field": name})
                value = ""
            value = value.strip()
            if rule.endswith("!") and not value:
                self._fault(where, _("%(field)s belum diisi") % {"field": name})
            if len(value) > longest:
                self._fault(
                    where,
                    _("%(field)s lebih dari %(longest)s huruf") % {"field": name, "longest": longest},
                )
            values[name] = value
        for name in sorted(set(row) - set(values) - set(also)):
            self._fault(where, _("%(field)s tidak dikenal") % {"field": name})
        return values

    def _whole(self, where: str, row: Mapping[str, Any], name: str, default: Any, *, most: int) -> Any:
        value = row.get(name, default)
        whole = isinstance(value, int) and not isinstance(value, bool)
        if value is not None and not (whole and 0 <= value <= most):
            self._fault(
                where,
                _("%(field)s harus bilangan bulat antara 0 dan %(most)s") % {"field": name, "most": most},
            )
            return default
        return value

    def _check(self, where: str, values: Mapping[str, Any], name: str, pattern: re.Pattern[str]) -> None:
        if values[name] and not pattern.fullmatch(values[name]):
            self._fault(where, _("%(field)s salah tulis: %(value)s") % {"field": name, "value": values[name]})

    def _fault(self, where: str, text: str) -> None:
        self.faults.append(f"{where}: {text}")


def _once(faults: list[str], what: str, names: list[Any]) -> None:
    for name in sorted({n for n in names if n and names.count(n) > 1}):
        faults.append(_("%(what)s %(name)s ditulis lebih dari sekali") % {"what": what, "name": name})
