"""The page that says how to report, what happens then, and what came of reports: counts alone."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from donations.misconduct.queries.published import LEAST, published
from donations.misconduct.states import CASE_STATE_LABELS
from regions.notation import number
from regions.public_version import known_parameters, public_page


@login_not_required
@require_safe
@public_page
@known_parameters()
def misconduct(request: HttpRequest) -> HttpResponse:
    """Where one begins."""
    found = published()
    columns = [{"label": _("Jenis")}, {"label": _("Laporan"), "number": True}]
    context: dict[str, Any] = {
        "until": found.until,
        "total": _count(found.total),
        "days": found.days,
        "kinds": [[{"text": kind.label}, {"text": _count(count)}] for kind, count in found.kinds.items()],
        "states": [
            [{"text": CASE_STATE_LABELS[state]}, {"text": _count(count)}]
            for state, count in found.states.items()
        ],
        "cities": [
            [{"text": city.full_name}, {"text": _count(count)}] for city, count in found.cities.items()
        ],
        "columns": {
            "kinds": columns,
            "states": [{"label": _("Keadaan")}, columns[1]],
            "cities": [{"label": _("Kota")}, columns[1]],
        },
    }
    return render(request, "misconduct/about.html", context)


def _count(count: int | None) -> str:
    return number(count) if count is not None else _("kurang dari %(least)s") % {"least": LEAST}
