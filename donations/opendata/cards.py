"""Cards for other sites: the figures of a program in a place, and a small map of what is open there."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from accounts import clock
from donations.opendata.feeds import Choice
from donations.statistics import charts
from donations.statistics.queries import reading_of
from programs.models import AidType, Need
from programs.outline_picture import Picture, picture_of
from programs.queries import RegionFigures, figures_by_region
from programs.wording import aid_in_sentence
from regions.classes import Classes, classes_for
from regions.codes import Level
from regions.models import Region
from regions.queries import city_names

LEVELS_OF_STATISTICS = (Level.PROVINCE, Level.CITY)


@dataclass(frozen=True, slots=True)
class StatisticsCard:
    """`lead` and `figures` as on the page of statistics, `what` the form of aid in a sentence; `href` is that page."""

    lead: dict[str, Any]
    figures: list[dict[str, Any]]
    aid: AidType | None
    what: str
    as_of: datetime | None
    href: str


def statistics_card(choice: Choice) -> StatisticsCard:
    """The published figures of a program's first form of aid, or of all programs in rupiah; of a city or of all."""
    program = choice.program
    aid = program.aid_types.filter(is_active=True).first() if program else None
    city = choice.region.code if choice.region and choice.region.level == Level.CITY else ""
    reading = reading_of(program.code if program else "")
    sheet = charts.Sheet(reading, aid, city, city_names())
    asked = {"program": program.code if program else "semua", "wilayah": city}
    query = urlencode({name: value for name, value in asked.items() if value})
    return StatisticsCard(
        charts.lead(sheet),
        charts.figures(sheet),
        aid,
        aid_in_sentence(aid) if aid else "",
        reading.as_of,
        f"{reverse('statistics')}?{query}",
    )


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the picture: its outline, the class of its open needs, and their number."""

    path: str
    css: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class MapCard:
    """`rows`: every part, most open needs first; the picture may lack some. `href` is the large map."""

    region: Region
    picture: Picture | None
    parts: tuple[Part, ...]
    rows: tuple[tuple[str, int], ...]
    classes: Classes
    as_of: datetime
    href: str


def map_card(choice: Choice, region: Region) -> MapCard:
    """Open needs in each part of a region; of an RW, in each RW of its village."""
    within = region.parent if region.level == Level.RW and region.parent else region
    level = list(Level)[Level(within.level).depth + 1]
    needs = Need.objects.public().within(within.code)
    if choice.program:
        needs = needs.filter(program=choice.program)
    figures = figures_by_region(needs, level)
    names = dict(Region.objects.current().children_of(within.code).values_list("code", "full_name"))
    counts = {code: figures.get(code, RegionFigures()).open_needs for code in names}
    classes = classes_for(counts.values())
    picture = picture_of(within)
    drawn = picture.parts if picture else ()
    parts = tuple(
        Part(outline.path, f"k{classes.level(counts.get(outline.code, 0))}", names.get(outline.code, ""),
             counts.get(outline.code, 0))
        for outline in drawn
    )  # fmt: skip
    rows = sorted(((names[code], count) for code, count in counts.items()), key=lambda row: (-row[1], row[0]))
    asked = {"program": choice.program.code if choice.program else "", "wilayah": within.code}
    query = urlencode({name: value for name, value in asked.items() if value})
    return MapCard(within, picture, parts, tuple(rows), classes, clock.now(), f"{reverse('map')}?{query}")
