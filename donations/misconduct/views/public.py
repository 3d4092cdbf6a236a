"""The page that says how to report, what happens then, and what came of reports: counts alone."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from donations.misconduct.queries.published import LEAST, Told, published
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
    context: dict[str, Any] = {
        "until": found.until,
        "total": _count(found.total),
        "days": found.days,
        "kept_years": settings.KSBB_CASE_YEARS,
        "tables": [
            {"title": _("Menurut jenis"), "rows": _rows(found.kinds, lambda kind: kind.label)},
            {"title": _("Menurut keadaan"), "rows": _rows(found.states, CASE_STATE_LABELS.__getitem__)},
            {"title": _("Menurut kota"), "rows": _rows(found.cities, lambda city: city.full_name)},
        ],
    }
    return render(request, "misconduct/about.html", context)


def _count(count: int | None) -> str:
    return number(count) if count is not None else _("kurang dari %(least)s") % {"least": LEAST}


def _rows(found: Told[Any], label: Callable[[Any], Any]) -> list[dict[str, Any]]:
    """Rows of a table. Where a larger count is left out, too, nothing is said of those left out but that."""
    small = _count(None) if found.all_small else _("tidak disebut")
    return [
        {"label": label(key), "value": small if count is None else number(count)}
        for key, count in found.counts.items()
    ]
