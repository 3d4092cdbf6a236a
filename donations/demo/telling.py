"""Stories are told in the order of time: each says when its next verb is due, and then performs it.

A story is a generator of moments. `tell` runs all of them with the platform's clock set to the moment, so that
numbers, journals and deadlines come out as they would have.
"""

import heapq
import random
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta

from django.utils import timezone

from accounts import clock

Story = Iterator[datetime]


def tell(stories: Iterable[Story], until: datetime, heard: Callable[[int], None] = lambda count: None) -> int:
    """Run the stories in the order of time; what would happen after `until` does not. How many verbs were due."""
    queue: list[tuple[datetime, int, Story]] = []
    for number, story in enumerate(stories):
        moment = next(story, None)
        if moment is not None:
            queue.append((moment, number, story))
    heapq.heapify(queue)
    count = 0
    while queue and queue[0][0] <= until:
        moment, number, story = heapq.heappop(queue)
        with clock.at(moment):
            following = next(story, None)
        count += 1
        heard(count)
        if following is not None:
            heapq.heappush(queue, (max(following, moment), number, story))
    return count


def at_hour(day: date, hour: int, chance: random.Random) -> datetime:
    """That day, up to an hour and a half after the hour."""
    moment = datetime.combine(day, datetime.min.time(), timezone.get_default_timezone())
    return moment + timedelta(hours=hour, minutes=chance.randint(0, 90))


def in_hours(moment: datetime, first: int, last: int, chance: random.Random) -> datetime:
    """The same day in office hours."""
    return at_hour(timezone.localtime(moment).date(), chance.randint(first, last), chance)
