"""What everybody may know: counts up to the end of last month, none so small that it points at somebody."""

from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from statistics import median
from typing import Generic, TypeVar

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from accounts import clock
from donations.misconduct.kinds import Kind
from donations.misconduct.models import Case, CaseMove
from donations.misconduct.states import DECIDED, CaseState
from regions.codes import Level, city_of
from regions.models import Region

LEAST = 5
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Told(Generic[Key]):
    """The counts of one table; None where one is not told. `all_small`: those that are not told are all below five."""

    counts: dict[Key, int | None]
    all_small: bool


@dataclass(frozen=True)
class Published:
    """Counts by kind, state and city. `days`: the median from report to decision."""

    until: datetime
    total: int | None
    kinds: Told[Kind]
    states: Told[CaseState]
    cities: Told[Region]
    days: int | None


def told(counts: Mapping[Key, int]) -> Told[Key]:
    """The counts of one table, small ones left out.

    What is left out has to stay unknown also to who knows the sum: so it is never one row alone, and never fewer than
    five together; where it would be, the next smallest rows are left out, too.
    """
    hidden = {key for key, count in counts.items() if count < LEAST}
    shown = sorted((key for key in counts if key not in hidden), key=lambda key: counts[key])
    # Noughts alone point at nobody.
    if any(counts[key] for key in hidden):
        while shown and (len(hidden) == 1 or sum(counts[key] for key in hidden) < LEAST):
            hidden.add(shown.pop(0))
    rows = {key: None if key in hidden else count for key, count in counts.items()}
    return Told(rows, all(counts[key] < LEAST for key in hidden))


def begin_of_month() -> datetime:
    """When the current month began in Jakarta: what happened since is not told yet."""
    return timezone.make_aware(datetime.combine(clock.today().replace(day=1), time.min))


def published() -> Published:
    """Three queries, however many cases there are."""
    until = begin_of_month()
    last = CaseMove.objects.filter(subject=OuterRef("pk"), at__lt=until).order_by("-at", "-pk")
    cases = list(
        Case.objects.filter(received_at__lt=until)
        .annotate(then=Subquery(last.values("to_state")[:1]))
        .values_list("kind", "then", "region_id", "received_at", "decided_at")
    )
    cities = Region.objects.current().at_level(Level.CITY).order_by("code")
    by_kind = Counter(kind for kind, *_rest in cases)
    by_state = Counter(state for _kind, state, *_rest in cases)
    by_city = Counter(city_of(region) for _kind, _state, region, *_rest in cases)
    days = [(end - begin).days for *_rest, begin, end in cases if end is not None and end < until]
    decided = sum(by_state[state] for state in DECIDED)
    return Published(
        until,
        len(cases) if len(cases) >= LEAST else None,
        told({kind: by_kind[kind] for kind in Kind}),
        told({state: by_state[state] for state in CaseState}),
        told({city: by_city[city.code] for city in cities}),
        round(median(days)) if days and decided >= LEAST and len(days) >= LEAST else None,
    )
