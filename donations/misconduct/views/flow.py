"""Reporting: one question a page, without an account, in a draft that nothing ties to who writes it."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.errors import Refused
from accounts.in_memory import too_much
from donations.misconduct import actions, codes
from donations.misconduct.forms.flow import (
    EvidenceForm,
    KindForm,
    NameForm,
    SendForm,
    StoryForm,
    WhereForm,
    WhoForm,
)
from donations.misconduct.limits import too_often, wait, within_limit
from donations.misconduct.models import Case, CaseDraft
from donations.misconduct.queries.things import about
from donations.misconduct.views.access import let_in
from donations.misconduct.views.walk import (
    EVIDENCE,
    KIND,
    NAME,
    SEND,
    STORY,
    WHERE,
    WHO,
    frame,
    next_url,
    step_url,
)
from donations.misconduct.wording import answers_told
from regions.models import Region


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def misconduct_new(request: HttpRequest) -> HttpResponse:
    """The first question, before anything is kept."""
    first = {"tentang": request.GET.get("tentang", "")[:60]}
    form = KindForm(request.POST if request.method == "POST" else None, initial=first)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            if within_limit(request, "draft"):
                return redirect(next_url(request, actions.begin(**form.answers())))
            form.add_error(None, too_often("draft"))
            status = 429
    return wait(_kind_page(request, form, None, status), "draft")


def of_draft(page: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A public page of a draft, never kept in a cache."""

    @login_not_required
    @never_cache
    @wraps(page)
    def view(request: HttpRequest, key: UUID, **rest: Any) -> HttpResponse:
        draft = CaseDraft.objects.filter(key=key).first()
        try:
            return _gone(request) if draft is None else page(request, draft, **rest)
        except actions.Gone:
            return _gone(request)

    return view


def _gone(request: HttpRequest) -> HttpResponse:
    """Sent from another tab or by a second click, or thrown away. Who brings the code is led to the report."""
    code = codes.read(request.POST.get("kode", ""))
    case = Case.objects.filter(code_digest=codes.digest(code)).first() if code else None
    if case is not None:
        return let_in(redirect("misconduct_sent"), case)
    return render(request, "misconduct/gone.html", status=404)


@of_draft
@require_http_methods(["GET", "HEAD", "POST"])
def misconduct_step(request: HttpRequest, draft: CaseDraft, step: str) -> HttpResponse:
    page = PAGES.get(step)
    if page is None or (step == NAME and not request.user.is_authenticated):
        raise Http404
    return page(request, draft)


def _kind_page(request: HttpRequest, form: KindForm, draft: CaseDraft | None, status: int) -> HttpResponse:
    name = str(form["tentang"].value() or (draft.answers.get("about", "") if draft else ""))
    context = {**frame(request, KIND, draft), "form": form, "about": about(name) if name else None}
    return render(request, "misconduct/step_jenis.html", context, status=status)


def _kind(request: HttpRequest, draft: CaseDraft) -> HttpResponse:
    given = request.POST if request.method == "POST" else None
    form = KindForm(given, initial={"kind": draft.answers["kind"], "tentang": draft.answers.get("about", "")})
    if request.method == "POST" and form.is_valid():
        kept = actions.answer_draft(draft=draft, step=KIND, kind=form.cleaned_data["kind"])
        return redirect(next_url(request, kept))
    return _kind_page(request, form, draft, 422 if request.method == "POST" else 200)


def _question(
    step: str, form_class: type[forms.Form], first: Callable[[dict[str, Any]], dict[str, Any]]
) -> Callable[[HttpRequest, CaseDraft], HttpResponse]:
    """A page that asks one form's fields and keeps `answers()`."""

    def page(request: HttpRequest, draft: CaseDraft) -> HttpResponse:
        form: Any = form_class(
            request.POST if request.method == "POST" else None, initial=first(draft.answers)
        )
        if request.method == "POST" and form.is_valid():
            kept = actions.answer_draft(draft=draft, step=step, **form.answers())
            return redirect(next_url(request, kept))
        context = {**frame(request, step, draft), "form": form}
        status = 422 if request.method == "POST" else 200
        return render(request, f"misconduct/step_{step}.html", context, status=status)

    return page


