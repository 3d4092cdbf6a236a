"""The statistics page and the page of definitions. Every number is a published row or a sum or share of such."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from donations.outside.queries import shown_figures
from donations.statistics import charts
from donations.statistics.definitions import FIGURES, MEASURES, UNIT_LABELS, Measure
from donations.statistics.forms import StatisticsFilters
from donations.statistics.queries import days_of, first_month, people_shares, published_figures
from donations.statistics.views.asking import Asked, ask
from donations.statistics.wording import dimension_label, period_words
from programs.models import Program
from regions.public_version import FORUM, known_parameters, public_page_besides
from regions.queries import census_shares

ALWAYS_DEFINED = ("coverage", "gini_province", "rw_reached", "handovers_verified", "people_reached")


@login_not_required
@public_page_besides(FORUM)
@known_parameters(*StatisticsFilters.base_fields)
def statistics(request: HttpRequest) -> HttpResponse:
    """The published figures of a program or of all, of one form of aid or in rupiah, of a place and a time."""
    asked = ask(request, StatisticsFilters)
    form = asked.form
    if not form.is_valid():
        return render(request, "statistics/unknown.html", {"form": form}, status=form.status)
    return render(request, "statistics/statistics.html", _context(asked))


def _context(asked: Asked) -> dict[str, Any]:
    form, program, sheet = asked.form, asked.program, asked.sheet
    shares = charts.shares(sheet, asked.forms)
    return {
        "form": form,
        "program": program,
        "aid": form.aid,
        "title": asked.title,
        "place": asked.place,
        "sheet": sheet,
        "period": period_words(sheet.since, sheet.until),
        "as_of": sheet.reading.as_of,
        "lead": charts.lead(sheet),
        "figures": charts.figures(sheet),
        "plot": charts.plot(sheet, people_shares(sheet.city)),
        "table": charts.city_table(sheet),
        "districts": charts.district_table(sheet),
        "divergence": charts.divergence(sheet),
        "shares": shares,
        "months": charts.months(sheet, form.shown_months),
        "time": charts.through_time(sheet, census_shares(), first_month(sheet.reading), form.shown_months),
        "reach": charts.reach(sheet),
        "outside": shown_figures(
            program=sheet.program, place=sheet.district or sheet.city, **days_of(sheet.since, sheet.until)
        ),
        "published": published_figures(program),
        "definitions": _definitions(sheet, shares),
        "needs_url": _needs_url(sheet, program),
        "compare_query": _query({name: form.chosen(name) for name in ("program", "bentuk", "wilayah")}),
        "data_query": _query({"program": program.code if program else "", "city": sheet.city}),
    }


@login_not_required
@public_page_besides(FORUM)
def definitions(request: HttpRequest) -> HttpResponse:
    """Every measure and difference: what it means, what it counts, along which dimensions it is published."""
    rows = [
        {
            "measure": measure,
            "unit": UNIT_LABELS[measure.unit],
            "dimensions": [dimension_label(dimension) for dimension in measure.dimensions],
        }
        for measure in FIGURES.values()
    ]
    return render(request, "statistics/definitions.html", {"rows": rows})


def _definitions(sheet: charts.Sheet, shares: dict[str, Any] | None) -> list[Measure]:
    """The measures whose definitions open on the page, each once."""
    found: Iterable[Measure] = (
        *(sheet.measure(step) for step in charts.STEPS),
        *(MEASURES[name] for name in ALWAYS_DEFINED),
        *([shares["measure"]] if shares else []),
    )
    return list({measure.anchor: measure for measure in found}.values())


def _needs_url(sheet: charts.Sheet, program: Program | None) -> str:
    """The list of the needs that the figures count; of some months, their rows."""
    if sheet.since:
        return sheet.question("needs")
    query = {
        "program": program.code if program else "",
        "bantuan": str(sheet.aid.pk) if sheet.aid else "",
        "wilayah": sheet.district or sheet.city,
        "keadaan": "semua",
    }
    return f"{reverse('needs')}{_query(query)}"


def _query(values: dict[str, str]) -> str:
    given = {name: value for name, value in values.items() if value}
    return f"?{urlencode(given)}" if given else ""
