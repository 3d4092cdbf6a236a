"""The rows behind a published figure: a list that adds up to it."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts import clock
from donations.statistics.definitions import EVENNESS, coverage_points
from donations.statistics.forms import RowFilters
from donations.statistics.queries import published_parts, published_value
from donations.statistics.rows import (
    MOST_ROWS,
    Question,
    Totals,
    in_order,
    is_too_long,
    lines_of,
    narrower,
    parts_of,
    total_of,
)
from donations.statistics.wording import (
    figure_written,
    index,
    place_name,
    points,
    question_words,
    written,
)
from programs.wording import in_sentence
from regions import notation
from regions.models import Region
from regions.public_version import FORUM, known_parameters, public_page_besides

PAGE_SIZE = 50


@login_not_required
@public_page_besides(FORUM)
@known_parameters(*RowFilters.base_fields, "hal")
def statistics_rows(request: HttpRequest) -> HttpResponse:
    """What makes one figure, largest first; its sum beside the figure that is published."""
    form = RowFilters(request.GET)
    if not form.is_valid():
        return render(request, "statistics/unknown.html", {"form": form}, status=form.status)
    question = form.question
    # Neither the order nor the share that it was opened for makes it another figure.
    request.own_query = question.but(of="").query  # type: ignore[attr-defined]
    parts = parts_of(question)
    inside = narrower(question)
    if inside and is_too_long(parts):
        return _parts_of_place(request, form, inside)
    totals = total_of(question, parts)
    rows = in_order(parts, form.cleaned_data["urut"] or "besar")
    paginator = Paginator(rows, PAGE_SIZE)
    # Already known, and counting a union anew is a second pass over it.
    paginator.count = totals.count  # type: ignore[misc]
    page = paginator.get_page(request.GET.get("hal"))
    lines = lines_of(list(page))
    context = {
        "form": form,
        "question": question,
        "words": question_words(question, form.program_title),
        "page": page,
        "shows": {name: any(getattr(line, name) for line in lines) for name in ("aid", "giver", "place", "at", "whole")},
        "lines": [{"line": line, "value": written(question, line.value), "whole": written(question, line.whole)}
                  for line in lines],
        "now": clock.now(),
        "part": part_of(question, totals.value),
        **_sums(question, totals),
    }  # fmt: skip
    return render(request, "statistics/rows.html", context)


def _parts_of_place(
    request: HttpRequest, form: RowFilters, inside: list[tuple[Region, Question]]
) -> HttpResponse:
    """The figure as it is published, and the same of each region inside."""
    question = form.question
    published = published_value(question)
    values = published_parts(part for _region, part in inside)
    context = {
        "question": question,
        "words": question_words(question, form.program_title),
        "most": MOST_ROWS,
        "total": figure_written(question, published[0]) if published else "",
        "part": part_of(question, published[0]) if published else None,
        "as_of": published[1] if published else None,
        "rows": [
            {
                "name": region.name,
                "href": part.href,
                "value": figure_written(part, values[region.code]) if region.code in values else "",
            }
            for region, part in inside
        ],
    }
    return render(request, "statistics/rows_narrower.html", context)


def part_of(question: Question, value: int) -> dict[str, str] | None:
    """The share that the figure was opened for: of what, how much that is, and the way to its rows."""
    whole = question.whole
    if whole is None:
        return None
    published = published_value(whole)
    of = published[0] if published else total_of(whole, parts_of(whole)).value
    return {
        "share": notation.percent(value, of) or "",
        "value": written(whole, of),
        "label": in_sentence(str(whole.definition.label)),
        "place": place_name(whole.place, exact=whole.exact, placed=whole.placed),
        "href": whole.href,
    }


def _sums(question: Question, totals: Totals) -> dict[str, Any]:
    """The sum of the rows in words, and the published figure if it says something else by now."""
    published = published_value(question)
    summed = _summed(question, totals)
    return {
        "total": written(question, totals.value),
        "whole": written(question, totals.whole) if totals.whole else "",
        "is_index": question.measure in EVENNESS,
        "index": index(totals.index) if totals.index is not None else "",
        # Rounded as the published figure is.
        "share": points(coverage_points(totals.value, totals.whole))
        if question.measure == "coverage"
        else "",
        "as_of": published[1] if published else None,
        "differs": published is not None and published[0] != summed,
    }


def _summed(question: Question, totals: Totals) -> int:
    """What the rows say, in the unit of the published figure."""
    if question.measure == "coverage":
        return coverage_points(totals.value, totals.whole) or 0
    return totals.value if totals.index is None else totals.index
