"""All that stands beside a report for whoever checks it: counts, warnings, photos, map, and what was reported before."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from typing import Any

from django.db.models import Count, Q

from accounts.models import User
from donations.deliveries.wording import amounts
from donations.handovers import checking
from donations.handovers.models import Handover, HandoverLine, HandoverPhoto
from donations.handovers.places import Area, Drawing, Mark, area_of, drawing_of, position_of
from donations.handovers.queries import MARKS, Counted, Version
from donations.handovers.states import IN_FORCE, HandoverState
from donations.handovers.twins import Match, matches_of
from donations.handovers.warned_words import Told, told
from donations.handovers.warnings import is_zero, warnings_of
from regions.codes import Level
from regions.models import Region
from regions.notation import share
from regions.points import region_at


@dataclass(frozen=True, slots=True)
class CountRow:
    """One line: what was sent, what other reports counted of it, this one, what is left; `was`: the version before."""

    line: HandoverLine
    others: int
    was: Counted | None

    @property
    def left(self) -> int:
        return self.line.delivery_line.quantity - self.others - self.line.counted

    @property
    def changed(self) -> set[str]:
        """The names of the counts that are not as in the version before."""
        return {
            kind
            for kind in ("good", "damaged", "missing")
            if self.was is not None and getattr(self.was, kind) != getattr(self.line, kind)
        }


def count_rows(handover: Handover, lines: Sequence[HandoverLine], before: Version | None) -> list[CountRow]:
    """No query. `before`: the version that the report is compared with."""
    was = {counted.line.delivery_line_id: counted for counted in before.lines} if before else {}
    rows = []
    for line in lines:
        sent = line.delivery_line
        counted = sent.good + sent.damaged + sent.missing
        # The delivery's line counts reports in force only, and so this one only while it is.
        others = counted - line.counted if handover.state in IN_FORCE else counted
        rows.append(CountRow(line, others, was.get(line.delivery_line_id)))
    return rows


@dataclass(frozen=True, slots=True)
class PhotoRow:
    """One photo with what its phone said of place and time, and where else it is."""

    photo: HandoverPhoto
    number: int
    position: tuple[float, float] | None = None
    outside: int | None = None
    twins: tuple[Match, ...] = ()

    @property
    def is_zero(self) -> bool:
        return self.position is not None and is_zero(self.position)


@dataclass(frozen=True, slots=True)
class EarlierRow:
    """A report of the same recipient: what of it was good, damaged or missing, and how long it waited."""

    handover: Handover
    good: str
    short: int
    counted: int
    mark: str
    waited: timedelta | None


@dataclass(frozen=True, slots=True)
class Before:
    """The recipient's last reports. `waited`: the median of those verified; shares of damaged and missing in per cent."""

    rows: tuple[EarlierRow, ...]
    waited: timedelta | None
    short: Any
    short_here: Any


@dataclass(frozen=True, slots=True)
class Reporter:
    """Who handed it in, and how often so far."""

    name: str
    reports: int
    verified: int
    returned: int
    disputed: int


@dataclass(frozen=True)
class Examined:
    """For officers. `outside`: metres of the report's own position beyond the area, None where it has none.

    `found`: the RW that holds the position.
    """

    area: Area
    drawing: Drawing | None
    outside: int | None
    found: Region | None
    position: tuple[float, float] | None
    photos: tuple[PhotoRow, ...]
    warnings: tuple[Told, ...]
    before: Before | None
    reporter: Reporter | None

    @property
    def is_zero(self) -> bool:
        return self.position is not None and is_zero(self.position)


def examine(handover: Handover, lines: Sequence[HandoverLine], photos: Sequence[HandoverPhoto]) -> Examined:
    """Reads what a report is compared with: ten queries, whatever there is."""
    area = area_of(handover.delivery)
    matches = matches_of(handover.pk, photos)
    here = checking.earlier_here(handover) if handover.submitted_at else []
    in_force = handover.state in IN_FORCE
    facts = checking.facts_of(handover, lines, photos, area, matches, here) if in_force else None
    rows = tuple(photo_row(number, photo, area, matches) for number, photo in enumerate(photos, 1))
    position = position_of(handover)
    return Examined(
        area=area,
        drawing=drawing_of(area, _marks(area, position, rows)),
        outside=area.outside(position) if position else None,
        found=region_at(*position, Level.RW) if position else None,
        position=position,
        photos=rows,
        warnings=tuple(told(checking.as_kept(warnings_of(facts)))) if facts else (),
        before=_before(here, lines) if here else None,
        reporter=_reporter(handover.reported_by),
    )


def photo_rows(handover: Handover, photos: Sequence[HandoverPhoto], area: Area) -> list[PhotoRow]:
    """The photos as an officer looks at them one by one. One query."""
    matches = matches_of(handover.pk, photos)
    return [photo_row(number, photo, area, matches) for number, photo in enumerate(photos, 1)]


def photo_row(number: int, photo: HandoverPhoto, area: Area, matches: dict[int, list[Match]]) -> PhotoRow:
    position = position_of(photo)
    outside = area.outside(position) if position else None
    return PhotoRow(photo, number, position, outside, tuple(matches.get(photo.pk, ())[:3]))


def _marks(area: Area, position: tuple[float, float] | None, photos: Iterable[PhotoRow]) -> list[Mark]:
    found = [Mark("site", area.site)] if area.site else []
    # Photos over the report's own mark, which is larger.
    if position and not is_zero(position):
        found.append(Mark("report", position))
    return found + [
        Mark("photo", row.position, row.number) for row in photos if row.position and not row.is_zero
    ]


def _before(here: Sequence[Handover], lines: Sequence[HandoverLine]) -> Before:
    rows = tuple(_earlier(handover) for handover in here)
    waits = [row.waited.total_seconds() for row in rows if row.waited is not None]
    return Before(
        rows=rows,
        waited=timedelta(seconds=median(waits)) if waits else None,
        short=share(sum(row.short for row in rows), sum(row.counted for row in rows)),
        short_here=share(sum(line.short for line in lines), sum(line.counted for line in lines)),
    )


def _earlier(handover: Handover) -> EarlierRow:
    lines = list(handover.lines.all())
    waited = None
    if handover.verified_at and handover.submitted_at:
        waited = handover.verified_at - handover.submitted_at
    return EarlierRow(
        handover=handover,
        good=amounts((line.delivery_line.allocation.commitment.aid_type, line.good) for line in lines),
        short=sum(line.short for line in lines),
        counted=sum(line.counted for line in lines),
        mark=MARKS[HandoverState(handover.state)],
        waited=waited,
    )


def _reporter(user: User | None) -> Reporter | None:
    if user is None:
        return None
    found = Handover.objects.filter(reported_by=user, submitted_at__isnull=False).aggregate(
        reports=Count("pk", distinct=True),
        verified=Count("pk", distinct=True, filter=Q(state=HandoverState.VERIFIED)),
        returned=Count("pk", distinct=True, filter=Q(moves__verb="send_back")),
        disputed=Count("pk", distinct=True, filter=Q(moves__verb="dispute")),
    )
    return Reporter(user.name, **found)
