"""Institutions that receive aid: the list, one of them, adding, editing, deactivating."""

from collections.abc import Callable

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.actions import may
from accounts.actions.sites import add, deactivate, edit, reactivate
from accounts.forms.filters import SiteFilters
from accounts.forms.site import SiteForm
from accounts.http import performing
from accounts.models import KeptSite, SiteState
from accounts.queries import reach
from accounts.roles import Permission
from accounts.views.administration.frame import JOURNAL, administering, frame, page_of, timeline, who
from regions.queries import within

manages = administering(Permission.SITE_MANAGE)


@manages
@require_safe
def sites(request: HttpRequest) -> HttpResponse:
    by = who(request)
    filters = SiteFilters(request.GET, reach.parts(by, Permission.SITE_MANAGE))
    values = filters.values
    rows = reach.sites(by).select_related("region")
    if values["kind"]:
        rows = rows.filter(kind=values["kind"])
    if values["area"]:
        rows = rows.filter(within("region", values["area"]))
    if values["state"]:
        rows = rows.filter(is_active=values["state"] == SiteState.ACTIVE)
    if text := values["q"].strip():
        rows = rows.filter(Q(name__icontains=text) | Q(address__icontains=text))
    context = {"page": page_of(request, rows), "filters": filters, "narrowed": any(values.values())}
    return render(request, "administration/sites.html", frame(request, "sites", **context))


@manages
@require_safe
def site(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _site(request, pk))


@manages
@require_http_methods(["GET", "POST"])
def add_site(request: HttpRequest) -> HttpResponse:
    form = SiteForm(request.POST if request.method == "POST" else None, by=who(request))
    status = 200
    if form.is_bound and form.wants_places:
        form.search_only()
    elif form.is_bound:
        status = 422
        if form.is_valid():
            with performing(request, form) as attempt:
                made = add(by=who(request), **form.facts())
            if attempt.done:
                messages.success(request, _("Lembaga sudah ditambahkan."))
                return redirect("site", pk=made.pk)
            status = attempt.status
    return render(request, "administration/site_form.html", frame(request, "sites", form=form), status=status)


@manages
@require_http_methods(["GET", "POST"])
def edit_site(request: HttpRequest, pk: int) -> HttpResponse:
    subject = _site(request, pk)
    initial = {name: getattr(subject, name) for name in ("name", "kind", "address", "residents")}
    form = SiteForm(
        request.POST if request.method == "POST" else None,
        by=who(request),
        initial=initial | {"region": subject.region_id},
    )
    status = 200
    if form.is_bound and form.wants_places:
        form.search_only()
    elif form.is_bound:
        status = 422
        if form.is_valid():
            with performing(request, form) as attempt:
                edit(site=subject, by=who(request), **form.facts())
            if attempt.done:
                messages.success(request, _("Tersimpan."))
                return redirect("site", pk=subject.pk)
            status = attempt.status
    context = frame(request, "sites", form=form, site=subject)
    return render(request, "administration/site_form.html", context, status=status)


def _verb(action: Callable[..., KeptSite]) -> Callable[..., HttpResponse]:
    @manages
    @require_POST
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        subject = _site(request, pk)
        with performing(request) as attempt:
            action(site=subject, by=who(request), reason=request.POST.get("reason", ""))
        if attempt.done:
            messages.success(request, _("Tersimpan."))
            return redirect("site", pk=subject.pk)
        return _page(request, subject, attempt.status)

    return view


deactivate_site = _verb(deactivate)
reactivate_site = _verb(reactivate)


def _page(request: HttpRequest, subject: KeptSite, status: int = 200) -> HttpResponse:
    by = who(request)
    officials = reach.assignments(by).filter(site=subject.pk).not_over().select_related("user")
    context = {
        "site": subject,
        "site_key": str(subject.pk),
        "officials": list(officials.order_by("user__name", "pk")),
        "moves": timeline(subject.moves.select_related(*JOURNAL)),
        "verbs": {verb.name for verb in KeptSite.VERBS.possible(subject.state) if may(by, verb, subject)},
    }
    return render(request, "administration/site.html", frame(request, "sites", **context), status=status)


def _site(request: HttpRequest, pk: int) -> KeptSite:
    return get_object_or_404(reach.sites(who(request)).select_related("region"), pk=pk)
