"""Figures from outside the platform, as the public reads them beside the platform's: never added up."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from donations.outside.models import OutsideFigure
from programs.wording import quantity_in_unit
from regions import notation


@dataclass(frozen=True, slots=True)
class OutsideRow:
    """One figure in words."""

    what: str
    program: str
    place: str
    place_href: str
    since: date
    until: date
    quantity: str
    rupiah: str
    source: str
    source_date: date
    link: str
    document: str
    note: str


def shown_figures(
    *, program: str = "", place: str = "", since: date | None = None, until: date | None = None
) -> list[OutsideRow]:
    """Published figures of a program (default: all) that touch a place and a time, newest first. One query.

    Of a place: those about it, about what lies in it, and about what it lies in, as they also tell of it.
    """
    found = OutsideFigure.objects.public().for_rows()
    if program:
        found = found.filter(program=program)
    if place:
        above = [place[:length] for length in (2, 5, 8) if length <= len(place)]
        found = found.filter(Q(region__in=above) | Q(region__code__startswith=f"{place}."))
    if since and until:
        found = found.filter(since__lte=until, until__gte=since)
    return [_row(figure) for figure in found.order_by("-until", "-pk")]


def _row(figure: OutsideFigure) -> OutsideRow:
    aid = figure.aid_type
    quantity = ""
    if figure.quantity is not None:
        quantity = (
            quantity_in_unit(aid, figure.quantity)
            if aid
            else f"{notation.number(figure.quantity)} {figure.unit}"
        )
    what = str(figure.get_measure_display())
    return OutsideRow(
        what=f"{aid.title}, {what}" if aid else what[:1].upper() + what[1:],
        program=figure.program.title,
        place=figure.region.full_name or figure.region.name,
        place_href=figure.region.get_absolute_url(),
        since=figure.since,
        until=figure.until,
        quantity=quantity,
        rupiah="" if figure.rupiah is None else notation.rupiah(figure.rupiah),
        source=figure.source,
        source_date=figure.source_date,
        link=figure.link,
        document=figure.document,
        note=figure.note,
    )