def _where_first(answers: dict[str, Any]) -> dict[str, Any]:
    region = Region.objects.filter(code=answers.get("region", "")).first()
    return {
        "wilayah": f"{region.full_name} ({region.code})" if region else "",
        "place": answers.get("place", ""), "happened_on": answers.get("happened_on", ""),
    }  # fmt: skip


def _evidence(request: HttpRequest, draft: CaseDraft) -> HttpResponse:
    """Files, added as often as one likes; the button goes on where none is chosen."""
    form = EvidenceForm(request.POST if request.method == "POST" else None, request.FILES or None)
    status = 200
    if request.method == "POST":
        status = 422
        if request.FILES and not within_limit(request, "files"):
            form.add_error(None, too_often("files"))
            status = 429
        elif too_much(request):
            form.add_error("bukti", _("Berkas-berkas ini terlalu besar bersama-sama. Kirim satu per satu."))
        elif form.is_valid():
            try:
                return _keep_files(request, draft, form.cleaned_data["bukti"])
            except Refused as refused:
                form.add_error("bukti", refused)
    context = {**frame(request, EVIDENCE, draft), "form": form, "kept": draft.evidence.all()}
    return wait(render(request, "misconduct/step_bukti.html", context, status=status), "files")


def _keep_files(request: HttpRequest, draft: CaseDraft, files: list[tuple[str, bytes]]) -> HttpResponse:
    if files:
        actions.add_evidence(draft=draft, files=files)
        messages.success(request, _("Bukti tersimpan. Tambah lagi, atau lanjut."))
        return redirect(step_url(draft, EVIDENCE))
    return redirect(next_url(request, actions.answer_draft(draft=draft, step=EVIDENCE)))


@of_draft
@require_POST
def misconduct_drop(request: HttpRequest, draft: CaseDraft, pk: int) -> HttpResponse:
    """Take back one piece of evidence before sending."""
    actions.drop_evidence(draft=draft, pk=pk)
    return redirect(step_url(draft, EVIDENCE))


@of_draft
@require_POST
def misconduct_discard(request: HttpRequest, draft: CaseDraft) -> HttpResponse:
    """Throw the draft away with everything in it."""
    actions.discard(draft=draft)
    messages.success(request, _("Draf laporan dihapus. Tidak ada yang terkirim."))
    return redirect("misconduct")


def _send(request: HttpRequest, draft: CaseDraft) -> HttpResponse:
    """Everything once more, the secret code, and the one button that sends."""
    following = next_url(request, draft)
    if not following.endswith(f"/{SEND}/"):
        return redirect(following)
    form = SendForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            if within_limit(request, "send"):
                by = request.user if request.user.is_authenticated else None
                return let_in(redirect("misconduct_sent"), actions.send(draft=draft, by=by))
            form.add_error(None, too_often("send"))
            status = 429
    code = actions.code_of(draft)
    context = {
        **frame(request, SEND, draft), "form": form, "code": code, "told": answers_told(draft),
        "follow_url": request.build_absolute_uri(reverse("misconduct_follow")),
        "urls": {step: step_url(draft, step) for step in (KIND, STORY, WHERE, WHO, EVIDENCE, NAME)},
        "named": request.user.is_authenticated and draft.answers.get("named"),
    }  # fmt: skip
    return wait(render(request, "misconduct/step_kirim.html", context, status=status), "send")


PAGES: dict[str, Callable[[HttpRequest, CaseDraft], HttpResponse]] = {
    KIND: _kind,
    STORY: _question(STORY, StoryForm, lambda kept: {"text": kept.get("text", "")}),
    WHERE: _question(WHERE, WhereForm, _where_first),
    WHO: _question(
        WHO, WhoForm, lambda kept: {name: kept.get(name, "") for name in ("posts", "organisation", "who")}
    ),
    EVIDENCE: _evidence,
    NAME: _question(NAME, NameForm, lambda kept: {"named": "ya" if kept.get("named") else "tidak"}),
    SEND: _send,
}
