"""Permits to collect (PUB): recorded, edited, suspended, in force again, revoked."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts import clock
from accounts.actions import may
from accounts.actions.permits import (
    FIELDS,
    edit_permit,
    record_permit,
    reinstate_permit,
    revoke_permit,
    suspend_permit,
)
from accounts.forms.organisation import PermitDayForm, PermitEditForm, PermitForm
from accounts.http import performing
from accounts.models import Permit
from accounts.queries import reach
from accounts.roles import Permission
from accounts.views.administration.frame import JOURNAL, administering, frame, timeline, who

manages = administering(Permission.ORGANISATION_MANAGE)


@manages
@require_safe
def permit(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _permit(request, pk))


@manages
@require_http_methods(["GET", "POST"])
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """`pk` is the organisation's."""
    organisation = get_object_or_404(reach.organisations(who(request)), pk=pk)
    form = PermitForm(request.POST if request.method == "POST" else None)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        with performing(request, form) as attempt:
            record_permit(organisation=organisation, by=who(request), **form.cleaned_data)
        if attempt.done:
            messages.success(request, _("Izin sudah dicatat."))
            return redirect("organisation", pk=organisation.pk)
        status = attempt.status
    context = frame(request, "organisations", form=form, organisation=organisation)
    return render(request, "administration/permit_form.html", context, status=status)


@manages
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    subject = _permit(request, pk)
    initial = {name: getattr(subject, name) for name in FIELDS}
    form = PermitEditForm(request.POST if request.method == "POST" else None, initial=initial)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        with performing(request, form) as attempt:
            edit_permit(permit=subject, by=who(request), **form.cleaned_data)
        if attempt.done:
            messages.success(request, _("Tersimpan."))
            return redirect("permit", pk=subject.pk)
        status = attempt.status
    context = frame(request, "organisations", form=form, permit=subject, organisation=subject.organisation)
    return render(request, "administration/permit_form.html", context, status=status)


HEADINGS = {
    "suspend": gettext_lazy("Bekukan izin"),
    "reinstate": gettext_lazy("Berlakukan izin lagi"),
    "revoke": gettext_lazy("Catat pencabutan izin"),
}


def _verb(name: str, action: Callable[..., Permit]) -> Callable[..., HttpResponse]:
    @manages
    @require_http_methods(["GET", "POST"])
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        subject = _permit(request, pk)
        verb = Permit.VERBS[name]
        form = PermitDayForm(
            request.POST if request.method == "POST" else None, verb=name, initial={"day": clock.today()}
        )
        status = 422 if form.is_bound else 200
        if form.is_valid():
            with performing(request, form) as attempt:
                action(permit=subject, by=who(request), **form.cleaned_data)
            if attempt.done:
                messages.success(request, f"{verb.done}.")
                return redirect("permit", pk=subject.pk)
            status = attempt.status
        context = frame(
            request, "organisations", permit=subject, verb=verb, heading=HEADINGS[name], form=form
        )
        return render(request, "administration/permit_verb.html", context, status=status)

    return view


suspend = _verb("suspend", suspend_permit)
reinstate = _verb("reinstate", reinstate_permit)
revoke = _verb("revoke", revoke_permit)


def _page(request: HttpRequest, subject: Permit, status: int = 200) -> HttpResponse:
    by = who(request)
    context = {
        "permit": subject,
        "organisation": subject.organisation,
        "suspensions": list(subject.suspensions.all()),
        "moves": timeline(subject.moves.select_related(*JOURNAL)),
        "verbs": {verb.name for verb in Permit.VERBS.possible(subject.state) if may(by, verb, subject)},
    }
    return render(
        request, "administration/permit.html", frame(request, "organisations", **context), status=status
    )


def _permit(request: HttpRequest, pk: int) -> Permit:
    return get_object_or_404(reach.permits(who(request)).select_related("organisation__region"), pk=pk)
