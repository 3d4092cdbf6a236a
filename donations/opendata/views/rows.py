"""The rows behind one figure as a file."""

from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from donations.opendata.answers import answer, open_to_all
from donations.opendata.asked import Wrong, no_such_filter, root_of
from donations.opendata.figure_rows import csv_lines
from donations.opendata.views.downloads import HXL, TYPES, refusal
from donations.statistics.forms import RowFilters


@open_to_all
def statistics_rows_csv(request: HttpRequest) -> HttpResponseBase:
    """What the page of the rows shows, all of it."""
    form = RowFilters(request.GET)
    tags = request.GET.get(HXL, "1")
    problems = [] if tags in ("0", "1") else [(HXL, _("tuliskan 0 untuk tanpa baris HXL, atau 1."))]
    known = [*form.fields, HXL]
    problems += [(name, no_such_filter(known)) for name in request.GET if name not in known]
    problems += [(name, " ".join(map(str, found))) for name, found in form.errors.items()]
    if problems:
        return refusal(Wrong(problems))
    question = form.question
    lines = csv_lines(question, form.cleaned_data["urut"], root_of(request), hxl=tags == "1")

    def file() -> HttpResponseBase:
        response = StreamingHttpResponse(lines, content_type=TYPES["csv"])
        response["Content-Disposition"] = f'attachment; filename="ksbb-{question.measure}.csv"'
        return response

    return answer(request, file)
