"""Setting a target, and the verbs on a need."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from accounts.acting import once
from accounts.actions import may
from accounts.http import MemberRequest, performing
from accounts.roles import Permission
from accounts.scope import Scope
from programs import actions
from programs.models import Need
from programs.officer_forms import NeedForm, NeedVerbForm, ReviseForm, aid_types_for, guide_text
from programs.queries.recipients import named, suggestions


@require_http_methods(["GET", "POST"])
def need_new(request: MemberRequest) -> HttpResponse:
    """Write a target down as a draft; the next page is its preview."""
    if not Scope.of(request.user).may(Permission.NEED_DRAFT):
        raise PermissionDenied
    first = {"recipient": _asked_for(request), "aid_type": request.GET.get("bentuk", "")}
    form = NeedForm(request.POST or None, user=request.user, initial=first)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            key = str(form.cleaned_data["key"] or "")
            with performing(request, form) as attempt:
                need = actions.draft(by=request.user, key=key, **form.draft_fields())
            if attempt.done:
                return redirect("desk_need", need.pk)
            status = attempt.status
    return _form_page(request, form, status)


def _asked_for(request: MemberRequest) -> str:
    """`?penerima=31.74…` from a region's page, written out."""
    found = named(request.GET.get("penerima", ""))
    return found.written if found else ""


@require_http_methods(["GET", "POST"])
def need_edit(request: MemberRequest, pk: int) -> HttpResponse:
    """Change a draft."""
    need = _need(request, pk, "edit")
    if request.method == "GET":
        Need.VERBS.check("edit", need.state)
    form = NeedForm(request.POST or None, user=request.user, need=need)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            with performing(request, form) as attempt:
                actions.edit(need=need, by=request.user, **form.draft_fields())
            if attempt.done:
                return redirect("desk_need", need.pk)
            status = attempt.status
    return _form_page(request, form, status, need=need)


def _form_page(request: MemberRequest, form: NeedForm, status: int, need: Need | None = None) -> HttpResponse:
    aid = form.chosen_aid
    context = {"form": form, "need": need, "aid": aid, "guide": guide_text(aid) if aid else ""}
    return render(request, "desk/need_form.html", context, status=status)


@require_http_methods(["GET", "POST"])
def need_revise(request: MemberRequest, pk: int) -> HttpResponse:
    """Change a published need, with a reason."""
    need = _need(request, pk, "revise")
    if request.method == "GET":
        Need.VERBS.check("revise", need.state)
    form = ReviseForm(request.POST or None, need=need)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            why, changes = form.cleaned_data["why"], form.changes()
            status = once(
                request, form, "revise",
                lambda: actions.revise(need=need, by=request.user, reason=why, changes=changes),
            )  # fmt: skip
            if status == 200:
                messages.success(request, f"{need.number}: {Need.VERBS['revise'].done}.")
                return redirect("desk_need", need.pk)
    return render(request, "desk/need_revise.html", {"need": need, "form": form}, status=status)


@require_http_methods(["GET", "POST"])
def need_verb(request: MemberRequest, pk: int, verb: str) -> HttpResponse:
    """Confirm (GET) and perform (POST): publish, pause, resume, close, reopen."""
    need = _need(request, pk, verb)
    rule = Need.VERBS[verb]
    if request.method == "GET":
        rule = Need.VERBS.check(verb, need.state)
    form = NeedVerbForm(request.POST or None, asks=rule.needs_reason)
    status = 200
    if request.method == "POST":
        if need.state == rule.target and _did_it(request, need, verb):
            return redirect("desk_need", need.pk)
        status = 422
        # A form without fields is never bound by an empty POST, and there is nothing in it to be wrong.
        if not rule.needs_reason or form.is_valid():
            reason = {"reason": form.cleaned_data["reason"]} if rule.needs_reason else {}
            with performing(request, form if form.is_bound else None) as attempt:
                getattr(actions, verb)(need=need, by=request.user, **reason)
            if attempt.done:
                messages.success(request, f"{need.number}: {rule.done}.")
                return redirect("desk_need", need.pk)
            status = attempt.status
    context = {"need": need, "form": form, "rule": rule}
    return render(request, "desk/need_verb.html", context, status=status)


def _did_it(request: MemberRequest, need: Need, verb: str) -> bool:
    """The same form came twice: the last thing that happened is this verb by this person."""
    last = need.moves.order_by("-pk").first()
    return last is not None and (last.verb, last.actor_id) == (verb, request.user.pk)


def _need(request: MemberRequest, pk: int, verb: str) -> Need:
    """The need, if it is in reach (else 404) and this person may do that (else 403)."""
    need = get_object_or_404(Need.objects.visible_to(request.user).for_rows(), pk=pk)
    if not may(request.user, Need.VERBS[verb], need):
        raise PermissionDenied
    return need


@require_GET
def need_recipients(request: MemberRequest) -> HttpResponse:
    """Suggestions while a recipient is typed, as options of a datalist."""
    if not Scope.of(request.user).may(Permission.NEED_DRAFT):
        raise PermissionDenied
    found = suggestions(request.user, request.GET.get("recipient", "")[:250])
    return render(request, "desk/recipient_options.html", {"matches": found})


@require_GET
def need_aid(request: MemberRequest) -> HttpResponse:
    """What one unit of the chosen aid type is, for the form."""
    if not Scope.of(request.user).may(Permission.NEED_DRAFT):
        raise PermissionDenied
    known = {str(aid.pk): aid for aid in aid_types_for(request.user)}
    aid = known.get(request.GET.get("aid_type", ""))
    return render(request, "desk/aid_box.html", {"aid": aid, "guide": guide_text(aid) if aid else ""})
