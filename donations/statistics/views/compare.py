"""Two periods beside one another, and the seminar's charts beside the platform's own."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from donations.statistics import charts
from donations.statistics.charts.sheet import Sheet
from donations.statistics.definitions import MEASURES
from donations.statistics.forms import CompareFilters
from donations.statistics.queries import published_figures, reading_of
from donations.statistics.rows import Question
from donations.statistics.seminar import MEASURE, PROGRAM, PUBLISHED, SOURCE
from donations.statistics.views.asking import ask
from donations.statistics.wording import linked
from programs.models import AidType, Program
from programs.wording import partial_day
from regions import notation
from regions.public_version import FORUM, known_parameters, public_page_besides
from regions.queries import city_names


@login_not_required
@public_page_besides(FORUM)
@known_parameters(*CompareFilters.base_fields)
def statistics_compare(request: HttpRequest) -> HttpResponse:
    """The five numbers of two periods: difference, and ratio where there is a base."""
    asked = ask(request, CompareFilters)
    form = asked.form
    if not form.is_valid():
        return render(request, "statistics/unknown.html", {"form": form}, status=form.status)
    assert isinstance(form, CompareFilters)
    sheet = asked.sheet
    context = {
        "form": form,
        "title": asked.title,
        "as_of": sheet.reading.as_of,
        "found": charts.compared(sheet, *form.spans) if form.months else None,
    }
    return render(request, "statistics/compare.html", context)


@login_not_required
@public_page_besides(FORUM)
@known_parameters()
def statistics_seminar(request: HttpRequest) -> HttpResponse:
    """The charts of the seminar of 2021: what was published then, and what the platform counts now."""
    program = Program.objects.filter(code=PROGRAM).first()
    reading = reading_of(PROGRAM)
    sheet = Sheet(reading, None, "", city_names(), program=PROGRAM)
    forms = {aid.code: aid for aid in AidType.objects.filter(program=program)} if program else {}
    context = {
        "program": program,
        "as_of": reading.as_of,
        "charts": charts.seminar_charts(sheet, forms),
        "whole": linked(
            notation.number(sheet.reading.total(sheet.cities, MEASURE)),
            Question(MEASURE, PROGRAM, placed=True).href,
        ),
        "measure": MEASURES[MEASURE],
        "source": SOURCE,
        "published_on": partial_day(PUBLISHED),
        "published": published_figures(program) if program else [],
    }
    return render(request, "statistics/seminar.html", context)
