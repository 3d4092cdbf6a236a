"""The statistics page and the page of definitions. Every number is a published row or a sum or share of such."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import clock
from donations.statistics import charts
from donations.statistics.definitions import MEASURES, UNIT_LABELS, Measure
from donations.statistics.forms import StatisticsFilters, program_meant
from donations.statistics.queries import Reading, first_month, reading_of
from donations.statistics.wording import dimension_label
from programs.models import AidType, Program, PublishedFigure
from programs.wording import aid_in_sentence, partial_day
from regions.public_version import public_page
from regions.queries import census_shares, city_names

MOST_CHOICES = 120
"""Months that can be chosen: ten years."""
ALWAYS_DEFINED = ("coverage", "gini_province", "rw_reached", "handovers_verified", "people_reached")


@login_not_required
@public_page
def statistics(request: HttpRequest) -> HttpResponse:
    """The published figures of a program or of all, of one form of aid or in rupiah, of a city or of all."""
    programs = list(Program.objects.all())
    types = list(AidType.objects.filter(is_active=True))
    program = program_meant(request.GET, programs)
    reading = reading_of(program.code if program else "")
    names = city_names()
    form = StatisticsFilters(
        request.GET, programs=programs, program=program, types=types, cities=names, months=_months(reading)
    )
    sheet = charts.Sheet(reading, form.aid, form.chosen("wilayah"), names)
    shares = charts.shares(
        sheet, {aid.code: aid.title for aid in types if program and aid.program_id == program.code}
    )
    context = {
        "form": form,
        "program": program,
        "aid": form.aid,
        "aid_words": aid_in_sentence(form.aid) if form.aid else "",
        "title": _title(sheet, program),
        "place": sheet.name_of(sheet.city) if sheet.city else _("seluruh Jakarta"),
        "city": sheet.city,
        "as_of": reading.as_of,
        "lead": charts.lead(sheet),
        "figures": charts.figures(sheet),
        "plot": charts.plot(sheet, census_shares()),
        "table": charts.city_table(sheet),
        "divergence": charts.divergence(sheet),
        "shares": shares,
        "months": charts.months(sheet, form.chosen_months),
        "reach": charts.reach(sheet),
        "published": _published(program),
        "definitions": _definitions(sheet, shares),
        "needs_url": _needs_url(sheet, program),
        "data_query": _query({"program": program.code if program else "", "city": sheet.city}),
    }  # fmt: skip
    return render(request, "statistics/statistics.html", context)


@login_not_required
@public_page
def definitions(request: HttpRequest) -> HttpResponse:
    """Every published measure: what it means, what it counts, along which dimensions it is split."""
    rows = [
        {
            "measure": measure,
            "unit": UNIT_LABELS[measure.unit],
            "dimensions": [dimension_label(dimension) for dimension in measure.dimensions],
        }
        for measure in MEASURES.values()
    ]
    return render(request, "statistics/definitions.html", {"rows": rows})


def _months(reading: Reading) -> list[str]:
    """From the first arrival to the month of the rows (or now), and at least a year; none before anything arrived."""
    first = first_month(reading)
    if not first:
        return []
    end = timezone.localtime(reading.as_of or clock.now())
    last = end.year * 12 + end.month - 1
    begin = min(int(first[:4]) * 12 + int(first[5:]) - 1, last - 11)
    return [
        f"{month // 12}-{month % 12 + 1:02d}"
        for month in range(max(begin, last - MOST_CHOICES + 1), last + 1)
    ]


def _title(sheet: charts.Sheet, program: Program | None) -> str:
    what = (
        sheet.aid.title
        if sheet.aid
        else _("KSBB %(name)s") % {"name": program.title}
        if program
        else _("Semua program")
    )
    place = sheet.name_of(sheet.city) if sheet.city else _("seluruh Jakarta")
    return f"{what}, {place}"


def _published(program: Program | None) -> list[dict[str, Any]]:
    """Figures that somebody else published, of the program or of all."""
    found = PublishedFigure.objects.select_related("program").order_by("program__position", "position", "pk")
    if program:
        found = found.filter(program=program)
    return [
        {
            "label": figure.text("label"),
            "value": figure.text("value"),
            "note": figure.text("note"),
            "program": "" if program else figure.program.title,
            "source": figure.source,
            "published": partial_day(figure.published),
        }
        for figure in found
    ]


def _definitions(sheet: charts.Sheet, shares: dict[str, Any] | None) -> list[Measure]:
    """The measures whose definitions open on the page, each once."""
    found: Iterable[Measure] = (
        *(sheet.measure(step) for step in charts.STEPS),
        *(MEASURES[name] for name in ALWAYS_DEFINED),
        *([shares["measure"]] if shares else []),
    )
    return list({measure.anchor: measure for measure in found}.values())


def _needs_url(sheet: charts.Sheet, program: Program | None) -> str:
    """The list of the needs that the figures count."""
    query = {
        "program": program.code if program else "",
        "bantuan": str(sheet.aid.pk) if sheet.aid else "",
        "wilayah": sheet.city,
        "keadaan": "semua",
    }
    return f"{reverse('needs')}{_query(query)}"


def _query(values: dict[str, str]) -> str:
    given = {name: value for name, value in values.items() if value}
    return f"?{urlencode(given)}" if given else ""
