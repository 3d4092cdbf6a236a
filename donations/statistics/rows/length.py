"""What is offered instead of a list that would be too long to be read: the same figure of each part of the place."""

from collections.abc import Iterable

from donations.statistics.rows.parts import Part
from donations.statistics.rows.question import Question
from regions.codes import Level, level_of
from regions.models import Region

# Nobody reads so many; and to find the largest of them, all have to be looked at.
MOST_ROWS = 20_000


def is_too_long(parts: Iterable[Part]) -> bool:
    """Whether the parts have more than MOST_ROWS rows; no more of them are looked at to say so."""
    left = MOST_ROWS
    for part in parts:
        left -= part.rows.order_by().values("pk")[: left + 1].count()
        if left < 0:
            return True
    return False


def narrower(question: Question) -> list[tuple[Region, Question]]:
    """The same figure of the regions right below its place; empty where there are none. One query."""
    if question.exact:
        return []
    regions = Region.objects.current().order_by("code")
    if not question.place:
        regions = regions.at_level(Level.CITY)
    elif level_of(question.place) is Level.PROVINCE:
        # Asked for a province, a figure is of what lies in none of its cities.
        return []
    else:
        regions = regions.children_of(question.place)
    # What is counted over a province anew has another name for a city.
    measure = question.measure.removesuffix("_province")
    return [
        (region, question.but(measure=measure, place=region.code, placed=False, of="")) for region in regions
    ]
