"""Organisations: the list, one organisation, registering, editing, suspending."""

from collections.abc import Callable

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.actions import may
from accounts.actions.organisations import ORGANISATION_FIELDS, confirm, edit, register, reinstate, suspend
from accounts.forms.filters import OrganisationFilters
from accounts.forms.organisation import OrganisationForm
from accounts.http import performing
from accounts.models import Organisation
from accounts.queries import reach
from accounts.roles import Permission
from accounts.views.administration.frame import JOURNAL, administering, frame, page_of, timeline, who

manages = administering(Permission.ORGANISATION_MANAGE)


@manages
@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    filters = OrganisationFilters(request.GET)
    values = filters.values
    rows = reach.organisations(who(request)).filter(_kind(values["kind"])).select_related("region")
    if values["state"]:
        rows = rows.filter(state=values["state"])
    if text := values["q"].strip():
        rows = rows.filter(Q(name__icontains=text) | Q(email__icontains=text))
    context = frame(
        request,
        "organisations",
        page=page_of(request, rows),
        filters=filters,
        narrowed=any(values.values()),
        asks_unconfirmed=values["kind"] == "unconfirmed",
    )
    context["waiting"] = next((tab["count"] for tab in context["tabs"] if tab["current"]), None)
    return render(request, "administration/organisations.html", context)


@manages
@require_safe
def organisation(request: HttpRequest, pk: int) -> HttpResponse:
    return organisation_page(request, _organisation(request, pk))


@manages
@require_http_methods(["GET", "POST"])
def register_organisation(request: HttpRequest) -> HttpResponse:
    form = OrganisationForm(request.POST if request.method == "POST" else None, by=who(request))
    status = 422 if form.is_bound else 200
    if form.is_valid():
        with performing(request, form) as attempt:
            made = register(by=who(request), **form.cleaned_data)
        if attempt.done:
            messages.success(request, _("Organisasi sudah didaftarkan."))
            return redirect("organisation", pk=made.pk)
        status = attempt.status
    context = frame(request, "organisations", form=form)
    return render(request, "administration/organisation_form.html", context, status=status)


@manages
@require_http_methods(["GET", "POST"])
def edit_organisation(request: HttpRequest, pk: int) -> HttpResponse:
    subject = _organisation(request, pk)
    initial = {name: getattr(subject, name) for name in ORGANISATION_FIELDS} | {"region": subject.region_id}
    form = OrganisationForm(
        request.POST if request.method == "POST" else None, by=who(request), initial=initial
    )
    status = 422 if form.is_bound else 200
    if form.is_valid():
        with performing(request, form) as attempt:
            edit(organisation=subject, by=who(request), **form.cleaned_data)
        if attempt.done:
            messages.success(request, _("Tersimpan."))
            return redirect("organisation", pk=subject.pk)
        status = attempt.status
    context = frame(request, "organisations", form=form, organisation=subject)
    return render(request, "administration/organisation_form.html", context, status=status)


def _verb(action: Callable[..., Organisation]) -> Callable[..., HttpResponse]:
    @manages
    @require_POST
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        subject = _organisation(request, pk)
        with performing(request) as attempt:
            action(organisation=subject, by=who(request), reason=request.POST.get("reason", ""))
        if attempt.done:
            messages.success(request, _("Tersimpan."))
            return redirect("organisation", pk=subject.pk)
        return organisation_page(request, subject, attempt.status)

    return view


suspend_organisation = _verb(suspend)
reinstate_organisation = _verb(reinstate)
confirm_organisation = _verb(confirm)


def organisation_page(request: HttpRequest, subject: Organisation, status: int = 200) -> HttpResponse:
    by = who(request)
    people = reach.assignments(by).filter(organisation=subject).not_over().select_related("user")
    context = {
        "organisation": subject,
        "permits": list(subject.permits.all()),
        "members": list(people.order_by("user__name", "pk")),
        "moves": timeline(subject.moves.select_related(*JOURNAL)),
        "verbs": {verb.name for verb in Organisation.VERBS.possible(subject.state) if may(by, verb, subject)}
        - ({"confirm"} if subject.is_confirmed else set()),
    }
    return render(
        request, "administration/organisation.html", frame(request, "organisations", **context), status=status
    )


def _organisation(request: HttpRequest, pk: int) -> Organisation:
    return get_object_or_404(reach.organisations(who(request)).select_related("region"), pk=pk)


def _kind(asked: str) -> Q:
    if asked == "unconfirmed":
        return Q(is_confirmed=False)
    flags = {"aggregator": "is_aggregator", "executor": "is_executor", "agency": "is_agency"}
    if asked in flags:
        return Q(**{flags[asked]: True})
    if asked == "collaborator":
        return ~Q(collaborator_kind="")
    return Q(collaborator_kind=asked) if asked else Q()
