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
    DISTRICT,
    MEASURES,
    MONTH,
    PEOPLE_KIND,
    RECIPIENT_KIND,
    TOTAL,
    Measure,
    is_published,
)
from programs.models import AidType
from regions.codes import Level, city_of, level_of
from regions.notation import JAKARTA
from regions.queries import within

PARAMETERS = {
    "measure": "angka", "program": "program", "aid": "bentuk", "place": "wilayah", "since": "dari", "until": "sampai",
    "collaborator": "kolaborator", "recipient": "penerima", "people": "orang", "exact": "tepat", "placed": "di_kota",
}  # fmt: skip


@dataclass(frozen=True)
class Question:
    """One figure. Empty means all; a province as `place` means what is placed in none of its cities.

    `since` and `until` are months ("2026-05"), both or none. `exact`: the place itself, without what lies in it.
    `placed`: without a place, all that lies in a city.
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

    @property
    def definition(self) -> Measure:
        return MEASURES[self.measure]

    def but(self, **changes: Any) -> "Question":
        return replace(self, **changes)

    @property
    def href(self) -> str:
        """The page of the rows behind the figure."""
        values = {name: getattr(self, name) for name in PARAMETERS}
        values["aid"] = self.aid.code if self.aid else ""
        values |= {name: "1" if values[name] else "" for name in ("exact", "placed")}
        query = {PARAMETERS[name]: value for name, value in values.items() if value}
        return f"{reverse('statistics_rows')}?{urlencode(query)}"

    def at(self, column: str) -> Q:
        """Where `column`, a foreign key to a region, lies in the place."""
        if not self.place:
            # Codes of provinces have no dot.
            return Q(**{f"{column}__code__contains": "."}) if self.placed else Q()
        if self.exact or level_of(self.place) is Level.PROVINCE:
            return Q(**{column: self.place})
        return within(column, self.place)

    def during(self, column: str) -> Q:
        """When `column`, a moment, lies in the months."""
        if not self.since:
            return Q()
        return Q(**{f"{column}__gte": _begin(self.since), f"{column}__lt": _begin(self.until, later=1)})

    def until_its_end(self, column: str) -> Q:
        """When `column`, a moment, lies in the last of the months or before it."""
        return Q(**{f"{column}__lt": _begin(self.until, later=1)})

    @property
    def labels(self) -> dict[str, str]:
        """What the figure is limited to besides its city, by the parts of dimensions."""
        is_district = self.exact or (bool(self.place) and level_of(self.place) is Level.DISTRICT)
        found = {
            AID_TYPE: self.aid.code if self.aid else "",
            COLLABORATOR_KIND: self.collaborator,
            RECIPIENT_KIND: self.recipient,
            DISTRICT: self.place if is_district else "",
            PEOPLE_KIND: self.people,
            MONTH: self.since,
        }
        return {name: value for name, value in found.items() if value}

    @property
    def dimension(self) -> str | None:
        """The dimension whose rows say this figure; None where none is published, as of a village or an RW."""
        if self.place and level_of(self.place) in (Level.VILLAGE, Level.RW):
            return None
        joined = ":".join(self.labels) or TOTAL
        return joined if is_published(self.measure, joined) else None

    @property
    def city(self) -> str:
        """The city of the place, a province's own code, or "" for everywhere."""
        if not self.place or level_of(self.place) is Level.PROVINCE:
            return self.place
        return city_of(self.place) or ""


def _begin(month: str, *, later: int = 0) -> datetime:
    number = int(month[:4]) * 12 + int(month[5:]) - 1 + later
    return datetime(number // 12, number % 12 + 1, 1, tzinfo=JAKARTA)
