"""Support, comments, and reports of abuse: for who is signed in."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.acting import once
from accounts.actions import must
from accounts.http import MemberRequest, performing
from accounts.models import User
from accounts.roles import Permission
from accounts.scope import Scope
from programs.proposals import actions
from programs.proposals.forms.officers import VerbForm
from programs.proposals.forms.thread import CommentEditForm, CommentForm, ReportForm
from programs.proposals.limits import too_often, wait, within_limit
from programs.proposals.models import Comment, Proposal
from programs.proposals.queries import supports
from programs.proposals.states import CommentState

COMMENT_ACTIONS: dict[str, Callable[..., Any]] = {
    "hide": actions.hide, "restore": actions.restore, "keep": actions.keep, "uphold": actions.uphold,
    "appeal": actions.appeal,
}  # fmt: skip


def public_proposal(pk: int) -> Proposal:
    return get_object_or_404(Proposal.objects.public().for_rows(), pk=pk)


@require_http_methods(["GET", "POST"])
def proposal_support(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask (GET, where a visitor comes back from signing in), count, or take back."""
    proposal = public_proposal(pk)
    if request.method == "GET":
        behind = supports(request.user, proposal)
        return render(request, "proposals/support.html", {"proposal": proposal, "behind": behind})
    if not within_limit(request, "support"):
        messages.error(request, too_often("support"))
        return wait(render(request, "proposals/support.html", {"proposal": proposal}, status=429), "support")
    if request.POST.get("tarik"):
        actions.take_back_support(proposal=proposal, by=request.user)
        messages.success(request, _("Dukungan Anda ditarik."))
    else:
        with performing(request) as attempt:
            actions.support(proposal=proposal, by=request.user)
        if attempt.done:
            messages.success(request, _("Terima kasih. Dukungan Anda tercatat."))
    return redirect(f"{proposal.get_absolute_url()}#dukungan")


def comment_form(user: User, proposal: Proposal, data: Any = None) -> CommentForm:
    """The form of a comment; an officer in reach is shown by office, others as what they wrote last here."""
    as_officer = Scope.of(user).covers(Permission.PROPOSAL_SEE, proposal)
    last = "" if as_officer else _last_name(user, proposal)
    return CommentForm(data, user=user, as_officer=as_officer, last_name=last)


def _last_name(user: User, proposal: Proposal) -> str:
    """The name under which this person is already known in the thread."""
    if proposal.user_id == user.pk:
        return proposal.display_name
    rows = proposal.comment_rows.filter(user=user).exclude(display_name="").order_by("-pk")
    return rows.values_list("display_name", flat=True).first() or ""


@require_http_methods(["GET", "POST"])
def proposal_comment(request: MemberRequest, pk: int) -> HttpResponse:
    """Say something; the page of its own shows what is wrong with it, with everything that was typed."""
    proposal = public_proposal(pk)
    form = comment_form(request.user, proposal, request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and not within_limit(request, "comment"):
            form.add_error(None, too_often("comment"))
            status = 429
        elif form.is_valid():
            with performing(request, form) as attempt:
                comment = actions.post(
                    proposal=proposal, by=request.user, body=form.cleaned_data["body"],
                    key=form.cleaned_data["key"] or form["key"].initial, **form.author(),
                )  # fmt: skip
            if attempt.done:
                return redirect(comment.get_absolute_url())
            status = attempt.status
    context = {"proposal": proposal, "form": form}
    return wait(render(request, "proposals/comment.html", context, status=status), "comment")


def own_or_moderated(user: User, pk: int) -> Comment:
    """A comment that this person wrote or moderates; 404 for everybody else."""
    comment = get_object_or_404(Comment.objects.for_rows().select_related("proposal"), pk=pk)
    if comment.user_id != user.pk and not Scope.of(user).covers(Permission.PROPOSAL_SEE, comment):
        raise Http404
    return comment


@require_http_methods(["GET", "POST"])
def comment_edit(request: MemberRequest, pk: int) -> HttpResponse:
    comment = own_or_moderated(request.user, pk)
    must(request.user, Comment.VERBS["edit"], comment)
    form = CommentEditForm(request.POST if request.method == "POST" else None, initial={"body": comment.body})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            with performing(request, form) as attempt:
                actions.edit_comment(comment=comment, by=request.user, body=form.cleaned_data["body"])
            if attempt.done:
                return redirect(comment.get_absolute_url())
            status = attempt.status
    context = {"proposal": comment.proposal, "form": form, "comment": comment}
    return render(request, "proposals/comment.html", context, status=status)


@require_http_methods(["GET", "POST"])
def comment_verb(request: MemberRequest, pk: int, act: str) -> HttpResponse:
    """Hide, restore, keep, appeal, uphold, withdraw: confirmed, then performed."""
    comment = own_or_moderated(request.user, pk)
    rule = Comment.VERBS[act]
    must(request.user, rule, comment)
    if request.method == "GET":
        Comment.VERBS.check(act, comment.state)
    form = VerbForm(request.POST if request.method == "POST" else None, subject=comment, rule=rule)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            status = once(request, form, act, lambda: _perform(comment, act, request.user, form.words()))
            if status == 200:
                messages.success(request, f"{rule.done}.")
                return redirect(comment.get_absolute_url())
    context = {"proposal": comment.proposal, "comment": comment, "form": form, "rule": rule}
    return render(request, "proposals/verb.html", context, status=status)


def _perform(comment: Comment, verb: str, by: User, words: dict[str, str]) -> None:
    if verb == "withdraw":
        actions.withdraw_comment(comment=comment, by=by)
    else:
        COMMENT_ACTIONS[verb](thing=comment, by=by, **words)


@require_http_methods(["GET", "POST"])
def proposal_report(request: MemberRequest, pk: int) -> HttpResponse:
    return _report(request, public_proposal(pk))


@require_http_methods(["GET", "POST"])
def comment_report(request: MemberRequest, pk: int) -> HttpResponse:
    shown = Comment.objects.for_rows().filter(
        state=CommentState.PUBLISHED, proposal__state__in=("published", "closed")
    )
    return _report(request, get_object_or_404(shown, pk=pk))


def _report(request: MemberRequest, thing: Proposal | Comment) -> HttpResponse:
    form = ReportForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and not within_limit(request, "report"):
            form.add_error(None, too_often("report"))
            status = 429
        elif form.is_valid():
            with performing(request, form) as attempt:
                actions.report_abuse(thing=thing, by=request.user, **form.cleaned_data)
            if attempt.done:
                messages.success(request, _("Terima kasih. Moderator memeriksa laporan Anda."))
                return redirect(thing.get_absolute_url())
            status = attempt.status
    comment = thing if isinstance(thing, Comment) else None
    proposal = comment.proposal if comment else thing
    context = {"proposal": proposal, "comment": comment, "form": form}
    return wait(render(request, "proposals/report.html", context, status=status), "report")
