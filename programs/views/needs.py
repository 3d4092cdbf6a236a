"""The list of needs."""

import re
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts import clock
from programs.forms import NeedFilters
from programs.models import Need
from programs.queries import near, with_rows
from programs.queries.fitting import Meant, fit_of, said
from programs.wording import need_row, quantity_in_unit
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
        found = form.ordered()
    page = Paginator(found.values_list("pk", flat=True), PAGE_SIZE).get_page(request.GET.get("hal"))
    context = {
        "form": form,
        "page": page,
        "rows": [_row(need, form.meant) for need in with_rows(page)],
        "understood": said(form.meant) if form.meant and form.meant.having.words else "",
        "map_query": form.map_query(),
        "place_href": _elsewhere(request),
        "beside": beside,
        "place": form.place,
        "filtered": any(request.GET.get(name) for name in form.fields if name != "urut"),
        "as_of": clock.now(),
    }
    return render(request, "programs/needs.html", context)


def _elsewhere(request: HttpRequest) -> str:
    """The same choice for another place, whose code is added."""
    kept = request.GET.copy()
    for name in ("wilayah", "daerah", "kotak", "titik", "dekat", "hal"):
        kept.pop(name, None)
    return f"?{kept.urlencode()}{'&' if kept else ''}wilayah="


def _row(need: Need, meant: Meant | None) -> dict[str, Any]:
    """A need's row; beside what somebody has, with how much of that it takes and the way to give it."""
    row = need_row(need)
    if meant is None or not need.is_open:
        return row
    takes = fit_of(need, meant)
    whole = meant.quantity is not None and takes == meant.quantity
    return row | {
        "key": need.pk,
        "takes": takes,
        "fit": quantity_in_unit(need.aid_type, takes) if takes else "",
        "takes_all": whole,
    }


def _need_meant(text: str) -> Need | None:
    """A public need by its key or its number: "1187", "K-2026-01187"."""
    match = re.fullmatch(r"(?:K-\d{4}-)?0*(\d{1,9})", text.strip())
    if match is None:
        return None
    return Need.objects.public().for_rows().filter(pk=int(match[1])).first()
