"""Verbs on a commitment, each a page of its own with what it asks."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from accounts.actions import may
from accounts.http import MemberRequest, performing
from accounts.once import Repeated
from donations.pledges.changes import CHANGES, why_not
from donations.pledges.forms.changes import RedirectVerbForm
from donations.pledges.forms.placing import FORMS
from donations.pledges.forms.verbs import VerbForm
from donations.pledges.models import Commitment
from donations.pledges.states import COMMITMENT
from donations.pledges.way import facts_of, with_way
from donations.pledges.wording import names_of


@require_http_methods(["GET", "POST"])
def commitment_verb(request: MemberRequest, pk: int, verb: str) -> HttpResponse:
    """Ask what the verb needs (GET), and perform it (POST)."""
    commitment = get_object_or_404(Commitment.objects.visible_to(request.user).for_rows(), pk=pk)
    if verb not in FORMS:
        raise Http404
    rule = COMMITMENT[verb]
    if not may(request.user, rule, commitment):
        raise PermissionDenied
    posted = request.method == "POST"
    if not posted:
        COMMITMENT.check(verb, commitment.state)
    form = FORMS[verb](request.POST if posted else None, commitment=commitment, user=request.user)
    status = perform_form(request, form) if posted else 200
    if posted and status == 200:
        messages.success(request, f"{commitment.number}: {rule.done}.")
        return redirect(back_of(request, commitment.get_absolute_url()))
    back = back_of(request, commitment.get_absolute_url())
    stopped = "" if posted else stopped_by(commitment, verb)
    context = {"commitment": commitment, "form": form, "rule": rule, "back": back, "stopped": stopped}
    return render(request, "commitments/verb.html", context, status=status)


def stopped_by(commitment: Commitment, verb: str) -> str:
    """Why a change that the state allows cannot be made now all the same; empty where it can."""
    if verb not in CHANGES:
        return ""
    found = with_way(Commitment.objects.for_rows().filter(pk=commitment.pk)).get()
    return why_not(verb, facts_of(found), names_of(found).amount)


def perform_form(request: MemberRequest, form: VerbForm | RedirectVerbForm) -> int:
    """Perform a posted form; the status of what came of it: 200, 409, or 422 with the errors in the form."""
    if not form.is_valid():
        return 422
    with performing(request, form) as attempt:
        try:
            form.perform()
        except Repeated:
            return 200
    if attempt.status == 409:
        form.retry()
    return attempt.status


def back_of(request: MemberRequest, default: str) -> str:
    """Where a form leads back to: a page of ours named by `kembali`, else `default`."""
    wanted = request.POST.get("kembali") or request.GET.get("kembali") or ""
    return wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else default
