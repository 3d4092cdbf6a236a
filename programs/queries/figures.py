"""Sums of needs by region, aid type and program: one source for map, tiles, region pages and downloads.

Needs that were ever published count, with their live counters. *Missing* counts only needs one can pledge to
now, since a closed or paused need is not a place to help; *received* and *target* count all of them. The target
of a closed need is what was allocated to it, as the published definition says.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Count, F, Max, Min, Q, Sum, When
from django.db.models.functions import Coalesce, Left

from accounts import clock
from programs.coverage import Coverage
from programs.models import AidType, Need
from programs.models.needs import NeedQuerySet
from programs.states import NeedState
from regions.codes import Level, contains

CODE_LENGTHS = {Level.PROVINCE: 2, Level.CITY: 5, Level.DISTRICT: 8, Level.VILLAGE: 13, Level.RW: 17}
PARTS = ("target", "held", "reserved", "received", "verified")
ADDED = ("needs", "open_needs", "missing", *PARTS)


@dataclass(frozen=True, slots=True)
class AidFigures:
    """Sums over needs of one aid type, in its unit. `missing` counts what one can pledge to now."""

    needs: int
    open_needs: int
    missing: int
    target: int
    held: int
    reserved: int
    received: int
    verified: int
    priority: int = 0
    deadline: date | None = None

    def coverage_in(self, unit: str) -> Coverage:
        """For the coverage bar; `unit` in the reader's language."""
        return Coverage(self.target, self.held, self.reserved, self.received, self.verified, unit)

    @property
    def percent(self) -> int:
        """Received of target in whole per cent, rounded down; 0 without a target."""
        return self.received * 100 // self.target if self.target else 0


@dataclass(frozen=True, slots=True)
class RegionFigures:
    """Needs of all aid types in one region. Coverage is received ÷ target weighted by rupiah, 0–100.

    None where no need has a value to weigh with.
    """

    needs: int = 0
    open_needs: int = 0
    target_value: int = 0
    received_value: int = 0

    @property
    def percent(self) -> float | None:
        return self.received_value * 100 / self.target_value if self.target_value else None


def _open() -> Q:
    return Q(state=NeedState.PUBLISHED, deadline__gte=clock.today(), target__gt=F("held") + F("reserved"))


def counted_target(path: str = "") -> Case:
    """The target as it is published: of a closed need what was allocated to it. `path` leads to the need."""
    closed = When(**{f"{path}state": NeedState.CLOSED}, then=F(f"{path}reserved"))
    return Case(closed, default=F(f"{path}target"))


def _sums() -> dict[str, Any]:
    missing = Sum(F("target") - F("held") - F("reserved"), filter=_open())
    return {
        "needs": Count("pk"),
        "open_needs": Count("pk", filter=_open()),
        "missing": Coalesce(missing, 0),
        "target_sum": Sum(counted_target()),
        **{f"{part}_sum": Sum(part) for part in PARTS[1:]},
        "priority_max": Coalesce(Max("priority", filter=_open()), 0),
        "deadline_min": Min("deadline", filter=_open()),
    }


def _figures(row: Mapping[str, Any]) -> AidFigures:
    # The sums are of whole units, but PostgreSQL adds bigints up as numeric.
    return AidFigures(
        needs=row["needs"],
        open_needs=row["open_needs"],
        missing=int(row["missing"]),
        **{part: int(row[f"{part}_sum"]) for part in PARTS},
        priority=row["priority_max"],
        deadline=row["deadline_min"],
    )


def figures_by_place(
    aid_type: AidType, within: str, among: NeedQuerySet | None = None
) -> dict[str, AidFigures]:
    """Figures of one aid type by the very region that needs name (code → sums), of all inside the region `within`.

    `among`: of these public needs alone.
    """
    needs = _public(among).filter(aid_type=aid_type).within(within)
    rows = needs.values("region_id").annotate(**_sums()).order_by()
    return {row["region_id"]: _figures(row) for row in rows}


def sums_by_district(aid_type: AidType, within: str) -> dict[str, tuple[int, int]]:
    """What is missing of one aid type, and its target, by district (code → both): what tiles need of the above."""
    needs = Need.objects.public().filter(aid_type=aid_type).within(within)
    sums, length = _sums(), CODE_LENGTHS[Level.DISTRICT]
    rows = needs.values(place=Left("region_id", length)).annotate(
        lacking=sums["missing"], wanted=sums["target_sum"]
    )
    found = rows.order_by().values_list("place", "lacking", "wanted")
    return {code: (int(missing), int(target)) for code, missing, target in found if len(code) == length}


