"""Asking for a redirection, proposing one, and answering it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from accounts.actions import may
from accounts.http import MemberRequest
from donations.pledges.forms.changes import RedirectForm, RedirectVerbForm
from donations.pledges.models import Commitment, Redirect
from donations.pledges.states import COMMITMENT, REDIRECT
from donations.pledges.views.officers import perform_form, stopped_by

ANSWERS = ("agree", "decline", "withdraw", "accept", "refuse", "retract")


@require_http_methods(["GET", "POST"])
def redirect_new(request: MemberRequest, pk: int) -> HttpResponse:
    """A giver asks, an assessor proposes: which part, and to which need."""
    commitment = get_object_or_404(Commitment.objects.visible_to(request.user).for_rows(), pk=pk)
    if not may(request.user, COMMITMENT["divert"], commitment):
        raise PermissionDenied
    posted = request.method == "POST"
    if not posted:
        COMMITMENT.check("divert", commitment.state)
    form = RedirectForm(request.POST if posted else None, commitment=commitment, user=request.user)
    rule = REDIRECT[form.verb]
    status = perform_form(request, form) if posted else 200
    if posted and status == 200:
        messages.success(request, f"{commitment.number}: {rule.done}.")
        return redirect(commitment)
    context = {
        "commitment": commitment, "form": form, "rule": rule, "back": commitment.get_absolute_url(),
        "stopped": "" if posted else stopped_by(commitment, "divert"),
    }  # fmt: skip
    return render(request, "commitments/verb.html", context, status=status)


@require_http_methods(["GET", "POST"])
def redirect_verb(request: MemberRequest, pk: int, verb: str) -> HttpResponse:
    """Answer a redirection, or take it back."""
    found = get_object_or_404(Redirect.objects.visible_to(request.user).for_rows(), pk=pk)
    if verb not in ANSWERS:
        raise Http404
    rule = REDIRECT[verb]
    if not may(request.user, rule, found):
        raise PermissionDenied
    posted = request.method == "POST"
    if not posted:
        REDIRECT.check(verb, found.state)
    form = RedirectVerbForm(request.POST if posted else None, redirect=found, verb=verb, user=request.user)
    status = perform_form(request, form) if posted else 200
    commitment = found.allocation.commitment
    if posted and status == 200:
        messages.success(request, f"{commitment.number}: {rule.done}.")
        seen = Commitment.objects.visible_to(request.user).filter(pk=commitment.pk).exists()
        return redirect(commitment if seen else "desk")
    context = {
        "commitment": commitment, "form": form, "rule": rule, "back": commitment.get_absolute_url(),
        "redirect": found, "why": found.moves.order_by("pk").values_list("reason", flat=True).first(),
    }  # fmt: skip
    return render(request, "commitments/verb.html", context, status=status)
