"""The moderators' queue, and one proposal as an officer works with it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.acting import once
from accounts.actions import may, must
from accounts.http import MemberRequest, performing
from accounts.models import Move
from accounts.roles import Permission
from accounts.scope import Scope
from programs.models import Need
from programs.proposals import actions
from programs.proposals.forms.officers import AnswerForm, LinkForm, VerbForm
from programs.proposals.models import Answer, Proposal
from programs.proposals.queries import linked_needs, queue, troubled_comments
from programs.proposals.states import ProposalState
from programs.proposals.views.reading import picture_of
from programs.proposals.wording import mark_of, place_of, said
from programs.wording import need_row

PAGE_SIZE = 25
TABS: dict[str, str | Promise] = {
    "baru": _("Baru"),
    "dilaporkan": _("Dilaporkan"),
    "keberatan": _("Keberatan"),
    "jawab": _("Belum dijawab"),
    "berjalan": _("Dalam tindak lanjut"),
    "semua": _("Semua"),
}
# Buttons of the page, in this order.
VERBS = ("publish", "restore", "uphold", "keep", "hide", "close", "reopen")


def _officer(request: MemberRequest) -> None:
    if not Scope.of(request.user).may(Permission.PROPOSAL_SEE):
        raise PermissionDenied


@require_safe
def desk_proposals(request: MemberRequest) -> HttpResponse:
    """What waits, by kind; the first kind that has something, unless one is chosen."""
    _officer(request)
    kinds = queue(request.user)
    counts = {name: rows.count() for name, rows in kinds.items()}
    wanted = request.GET.get("jenis", "")
    chosen = wanted if wanted in kinds else next((name for name in kinds if counts[name]), "semua")
    order = ("-created_at", "-pk") if chosen == "semua" else ("created_at", "pk")
    page = Paginator(kinds[chosen].for_rows().order_by(*order), PAGE_SIZE).get_page(request.GET.get("hal"))
    context = {
        "tabs": [
            {"label": label, "count": counts[name], "current": name == chosen, "href": f"?jenis={name}"}
            for name, label in TABS.items()
        ],
        "page": page,
        "rows": [(one, place_of(one.region), mark_of(one)) for one in page],
    }
    return render(request, "proposals/desk_list.html", context)


def in_reach(request: MemberRequest, pk: int) -> Proposal:
    return get_object_or_404(Proposal.objects.visible_to(request.user).for_rows(), pk=pk)


@require_http_methods(["GET", "POST"])
def desk_proposal(request: MemberRequest, pk: int) -> HttpResponse:
    """One proposal with its reports, its journal and all that may be done; POST answers it."""
    proposal = in_reach(request, pk)
    found = getattr(proposal, "answer", None)
    form = _answer_form(request, proposal, found)
    status = 200
    if request.method == "POST":
        # Linking and answering are for the same people.
        must(request.user, Proposal.VERBS["link"], proposal)
        status = 422
        if form is not None and form.is_valid():
            data = form.cleaned_data
            status = once(
                request, form, data["verb"],
                lambda: actions.answer(proposal=proposal, verb=data["verb"], by=request.user, text=data["text"],
                                       program=data.get("program")),
                on=proposal,
            )  # fmt: skip
            if status == 200:
                messages.success(request, f"{Answer.VERBS[data['verb']].done}.")
                return redirect("desk_proposal", pk=pk)
    return render(request, "proposals/desk_proposal.html", _page(request, proposal, form), status=status)


def _may_answer(request: MemberRequest, proposal: Proposal) -> bool:
    return may(request.user, Proposal.VERBS["link"], proposal)


def _answer_form(request: MemberRequest, proposal: Proposal, found: Answer | None) -> AnswerForm | None:
    if not _may_answer(request, proposal) or not proposal.is_public:
        return None
    verbs = Answer.VERBS.possible(found.state if found else "")
    data = request.POST if request.method == "POST" else None
    return AnswerForm(data, subject=found, verbs=verbs, initial={"program": proposal.program_id})


def _page(request: MemberRequest, proposal: Proposal, form: AnswerForm | None) -> dict[str, Any]:
    user = request.user
    linking = _may_answer(request, proposal) and proposal.is_public
    reports = proposal.abuse_reports.filter(settled_at=None, comment=None)
    asked = {verb: _why_not(proposal, verb, bool(reports)) for verb in VERBS}
    return {
        "proposal": proposal,
        "place": place_of(proposal.region),
        "mark": mark_of(proposal),
        "picture": picture_of(proposal),
        "verbs": [
            {"label": rule.label, "href": reverse("proposal_verb", args=[proposal.pk, verb]), "danger": rule.danger}
            for verb in VERBS
            if not asked[verb]
            and proposal.state in (rule := Proposal.VERBS[verb]).sources
            and may(user, rule, proposal)
        ],
        "reports": reports,
        "comments": [
            (said(comment, reader=user.pk, moderates=True), comment, list(comment.abuse_reports.filter(settled_at=None)))
            for comment in troubled_comments(proposal)
        ],
        "form": form,
        "is_own": proposal.user_id == user.pk,
        "link_form": LinkForm(user=user, proposal=proposal) if linking else None,
        "needs": [(need, need_row(need)) for need in linked_needs(proposal)],
        "unlink_rule": Proposal.VERBS["unlink"],
        "moves": _journal(proposal),
    }  # fmt: skip


def _why_not(proposal: Proposal, verb: str, reported: bool) -> bool:
    """Whether a verb has nothing to decide now: no reports to answer, no appeal."""
    if verb == "keep":
        return not reported
    return verb == "uphold" and (proposal.state != ProposalState.HIDDEN or proposal.appealed_at is None)


def _journal(proposal: Proposal) -> list[dict[str, Any]]:
    """Everything that happened, newest first, with names and reasons: this page is for colleagues."""
    moves: list[Move] = list(proposal.moves.select_related("actor", "organisation", "region", "site"))
    answer = getattr(proposal, "answer", None)
    if answer is not None:
        moves += list(answer.moves.select_related("actor", "organisation", "region", "site"))
    rows = sorted(moves, key=lambda move: (move.at, move.pk), reverse=True)
    return [
        # Who is no officer stays unnamed here, too: they are known by the name they chose.
        {"label": move.done, "who": f"{move.acted_as}, {move.actor.name}" if move.actor and move.role else move.acted_as,
         "why": move.reason, "moment": move.at}
        for move in rows
    ]  # fmt: skip


@require_POST
def proposal_link(request: MemberRequest, pk: int) -> HttpResponse:
    """Link a need that came of it."""
    proposal = in_reach(request, pk)
    must(request.user, Proposal.VERBS["link"], proposal)
    form = LinkForm(request.POST, user=request.user, proposal=proposal)
    status = 422
    if form.is_valid():
        with performing(request, form) as attempt:
            actions.link(proposal=proposal, need=form.cleaned_data["need"], by=request.user)
        if attempt.done:
            messages.success(request, f"{Proposal.VERBS['link'].done}.")
            return redirect("desk_proposal", pk=pk)
        status = attempt.status
    context = {**_page(request, proposal, _answer_form_unsent(request, proposal)), "link_form": form}
    return render(request, "proposals/desk_proposal.html", context, status=status)


def _answer_form_unsent(request: MemberRequest, proposal: Proposal) -> AnswerForm | None:
    found = getattr(proposal, "answer", None)
    verbs = Answer.VERBS.possible(found.state if found else "")
    return AnswerForm(subject=found, verbs=verbs) if proposal.is_public else None


@require_http_methods(["GET", "POST"])
def proposal_unlink(request: MemberRequest, pk: int, need: int) -> HttpResponse:
    """Take a wrong link away, with a reason."""
    proposal = in_reach(request, pk)
    rule = Proposal.VERBS["unlink"]
    must(request.user, rule, proposal)
    linked = get_object_or_404(Need.objects.for_rows(), pk=need, proposal_links__proposal=proposal)
    form = VerbForm(request.POST if request.method == "POST" else None, subject=proposal, rule=rule)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            reason = form.cleaned_data["reason"]
            status = once(
                request, form, "unlink",
                lambda: actions.unlink(proposal=proposal, need=linked, by=request.user, reason=reason),
            )  # fmt: skip
            if status == 200:
                messages.success(request, f"{rule.done}.")
                return redirect("desk_proposal", pk=pk)
    context = {"proposal": proposal, "form": form, "rule": rule, "need": linked}
    return render(request, "proposals/verb.html", context, status=status)