def figures_of_map(places: Mapping[str, AidFigures], level: Level, within: str = "") -> dict[str, AidFigures]:
    """The figures of places by region of a level (code → sums): map, tiles and their lists read this.

    A need of a site that is only known to lie in a village is in no RW, and is left out at that level.
    """
    length = CODE_LENGTHS[level]
    found: dict[str, list[AidFigures]] = {}
    for code in sorted(places):
        if len(code) >= length and (not within or contains(within, code)):
            found.setdefault(code[:length], []).append(places[code])
    return {code: _together(parts) for code, parts in found.items()}


def _together(parts: list[AidFigures]) -> AidFigures:
    if len(parts) == 1:
        return parts[0]
    sums = {name: sum(getattr(part, name) for part in parts) for name in ADDED}
    deadlines = [part.deadline for part in parts if part.deadline]
    return AidFigures(
        **sums, priority=max(part.priority for part in parts), deadline=min(deadlines, default=None)
    )


def _public(among: NeedQuerySet | None) -> NeedQuerySet:
    return Need.objects.public() if among is None else among


def figures_by_site(
    aid_type: AidType, within: str, among: NeedQuerySet | None = None
) -> dict[int, AidFigures]:
    """Figures of one aid type by institution (key → sums), as above. They are in the figures of its region, too."""
    needs = _public(among).filter(aid_type=aid_type).within(within).exclude(site=None)
    return {row["site_id"]: _figures(row) for row in needs.values("site_id").annotate(**_sums()).order_by()}


def figures_by_region(needs: NeedQuerySet, level: Level) -> dict[str, RegionFigures]:
    """Needs of all aid types by region of a level: code → figures."""
    length = CODE_LENGTHS[level]
    rows = needs.values(place=Left("region_id", length)).annotate(**_values()).order_by("place")
    return {row["place"]: _of_values(row) for row in rows if len(row["place"]) == length}


def figures_by_program(needs: NeedQuerySet) -> dict[str, RegionFigures]:
    """The same by program: code → figures."""
    rows = needs.values("program_id").annotate(**_values()).order_by("program_id")
    return {row["program_id"]: _of_values(row) for row in rows}


def _values() -> dict[str, Any]:
    return {
        "needs": Count("pk"),
        "open_needs": Count("pk", filter=_open()),
        "target_value": Coalesce(Sum(counted_target() * F("unit_value")), 0),
        "received_value": Coalesce(Sum(F("received") * F("unit_value")), 0),
    }


def _of_values(row: Mapping[str, Any]) -> RegionFigures:
    return RegionFigures(
        row["needs"], row["open_needs"], int(row["target_value"]), int(row["received_value"])
    )


def figures_by_aid_type(needs: NeedQuerySet) -> list[tuple[AidType, AidFigures]]:
    """Sums per aid type, those with most missing needs first: coverage of a region or a program."""
    rows = {
        row["aid_type_id"]: _figures(row)
        for row in needs.values("aid_type_id").annotate(**_sums()).order_by()
    }
    types: Iterable[AidType] = AidType.objects.filter(pk__in=rows).select_related("program")
    ordered = sorted(types, key=lambda aid: (aid.program.position, aid.program_id, aid.position, aid.pk))
    return [(aid, rows[aid.pk]) for aid in ordered]


def figures_by_place_and_aid(needs: NeedQuerySet, level: Level) -> dict[str, list[dict[str, Any]]]:
    """For each region of a level: the sums per aid type as plain data, with codes instead of names."""
    length = CODE_LENGTHS[level]
    rows = (
        needs.values(
            "aid_type__program_id", "aid_type__code", "aid_type__unit", place=Left("region_id", length)
        )
        .annotate(**_sums())
        .order_by("place", "aid_type__program_id", "aid_type__code")
    )
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        if len(row["place"]) == length:
            figures = _figures(row)
            found.setdefault(row["place"], []).append(
                {
                    "program": row["aid_type__program_id"],
                    "aid_type": row["aid_type__code"],
                    "unit": row["aid_type__unit"],
                    **{part: getattr(figures, part) for part in (*PARTS, "missing", "needs", "open_needs")},
                }
            )
    return found
