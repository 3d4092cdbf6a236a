"""Asking to have a need changed, and answering."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from accounts.acting import once
from accounts.actions import may
from accounts.http import MemberRequest
from programs.adjustments import actions
from programs.adjustments.forms import AnswerForm, AskForm
from programs.adjustments.models import Adjustment
from programs.adjustments.states import ADJUSTMENT, POSSIBLE
from programs.adjustments.wording import asked_for
from programs.models import Need

ANSWERS = ("agree", "decline", "withdraw")


@require_http_methods(["GET", "POST"])
def adjustment_new(request: MemberRequest, pk: int) -> HttpResponse:
    """The recipient's official asks for less, for a pause, or to go on."""
    need = get_object_or_404(Need.objects.visible_to(request.user).for_rows(), pk=pk)
    rule = ADJUSTMENT["ask"]
    if not may(request.user, rule, Adjustment(need=need)):
        raise PermissionDenied
    form = AskForm(request.POST or None, need=need)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            status = once(
                request, form, "ask",
                lambda: actions.ask(need=need, by=request.user, **form.asked()), on=need,
            )  # fmt: skip
            if status == 200:
                messages.success(request, f"{need.number}: {rule.done}.")
                return redirect("desk_need", need.pk)
    waiting = need.adjustments.open().first()
    context = {
        "need": need,
        "form": form,
        "rule": rule,
        "waiting": waiting,
        "possible": POSSIBLE.get(need.state),
    }
    return render(request, "adjustments/ask.html", context, status=status)


@require_http_methods(["GET", "POST"])
def adjustment_verb(request: MemberRequest, pk: int, verb: str) -> HttpResponse:
    """Agree, decline, or take it back."""
    found = get_object_or_404(Adjustment.objects.visible_to(request.user).for_rows(), pk=pk)
    if verb not in ANSWERS:
        raise Http404
    rule = ADJUSTMENT[verb]
    if not may(request.user, rule, found):
        raise PermissionDenied
    posted = request.method == "POST"
    if not posted:
        ADJUSTMENT.check(verb, found.state)
    form = AnswerForm(request.POST if posted else None, adjustment=found, verb=verb)
    status = 200
    if posted:
        status = 422
        if form.is_valid():
            status = once(
                request, form, verb,
                lambda: getattr(actions, verb)(adjustment=found, by=request.user, **form.answer()),
            )  # fmt: skip
            if status == 200:
                messages.success(request, f"{found.need.number}: {rule.done}.")
                return redirect(found)
    asked = found.moves.order_by("pk").first()
    context = {
        "found": found,
        "need": found.need,
        "form": form,
        "rule": rule,
        "asked": asked,
        "wanted": asked_for(found),
    }
    return render(request, "adjustments/answer.html", context, status=status)
