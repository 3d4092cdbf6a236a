"""Proposing: one question a page, similar ones before one writes on, sign-in only at the end."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts import typed
from accounts.errors import NotNow, Refused
from accounts.models import User
from programs.proposals.actions.drafts import answer_draft, begin, send
from programs.proposals.actions.writing import is_trusted
from programs.proposals.forms.flow import AgreementForm, BodyForm, IdeaForm, NameForm
from programs.proposals.limits import too_often, wait, within_limit
from programs.proposals.models import ProposalDraft
from programs.proposals.queries import similar
from programs.proposals.views.walk import (
    ACCOUNT,
    IDEA,
    NAME,
    SIMILAR,
    SUMMARY,
    TEXT,
    frame,
    next_url,
    step_url,
)
from programs.proposals.wording import place_of, proposal_row

Page = Callable[[HttpRequest, ProposalDraft], HttpResponse]


def person(request: HttpRequest) -> User | None:
    return request.user if request.user.is_authenticated else None


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def proposal_new(request: HttpRequest) -> HttpResponse:
    """The first question, before anything is kept."""
    first = {name: request.GET[name] for name in ("title", "wilayah", "program") if request.GET.get(name)}
    form = IdeaForm(request.POST if request.method == "POST" else None, initial=first)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            if within_limit(request, "draft"):
                draft = begin(by=person(request), **form.answers())
                return redirect(next_url(request, draft))
            form.add_error(None, too_often("draft"))
            status = 429
    return wait(_idea_page(request, form, None, status), "draft")


def of_draft(page: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A public page that is never kept in a cache and leads elsewhere when the draft is not to be shown."""

    @login_not_required
    @never_cache
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(page)
    def view(request: HttpRequest, key: UUID, step: str) -> HttpResponse:
        rows = ProposalDraft.objects.select_related("region__parent__parent", "program", "organisation")
        draft = get_object_or_404(rows, key=key)
        if draft.user_id and draft.user_id != request.user.pk:
            if request.user.is_authenticated:
                raise Http404
            typed.keep_typed(request, f"{draft.key} {step}", by=draft.user_id)
            return redirect_to_login(step_url(draft, step))
        if draft.proposal_id:
            return redirect("proposal_sent", pk=draft.proposal_id)
        try:
            return page(request, draft, step)
        except NotNow:
            # It was sent from another tab in this moment: on to the proposal that it became.
            draft.refresh_from_db()
            return redirect("proposal_sent", pk=draft.proposal_id)

    return view


@of_draft
def proposal_step(request: HttpRequest, draft: ProposalDraft, step: str) -> HttpResponse:
    """One question, the similar ones, the account, or the summary."""
    page = PAGES.get(step)
    if page is None:
        raise Http404
    return page(request, draft)


def _idea(request: HttpRequest, draft: ProposalDraft) -> HttpResponse:
    data = typed.given(request, f"{draft.key} {IDEA}")
    form = IdeaForm(data, initial=IdeaForm.written(draft))
    if request.method == "POST" and form.is_valid():
        kept = answer_draft(draft=draft, by=person(request), step=IDEA, **form.answers())
        typed.forget_typed(request)
        return redirect(step_url(kept, SIMILAR) if similar(kept.title) else next_url(request, kept))
    return _idea_page(request, form, draft, 422 if request.method == "POST" else 200)


def _idea_page(
    request: HttpRequest, form: IdeaForm, draft: ProposalDraft | None, status: int
) -> HttpResponse:
    shown = form["title"].value() or ""
    rows = [proposal_row(one) for one in similar(str(shown)[:200], number=3)] if shown else []
    context = {**frame(request, IDEA, draft), "form": form, "rows": rows}
    return render(request, "proposals/step_judul.html", context, status=status)


def _similar(request: HttpRequest, draft: ProposalDraft) -> HttpResponse:
    """What is there already: to support it instead, or to go on."""
    if request.method == "POST":
        return redirect(next_url(request, answer_draft(draft=draft, by=person(request), step=SIMILAR)))
    rows = [proposal_row(one) for one in similar(draft.title)]
    context = {**frame(request, SIMILAR, draft), "rows": rows}
    return render(request, "proposals/step_serupa.html", context)


def _text(request: HttpRequest, draft: ProposalDraft) -> HttpResponse:
    form = BodyForm(typed.given(request, f"{draft.key} {TEXT}"), initial=BodyForm.written(draft))
    if request.method == "POST" and form.is_valid():
        kept = answer_draft(draft=draft, by=person(request), step=TEXT, **form.answers())
        typed.forget_typed(request)
        return redirect(next_url(request, kept))
    context = {**frame(request, TEXT, draft), "form": form}
    return render(
        request, "proposals/step_isi.html", context, status=422 if request.method == "POST" else 200
    )


def _account(request: HttpRequest, draft: ProposalDraft) -> HttpResponse:
    following = next_url(request, draft)
    if request.user.is_authenticated:
        return redirect(following)
    context = {**frame(request, ACCOUNT, draft), "following": step_url(draft, NAME)}
    return render(request, "proposals/step_akun.html", context)


def _name(request: HttpRequest, draft: ProposalDraft) -> HttpResponse:
    user = person(request)
    if user is None:
        return redirect(step_url(draft, ACCOUNT))
    data = request.POST if request.method == "POST" else None
    form = NameForm(data, request.FILES or None, user=user, draft=draft)
    status = 200
    if request.method == "POST":
        status = 422
        if request.FILES and not within_limit(request, "picture"):
            form.add_error(None, too_often("picture"))
            status = 429
        elif form.is_valid():
            kept = answer_draft(draft=draft, by=user, step=NAME, **form.answers())
            return redirect(next_url(request, kept))
    context = {**frame(request, NAME, draft), "form": form}
    return wait(render(request, "proposals/step_nama.html", context, status=status), "picture")


def _summary(request: HttpRequest, draft: ProposalDraft) -> HttpResponse:
    """Everything once more, the rules, and the one button that sends."""
    user = person(request)
    if user is None or not {IDEA, TEXT, NAME} <= set(draft.answered):
        return redirect(next_url(request, draft))
    form = AgreementForm(request.POST if request.method == "POST" else None)
    refused: Refused | None = None
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and within_limit(request, "submit"):
            try:
                proposal = send(draft=draft, by=user)
            except Refused as error:
                refused = error
            else:
                return redirect("proposal_sent", pk=proposal.pk)
        elif form.is_valid():
            form.add_error(None, too_often("submit"))
            status = 429
    context: dict[str, Any] = {
        **frame(request, SUMMARY, draft),
        "form": form,
        "refused": refused,
        "refused_url": step_url(draft, TEXT),
        "at_once": is_trusted(user),
        "place": place_of(draft.region),
        "picture": reverse("proposal_draft_picture", args=[draft.key]) if draft.picture else "",
        "urls": {step: step_url(draft, step) for step in (IDEA, TEXT, NAME)},
    }
    return wait(render(request, "proposals/step_ringkasan.html", context, status=status), "submit")


PAGES: dict[str, Page] = {
    IDEA: _idea,
    SIMILAR: _similar,
    TEXT: _text,
    ACCOUNT: _account,
    NAME: _name,
    SUMMARY: _summary,
}
