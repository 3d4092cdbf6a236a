"""Which figure is meant: a measure, and where, of what, when, from whom and for whom. Pure but for its types."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse

from donations.statistics.definitions import (
    AID_TYPE,
    COLLABORATOR_KIND,
    DIFFERENCES,
    DISTRICT,
    FIGURES,
    MONTH,
    PEOPLE_KIND,
    RECIPIENT_KIND,
    RW,
    TOTAL,
    Measure,
    Unit,
    is_published,
)
from programs.models import AidType
from regions.codes import Level, city_of, level_of
from regions.models import SiteKind
from regions.notation import JAKARTA
from regions.queries import within

SEVERAL = ","
"""Between the codes where several kinds are meant together."""
SITE = "site"
"""The recipient kind of every site, whatever its kind."""
EVERYTHING = "semua"
"""What a share may be of besides a measure: the same figure of all kinds, or else of all cities."""

ADDED = (Unit.QUANTITY, Unit.MIXED, Unit.RUPIAH)
"""Units in which kinds add up to those of several; one who gives two forms of aid is one collaborator of both."""

PARAMETERS = {
    "measure": "angka", "program": "program", "aid": "bentuk", "place": "wilayah", "since": "dari", "until": "sampai",
    "collaborator": "kolaborator", "recipient": "penerima", "people": "orang", "exact": "tepat", "placed": "di_kota",
    "of": "bagian_dari",
}  # fmt: skip


@dataclass(frozen=True)
class Question:
    """One figure. Empty means all; a province as `place` means what is placed in none of its cities.

    `since` and `until` are months ("2026-05"), both or none. `exact`: the place itself, without what lies in it.
    `placed`: without a place, all that lies in a city; of a city, all that lies in a district of it. `collaborator` and
    `recipient` may name several kinds, "rw,school"; `among` are several forms of aid, where `aid` is one. `of`: what
    the figure is said as a share of, another measure or EVERYTHING.
    """

    measure: str
    program: str = ""
    aid: AidType | None = None
    place: str = ""
    since: str = ""
    until: str = ""
    collaborator: str = ""
    recipient: str = ""
    people: str = ""
    exact: bool = False
    placed: bool = False
    among: tuple[AidType, ...] = ()
    of: str = ""

    @property
    def definition(self) -> Measure:
        return FIGURES[self.measure]

    def but(self, **changes: Any) -> "Question":
        return replace(self, **changes)

    @property
    def href(self) -> str:
        """The page of the rows behind the figure."""
        return f"{reverse('statistics_rows')}?{self.query}"

    @property
    def query(self) -> str:
        """The parameters of that page, by which the figure is named."""
        values = {name: getattr(self, name) for name in PARAMETERS}
        values["aid"] = SEVERAL.join(aid.code for aid in self.aids)
        values |= {name: "1" if values[name] else "" for name in ("exact", "placed")}
        return urlencode({PARAMETERS[name]: value for name, value in values.items() if value})

    def at(self, column: str) -> Q:
        """Where `column`, a foreign key to a region, lies in the place."""
        if not self.place:
            # Codes of provinces have no dot.
            return Q(**{f"{column}__code__contains": "."}) if self.placed else Q()
        if self.exact or level_of(self.place) is Level.PROVINCE:
            return Q(**{column: self.place})
        lies = within(column, self.place)
        return lies & ~Q(**{column: self.place}) if self.placed else lies

    def during(self, column: str) -> Q:
        """When `column`, a moment, lies in the months."""
        if not self.since:
            return Q()
        return Q(**{f"{column}__gte": _begin(self.since), f"{column}__lt": _begin(self.until, later=1)})

    def until_its_end(self, column: str) -> Q:
        """When `column`, a moment, lies in the last of the months or before it."""
        return Q(**{f"{column}__lt": _begin(self.until, later=1)})

    @property
    def aids(self) -> tuple[AidType, ...]:
        """The forms of aid that it is limited to; empty for all."""
        return (self.aid,) if self.aid else self.among

    @property
    def collaborators(self) -> tuple[str, ...]:
        """The kinds of collaborators that it is limited to; empty for all."""
        return _codes(self.collaborator)

    @property
    def recipients(self) -> tuple[str, ...]:
        """The same of recipients, as the rows know them."""
        kinds = (SiteKind.values if kind == SITE else [kind] for kind in _codes(self.recipient))
        return tuple(dict.fromkeys(kind for found in kinds for kind in found))

    @property
    def whole(self) -> "Question | None":
        """What the figure is said as a share of: another measure of the same, or itself of all kinds or cities."""
        if not self.of:
            return None
        if self.of != EVERYTHING:
            return self.but(measure=self.of, of="")
        kinds: dict[str, Any] = {"collaborator": ""}
        if self.recipient:
            # A wish that nobody has placed yet has no recipient to be shared among.
            kinds["recipient"] = SEVERAL.join((RW, SITE))
        if self.definition.unit is not Unit.QUANTITY:
            kinds |= {"aid": None, "among": ()}
        everything = self.but(**kinds, of="")
        if everything.but(of=EVERYTHING) != self:
            return everything
        around = (city_of(self.place) or "") if level_of(self.place) is Level.DISTRICT else ""
        return everything.but(place=around, placed=True, exact=False)

    @property
    def labels(self) -> dict[str, tuple[str, ...]]:
        """What the figure is limited to besides its city, by the parts of dimensions: the keys of each."""
        is_district = self.exact or (bool(self.place) and level_of(self.place) is Level.DISTRICT)
        found = {
            AID_TYPE: tuple(aid.code for aid in self.aids),
            COLLABORATOR_KIND: self.collaborators,
            RECIPIENT_KIND: self.recipients,
            DISTRICT: _codes(self.place if is_district else ""),
            PEOPLE_KIND: _codes(self.people),
            MONTH: _codes(self.since),
        }
        return {name: value for name, value in found.items() if value}

    @property
    def dimension(self) -> str | None:
        """The dimension whose rows say this figure; None where none is published, as of a village or an RW."""
        if self.place and level_of(self.place) in (Level.VILLAGE, Level.RW):
            return None
        joined = ":".join(self.labels) or TOTAL
        if len(self.aids) > 1 and self.definition.unit not in ADDED:
            return None
        # What both of a difference are split by, it is.
        each = DIFFERENCES.get(self.measure, (self.measure,))
        return joined if all(is_published(name, joined) for name in each) else None

    @property
    def city(self) -> str:
        """The city of the place, a province's own code, or "" for everywhere."""
        if not self.place or level_of(self.place) is Level.PROVINCE:
            return self.place
        return city_of(self.place) or ""


def _codes(said: str) -> tuple[str, ...]:
    return tuple(said.split(SEVERAL)) if said else ()


def _begin(month: str, *, later: int = 0) -> datetime:
    number = int(month[:4]) * 12 + int(month[5:]) - 1 + later
    return datetime(number // 12, number % 12 + 1, 1, tzinfo=JAKARTA)
