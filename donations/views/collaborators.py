"""The public list of collaborators by kind: names of those who agreed, and counts of the others."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts import clock
from accounts.models import CollaboratorKind
from donations.queries.collaborators import (
    ORDER,
    KindCount,
    counts_by_kind,
    givers,
    named_collaborators,
)
from regions.public_version import FORUM, known_parameters, public_page_besides

PAGE_SIZE = 25


@login_not_required
@require_safe
@public_page_besides(FORUM)
@known_parameters("q", "jenis", "urut", "hal")
def collaborators(request: HttpRequest) -> HttpResponse:
    """By name, kind and order as asked; what is not understood is left out, and said."""
    text = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    asked = request.GET.get("jenis", "")
    kind = asked if asked in CollaboratorKind.values else ""
    order = request.GET.get("urut", "")
    order = order if order in ORDER else ""
    everybody = givers()
    kinds = counts_by_kind(everybody)
    page = Paginator(named_collaborators(everybody, kind=kind, text=text, order=order), PAGE_SIZE)
    context = {
        "page": page.get_page(request.GET.get("hal")),
        "text": text,
        "kind": kind,
        "is_unknown": asked != kind or request.GET.get("urut", "") != order,
        "order": order,
        "kinds": kinds,
        "tabs": _tabs(request, kinds, kind),
        "orders": _orders(request, order),
        "named": sum(one.named for one in kinds),
        "unnamed": sum(one.unnamed for one in kinds),
        "as_of": clock.now(),
    }
    return render(request, "donations/collaborators.html", context)


def _tabs(request: HttpRequest, kinds: list[KindCount], current: str) -> list[dict[str, Any]]:
    rows = [
        ("", _("semua"), sum(one.named for one in kinds)),
        *((one.kind, one.label, one.named) for one in kinds),
    ]
    return [
        {"label": label, "count": count, "href": _link(request, jenis=key), "current": key == current}
        for key, label, count in rows
    ]


def _orders(request: HttpRequest, current: str) -> list[dict[str, Any]]:
    labels = {
        "": _("nama"), "komitmen": _("banyaknya komitmen"), "nilai": _("nilai komitmen"),
        "sampai": _("yang terverifikasi"), "baru": _("terbaru"),
    }  # fmt: skip
    return [
        {"label": label, "href": _link(request, urut=key), "current": key == current}
        for key, label in labels.items()
    ]


def _link(request: HttpRequest, **changes: str) -> str:
    """This list with one choice changed, from its first page."""
    query = request.GET.copy()
    query.pop("hal", None)
    for name, value in changes.items():
        query.pop(name, None)
        if value:
            query[name] = value
    return f"?{query.urlencode()}" if query else "."
