"""The officers' pages of figures from outside the platform: list, write down, correct, show, withdraw."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from accounts.actions import may
from accounts.http import MemberRequest, performing
from accounts.roles import Permission
from accounts.scope import Scope
from accounts.verbs import Verb
from donations.outside import actions
from donations.outside.forms import OutsideFilters, OutsideForm, ReasonForm
from donations.outside.models import OutsideFigure

PAGE_SIZE = 25


@require_GET
def outside_figures(request: MemberRequest) -> HttpResponse:
    """Figures in reach, newest period first."""
    scope = Scope.of(request.user)
    if not scope.may(Permission.OUTSIDE_SEE):
        raise PermissionDenied
    filters = OutsideFilters(request.GET)
    rows = filters.narrow(OutsideFigure.objects.visible_to(request.user).for_rows())
    page = Paginator(rows.order_by("-until", "-pk"), PAGE_SIZE).get_page(request.GET.get("hal"))
    context = {"filters": filters, "page": page, "may_record": scope.may(Permission.OUTSIDE_RECORD)}
    return render(request, "outside/list.html", context)


@require_http_methods(["GET", "POST"])
def outside_new(request: MemberRequest) -> HttpResponse:
    """Write a figure down."""
    if not Scope.of(request.user).may(Permission.OUTSIDE_RECORD):
        raise PermissionDenied
    form = OutsideForm(request.POST or None, user=request.user)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            key = str(form.cleaned_data["key"] or "")
            with performing(request, form) as attempt:
                figure = actions.record(by=request.user, key=key, **form.figure_fields())
            if attempt.done:
                return redirect(figure)
            status = attempt.status
    return render(request, "outside/form.html", {"form": form}, status=status)


@require_GET
def outside_figure(request: MemberRequest, pk: int) -> HttpResponse:
    """One figure, its history, and what may be done with it."""
    figure = _figure(request, pk)
    verbs = [verb for verb in OutsideFigure.VERBS.possible(figure.state) if may(request.user, verb, figure)]
    moves = [
        {"label": move.done, "who": move.acted_as, "why": move.reason, "moment": move.at}
        for move in figure.moves.select_related("organisation", "region", "site").order_by("-at", "-pk")
    ]
    return render(request, "outside/figure.html", {"figure": figure, "verbs": verbs, "moves": moves})


@require_http_methods(["GET", "POST"])
def outside_change(request: MemberRequest, pk: int) -> HttpResponse:
    """Edit what is only recorded; correct, with a reason, what is shown."""
    figure = _figure(request, pk)
    rule = OutsideFigure.VERBS["edit" if figure.state == "recorded" else "correct"]
    if not may(request.user, rule, figure):
        raise PermissionDenied
    form = OutsideForm(request.POST or None, user=request.user, instance=figure)
    why = ReasonForm(request.POST or None) if rule.needs_reason else None
    status = 200
    if request.method == "POST":
        status = 422
        if all([form.is_valid(), why is None or why.is_valid()]):
            reason = why.cleaned_data["reason"] if why else ""
            with performing(request, form) as attempt:
                actions.change(figure=figure, by=request.user, reason=reason, **form.figure_fields())
            if attempt.done:
                return _said(request, rule.done, figure)
            status = attempt.status
    context = {"form": form, "why": why, "figure": figure, "rule": rule}
    return render(request, "outside/form.html", context, status=status)


@require_http_methods(["GET", "POST"])
def outside_verb(request: MemberRequest, pk: int, verb: str) -> HttpResponse:
    """Show a figure on the statistics, or withdraw it with a reason."""
    figure = _figure(request, pk)
    rule = _rule(verb)
    if not may(request.user, rule, figure):
        raise PermissionDenied
    form = ReasonForm(request.POST or None) if rule.needs_reason else None
    status = 200
    if request.method == "POST":
        status = 422
        if form is None or form.is_valid():
            with performing(request, form) as attempt:
                if form is None:
                    actions.publish(figure=figure, by=request.user)
                else:
                    actions.withdraw(figure=figure, by=request.user, reason=form.cleaned_data["reason"])
            if attempt.done:
                return _said(request, rule.done, figure)
            status = attempt.status
    context = {"form": form, "figure": figure, "rule": rule}
    return render(request, "outside/verb.html", context, status=status)


def _rule(name: str) -> Verb:
    """The verb of the address; the others have pages of their own."""
    if name not in ("publish", "withdraw"):
        raise Http404
    return OutsideFigure.VERBS[name]


def _figure(request: MemberRequest, pk: int) -> OutsideFigure:
    return get_object_or_404(OutsideFigure.objects.visible_to(request.user).for_rows(), pk=pk)


def _said(request: MemberRequest, what: Any, figure: OutsideFigure) -> HttpResponse:
    messages.success(request, str(what))
    return redirect(figure)
