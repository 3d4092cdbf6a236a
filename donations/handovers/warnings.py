"""What an officer should look at twice before verifying a report: facts in, warnings out. Pure.

A warning says what was compared and a figure, and accuses nobody: each of them has innocent causes. The order is that of
weight: what says most about whether the aid arrived comes first.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from donations.handovers.likeness import is_dark, is_flat
from regions.geometry import distance_km

# Metres beyond the outline (or from the site) that phones are wrong by; an approximate outline is wrong by more, and
# where only the centre is known, the area itself is that large.
OUTSIDE, OUTSIDE_APPROXIMATE, OUTSIDE_CENTRE = 150, 400, 1000
# A photo was taken somewhere else than where the report was written.
ELSEWHERE = 1000
# Zero degrees by zero degrees, and around it: a phone that knew nothing.
ZERO = 0.01
EARLY_PHOTO, LATE_PHOTO = timedelta(hours=1), timedelta(minutes=10)
EARLY_ARRIVAL = timedelta(minutes=5)
# The hour of arrival is typed in minutes.
BEFORE_ARRIVAL = timedelta(minutes=1)
WRONG_YEARS = timedelta(days=365)
SOON = timedelta(minutes=10)
# Nobody drives faster through the city; nearer than this is one place.
FASTEST_KMH, NEAR_KM = 60, 2
CLOCK_OFF = timedelta(days=1)
BURST, BURST_PHOTOS = timedelta(seconds=10), 3
ROUND, ROUND_LINES, ROUND_LARGE = 10, 3, 100
NOTHING_WRONG = 10

Position = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Counted:
    """One line of a report: what was on board, and what was counted of it. `aid`: the aid type's primary key."""

    aid: int
    sent: int
    good: int
    damaged: int
    missing: int

    @property
    def is_whole(self) -> bool:
        return self.good == self.sent


@dataclass(frozen=True, slots=True)
class Twin:
    """A photo of another report, by that report's number; `different`: bits of 64, None for the very same picture;
    `is_gone`: only an older version of that report showed it."""

    report: str
    different: int | None
    is_gone: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """`number`: its place among the report's photos. `outside`: metres outside the area, None where unknown."""

    number: int
    taken_at: datetime | None = None
    position: Position | None = None
    outside: int | None = None
    brightness: int | None = None
    contrast: int | None = None
    twins: tuple[Twin, ...] = ()


