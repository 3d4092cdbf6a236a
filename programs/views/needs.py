"""The list of needs."""

import re

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts import clock
from programs.forms import NeedFilters
from programs.models import Need
from programs.queries import in_order, near, with_rows
from programs.wording import need_row
from regions.public_version import FORUM, public_page_besides

PAGE_SIZE = 25


@login_not_required
@public_page_besides(FORUM)
def needs(request: HttpRequest) -> HttpResponse:
    """Needs by filters, most urgent first; `?dekat=` of a need: those of its aid type, nearest first."""
    form = NeedFilters(request.GET)
    found = form.needs()
    beside = _need_meant(request.GET.get("dekat", ""))
    if beside:
        found = near(found.filter(aid_type=beside.aid_type).exclude(pk=beside.pk), beside.region)
    else:
        found = in_order(found, form.cleaned_data.get("urut", ""))
    page = Paginator(found.values_list("pk", flat=True), PAGE_SIZE).get_page(request.GET.get("hal"))
    context = {
        "form": form,
        "page": page,
        "rows": [need_row(need) for need in with_rows(page)],
        "beside": beside,
        "place": form.place,
        "filtered": any(request.GET.get(name) for name in form.fields if name != "urut"),
        "as_of": clock.now(),
    }
    return render(request, "programs/needs.html", context)


def _need_meant(text: str) -> Need | None:
    """A public need by its key or its number: "1187", "K-2026-01187"."""
    match = re.fullmatch(r"(?:K-\d{4}-)?0*(\d{1,9})", text.strip())
    if match is None:
        return None
    return Need.objects.public().for_rows().filter(pk=int(match[1])).first()
