"""One's own proposals: what became of them, changes before they are read, appeals, taking back."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.acting import once
from accounts.actions import may, must
from accounts.http import MemberRequest, performing
from programs.proposals import actions
from programs.proposals.forms.flow import EditForm
from programs.proposals.forms.officers import VerbForm
from programs.proposals.models import Proposal, ProposalDraft
from programs.proposals.queries import mine
from programs.proposals.states import ProposalState
from programs.proposals.views.walk import next_url
from programs.proposals.wording import gone_words, proposal_row

PAGE_SIZE = 20


@require_safe
def my_proposals(request: MemberRequest) -> HttpResponse:
    """Everything this person proposed, and what they have begun to write."""
    page = Paginator(mine(request.user), PAGE_SIZE).get_page(request.GET.get("hal"))
    drafts = ProposalDraft.objects.filter(user=request.user, proposal=None)[:10]
    context = {
        "page": page,
        "rows": [_row(proposal) for proposal in page],
        "drafts": [{"title": draft.title, "saved_at": draft.saved_at, "href": next_url(request, draft)}
                   for draft in drafts],
    }  # fmt: skip
    return render(request, "proposals/mine.html", context)


def _row(proposal: Proposal) -> dict[str, Any]:
    return {**proposal_row(proposal), "why": gone_words(proposal.state, proposal.rule, proposal.rule_note)}


@require_safe
def proposal_sent(request: MemberRequest, pk: int) -> HttpResponse:
    """Thanks, and what happens next."""
    proposal = get_object_or_404(Proposal.objects.for_rows(), pk=pk, user=request.user)
    waits = proposal.state == ProposalState.SUBMITTED
    return render(request, "proposals/sent.html", {"proposal": proposal, "waits": waits})


@require_http_methods(["GET", "POST"])
def proposal_edit(request: MemberRequest, pk: int) -> HttpResponse:
    """Change one's own text while nobody reads it."""
    proposal = get_object_or_404(Proposal.objects.for_rows(), pk=pk, user=request.user)
    if request.method == "GET":
        Proposal.VERBS.check("edit", proposal.state)
    first = {"title": proposal.title, **EditForm.written(proposal)}
    form = EditForm(request.POST if request.method == "POST" else None, initial=first)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            with performing(request, form) as attempt:
                actions.edit(proposal=proposal, by=request.user, **form.cleaned_data)
            if attempt.done:
                messages.success(request, f"{Proposal.VERBS['edit'].done}.")
                return redirect(proposal)
            status = attempt.status
    return render(request, "proposals/edit.html", {"proposal": proposal, "form": form}, status=status)


@require_http_methods(["GET", "POST"])
def proposal_verb(request: MemberRequest, pk: int, verb: str) -> HttpResponse:
    """Appeal or withdraw (its author); hide, restore, keep, uphold, publish, close, reopen (moderators)."""
    known = Proposal.objects.for_rows()
    own = known.filter(user=request.user) | known & Proposal.objects.visible_to(request.user)
    proposal = get_object_or_404(own.distinct(), pk=pk)
    rule = Proposal.VERBS[verb]
    must(request.user, rule, proposal)
    if request.method == "GET":
        Proposal.VERBS.check(verb, proposal.state)
    form = VerbForm(request.POST if request.method == "POST" else None, subject=proposal, rule=rule)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            act, name = ACTIONS[verb]
            given = {name: proposal, "by": request.user, **form.words()}
            status = once(request, form, verb, lambda: act(**given))
            if status == 200:
                messages.success(request, f"{rule.done}.")
                at_desk = may(request.user, Proposal.VERBS["hide"], proposal)
                return redirect("desk_proposal", pk=pk) if at_desk else redirect("my_proposals")
    context = {"proposal": proposal, "form": form, "rule": rule}
    return render(request, "proposals/verb.html", context, status=status)


ACTIONS: dict[str, tuple[Any, str]] = {
    "publish": (actions.publish, "proposal"),
    "hide": (actions.hide, "thing"),
    "appeal": (actions.appeal, "thing"),
    "restore": (actions.restore, "thing"),
    "uphold": (actions.uphold, "thing"),
    "keep": (actions.keep, "thing"),
    "close": (actions.close, "proposal"),
    "reopen": (actions.reopen, "proposal"),
    "withdraw": (actions.withdraw, "proposal"),
}