@dataclass(frozen=True, slots=True)
class Other:
    """An earlier report: of the same reporter, or of the same recipient."""

    number: str
    arrived_at: datetime
    position: Position | None
    lines: tuple[Counted, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """All that is compared. `by_reporter`: their reports before this one, the newest first; `parties`: names of the
    giving and carrying organisations that the reporter was a member of that day; `clock_off`: by how much the phone's
    clock was ahead of ours when it sent the report.
    """

    submitted_at: datetime
    arrived_at: datetime
    dispatched_at: datetime | None
    lines: tuple[Counted, ...]
    position: Position | None = None
    outside: int | None = None
    is_approximate: bool = False
    by_centre: bool = False
    clock_off: timedelta = timedelta(0)
    pictures: tuple[Picture, ...] = ()
    by_reporter: tuple[Other, ...] = ()
    before_here: Other | None = None
    parties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Warned:
    """One thing to look at. `figures` fill its words (`donations.handovers.warned_words`) and are kept as JSON."""

    code: str
    figures: dict[str, Any] = field(default_factory=dict)

    @property
    def weight(self) -> int:
        return WEIGHTS.get(self.code, 0)


# How much it says; also the order on the page.
WEIGHTS = {
    "photo_same": 95,
    "party": 90,
    "photo_alike": 85,
    "two_places": 80,
    "place_outside": 75,
    "photo_outside": 70,
    "photo_elsewhere": 65,
    "photo_early": 62,
    "photo_late": 60,
    "arrival_early": 55,
    "before_arrival": 52,
    "soon": 50,
    "place_zero": 46,
    "photo_zero": 44,
    "photo_empty": 42,
    "photo_dark": 40,
    "same_counts": 38,
    "round": 35,
    "photo_clock": 30,
    "clock": 28,
    "photo_burst": 20,
    "nothing_wrong": 10,
}


def warnings_of(facts: Facts) -> list[Warned]:
    """Every warning, the weightiest first; at most one of a kind."""
    found = [warning for rule in RULES for warning in rule(facts)]
    return sorted(found, key=lambda warning: -warning.weight)


def is_round(lines: Sequence[Counted]) -> bool:
    """Only round numbers where something differs from what was on board, over several lines or of a large count.

    What arrives as it was sent is as round as the gift, and says nothing.
    """
    counts = [count for line in lines for count in (line.good, line.damaged, line.missing) if count]
    enough = len(counts) >= ROUND_LINES or max(counts, default=0) >= ROUND_LARGE
    differs = any(not line.is_whole for line in lines)
    return enough and differs and all(count % ROUND == 0 for count in counts)


def nothing_short(lines: Iterable[Counted]) -> bool:
    return not any(line.damaged or line.missing for line in lines)


def is_zero(position: Position) -> bool:
    return abs(position[0]) < ZERO and abs(position[1]) < ZERO


def _reused(facts: Facts) -> Iterator[Warned]:
    for code, of_kind in (
        ("photo_same", lambda twin: twin.different is None),
        ("photo_alike", lambda twin: twin.different is not None),
    ):
        twins = [(picture, twin) for picture in facts.pictures for twin in picture.twins if of_kind(twin)]
        if not twins:
            continue
        figures: dict[str, Any] = {
            "photos": sorted({picture.number for picture, _twin in twins}),
            "reports": sorted({twin.report for _picture, twin in twins})[:5],
        }
        shown = {twin.report for _picture, twin in twins if not twin.is_gone}
        if older := sorted(set(figures["reports"]) - shown):
            figures["older"] = older
        if code == "photo_alike":
            figures["same"] = 64 - min(twin.different or 0 for _picture, twin in twins)
        yield Warned(code, figures)


def _party(facts: Facts) -> Iterator[Warned]:
    if facts.parties:
        yield Warned("party", {"names": list(facts.parties)})


def _two_places(facts: Facts) -> Iterator[Warned]:
    """The reporter counted somewhere else at nearly the same time: nobody could have been at both."""
    if facts.position is None:
        return
    for other in facts.by_reporter:
        if other.position is None or is_zero(other.position) or is_zero(facts.position):
            continue
        apart = distance_km(*facts.position, *other.position)
        between = abs(facts.arrived_at - other.arrived_at)
        if apart > NEAR_KM and apart > FASTEST_KMH * max(between.total_seconds(), 60) / 3600:
            yield Warned(
                "two_places", {"report": other.number, "km": round(apart, 1), "minutes": _minutes(between)}
            )
            return


def _place(facts: Facts) -> Iterator[Warned]:
    if facts.position is not None and is_zero(facts.position):
        yield Warned("place_zero")
    elif facts.outside is not None and facts.outside > _allowed(facts):
        yield Warned("place_outside", {"metres": facts.outside, **_measured(facts)})


def _photo_places(facts: Facts) -> Iterator[Warned]:
    placed = [picture for picture in facts.pictures if picture.position is not None]
    zero = [picture for picture in placed if is_zero(picture.position or (1, 1))]
    if zero:
        yield Warned("photo_zero", {"photos": _numbers(zero)})
    outside = [
        picture for picture in placed if picture not in zero and (picture.outside or 0) > _allowed(facts)
    ]
    if outside:
        yield Warned(
            "photo_outside",
            {
                "photos": _numbers(outside),
                "metres": max(picture.outside or 0 for picture in outside),
                **_measured(facts),
            },
        )
    if facts.position is None or is_zero(facts.position):
        return
    apart = {
        picture.number: math.floor(distance_km(*picture.position, *facts.position) * 1000)
        for picture in placed
        if picture.position and picture not in zero and picture not in outside
    }
    far = {number: metres for number, metres in apart.items() if metres > ELSEWHERE}
    if far:
        yield Warned("photo_elsewhere", {"photos": sorted(far), "metres": max(far.values())})


def _photo_times(facts: Facts) -> Iterator[Warned]:
    timed = [(picture, picture.taken_at) for picture in facts.pictures if picture.taken_at]
    wrong = [(picture, at) for picture, at in timed if abs(at - facts.submitted_at) > WRONG_YEARS]
    if wrong:
        days = max(abs(at - facts.submitted_at).days for _picture, at in wrong)
        yield Warned(
            "photo_clock", {"photos": _numbers(p for p, _at in wrong), "years": round(days / 365.25, 1)}
        )
    timed = [one for one in timed if one not in wrong]
    late = [(picture, at) for picture, at in timed if at - facts.submitted_at > LATE_PHOTO]
    if late:
        span = max(at - facts.submitted_at for _picture, at in late)
        yield Warned("photo_late", {"photos": _numbers(p for p, _at in late), "minutes": _minutes(span)})
    if facts.dispatched_at is not None:
        left = facts.dispatched_at
        early = [(picture, at) for picture, at in timed if left - at > EARLY_PHOTO]
        if early:
            span = max(left - at for _picture, at in early)
            yield Warned(
                "photo_early", {"photos": _numbers(p for p, _at in early), "minutes": _minutes(span)}
            )
    moments = sorted(at for _picture, at in timed)
    if len(moments) >= BURST_PHOTOS and moments[-1] - moments[0] <= BURST:
        seconds = round((moments[-1] - moments[0]).total_seconds())
        yield Warned("photo_burst", {"n": len(moments), "seconds": seconds})


def _times(facts: Facts) -> Iterator[Warned]:
    if abs(facts.clock_off) > CLOCK_OFF:
        yield Warned("clock", {"minutes": _minutes(abs(facts.clock_off))})
    if facts.arrived_at - facts.submitted_at > BEFORE_ARRIVAL:
        yield Warned("before_arrival", {"minutes": _minutes(facts.arrived_at - facts.submitted_at)})
    if facts.dispatched_at is None:
        return
    if facts.dispatched_at - facts.arrived_at > EARLY_ARRIVAL:
        yield Warned("arrival_early", {"minutes": _minutes(facts.dispatched_at - facts.arrived_at)})
    if timedelta(0) <= facts.submitted_at - facts.dispatched_at < SOON:
        yield Warned("soon", {"minutes": _minutes(facts.submitted_at - facts.dispatched_at)})


def _quality(facts: Facts) -> Iterator[Warned]:
    empty = [p for p in facts.pictures if is_flat(p.contrast)]
    if empty:
        yield Warned("photo_empty", {"photos": _numbers(empty)})
    dark = [p for p in facts.pictures if is_dark(p.brightness) and p not in empty]
    if dark:
        yield Warned("photo_dark", {"photos": _numbers(dark)})


def _same_counts(facts: Facts) -> Iterator[Warned]:
    """Equal to the last report of the same recipient; one line of which nothing is short is nothing unusual."""
    before = facts.before_here
    if before is None or (len(facts.lines) < 2 and nothing_short(facts.lines)):
        return
    if _shape(facts.lines) == _shape(before.lines):
        yield Warned("same_counts", {"report": before.number, "lines": len(facts.lines)})


def _round(facts: Facts) -> Iterator[Warned]:
    if is_round(facts.lines):
        habit = sum(is_round(other.lines) for other in facts.by_reporter)
        yield Warned("round", {"habit": habit, "of": len(facts.by_reporter)})


def _nothing_wrong(facts: Facts) -> Iterator[Warned]:
    if not nothing_short(facts.lines):
        return
    n = 1
    for other in facts.by_reporter:
        if not nothing_short(other.lines):
            break
        n += 1
    if n >= NOTHING_WRONG:
        yield Warned("nothing_wrong", {"n": n})


RULES: tuple[Callable[[Facts], Iterator[Warned]], ...] = (
    _reused, _party, _two_places, _place, _photo_places, _photo_times, _times, _quality, _same_counts, _round,
    _nothing_wrong,
)  # fmt: skip


def _allowed(facts: Facts) -> int:
    if facts.by_centre:
        return OUTSIDE_CENTRE
    return OUTSIDE_APPROXIMATE if facts.is_approximate else OUTSIDE


def _measured(facts: Facts) -> dict[str, bool]:
    """What the distance was measured to, where it was no exact outline."""
    return {"centre": True} if facts.by_centre else {"approximate": True} if facts.is_approximate else {}


def _numbers(pictures: Iterable[Picture]) -> list[int]:
    return [picture.number for picture in pictures]


def _shape(lines: Iterable[Counted]) -> list[tuple[int, int, int, int]]:
    return sorted((line.aid, line.good, line.damaged, line.missing) for line in lines)


def _minutes(span: timedelta) -> int:
    return math.floor(span.total_seconds() / 60)
