"""Institutions on the map: where they stand, which mark they have, what their needs say."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programs.map_choice import MapChoice
from programs.map_figures import Measure, in_words, is_marked
from programs.queries import AidFigures, figures_by_site
from regions.codes import contains
from regions.models import Site, SiteKind
from regions.queries import position_of

# Three or four kinds share a mark: more shapes than these nobody tells apart at this size.
MARKS = {
    "diamond": (
        gettext_lazy("panti"),
        (SiteKind.ORPHANAGE, SiteKind.NURSING_HOME, SiteKind.DISABILITY_HOME),
    ),
    "triangle": (
        gettext_lazy("pesantren, sekolah, pusat pelatihan"),
        (SiteKind.PESANTREN, SiteKind.SCHOOL, SiteKind.TRAINING_CENTRE),
    ),
    "pentagon": (gettext_lazy("bank sampah"), (SiteKind.WASTE_BANK,)),
    "square": (gettext_lazy("lokasi UMKM, kantor"), (SiteKind.MSME_LOCATION, SiteKind.OFFICE)),
}
MARK_OF = {kind: mark for mark, (_label, kinds) in MARKS.items() for kind in kinds}
# Institutions of one RW whose places are not known would stand on each other.
APART_DEGREES = 0.0007


@dataclass(frozen=True, slots=True)
class SiteMark:
    """One institution: `at` latitude and longitude, `mark` its shape, `on` whether it is filled, `said` in words."""

    id: int
    mark: str
    at: tuple[float, float]
    on: bool
    name: str
    said: str


@dataclass(frozen=True, slots=True)
class SiteRow:
    """An institution with needs of the chosen aid type."""

    site: Site
    figures: AidFigures


def sites_of_choice(choice: MapChoice) -> list[SiteRow]:
    """Active institutions with needs of the aid type, those that miss most first. Two queries."""
    if choice.aid_type is None or choice.province is None:
        return []
    figures = figures_by_site(choice.aid_type, choice.province.code, choice.needs)
    sites = Site.objects.active().select_related("region__parent").in_bulk(list(figures))
    rows = [SiteRow(site, figures[key]) for key, site in sites.items()]
    return sorted(rows, key=lambda row: (-row.figures.missing, row.site.name, row.site.pk))


def site_marks(choice: MapChoice, rows: Sequence[SiteRow]) -> list[SiteMark]:
    """Those whose place is known at least by their RW or village."""
    unit = choice.aid_type.unit_name if choice.aid_type else ""
    measure = Measure.MISSING if choice.measure is Measure.FAMILIES else choice.measure
    return [
        SiteMark(
            id=row.site.pk,
            mark=MARK_OF[SiteKind(row.site.kind)],
            at=place,
            on=is_marked(measure, row.figures),
            name=row.site.name,
            said=in_words(measure, row.figures, unit),
        )
        for row in sorted(rows, key=lambda row: row.site.pk)
        if (place := place_of(row.site)) is not None
    ]


def place_of(site: Site) -> tuple[float, float] | None:
    """Its own position, else one near the middle of its RW or village that is always the same."""
    if site.latitude is not None and site.longitude is not None:
        return site.latitude, site.longitude
    latitude, longitude = position_of(site.region)
    if latitude is None or longitude is None:
        return None
    angle = site.pk * math.pi * (3 - math.sqrt(5))
    return (
        round(latitude + APART_DEGREES * math.sin(angle), 5),
        round(longitude + APART_DEGREES * math.cos(angle), 5),
    )


def site_legend(measure: Measure, marks: Sequence[SiteMark]) -> dict[str, Any]:
    """Each shape with its kinds and how many there are, and what a filled one says; empty without any."""
    counts = Counter(one.mark for one in marks)
    rows = [
        {"mark": mark, "label": label, "count": counts[mark]}
        for mark, (label, _kinds) in MARKS.items()
        if counts[mark]
    ]
    filled = _("Tanda berisi: sudah menerima.") if measure.ramp == "c" else _("Tanda berisi: masih kurang.")
    return {"rows": rows, "filled": filled} if rows else {}


def rows_within(choice: MapChoice, rows: Sequence[SiteRow]) -> list[SiteRow]:
    """Those inside the chosen region, the chosen one first."""
    scope = choice.scope.code if choice.scope else ""
    inside = [row for row in rows if not scope or contains(scope, row.site.region_id)]
    chosen = choice.site.pk if choice.site else 0
    return sorted(inside, key=lambda row: row.site.pk != chosen)


def as_data(marks: Sequence[SiteMark]) -> list[dict[str, Any]]:
    return [asdict(mark) for mark in marks]
