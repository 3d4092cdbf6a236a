"""Following a report: by its code, or by the account of who wished to be known."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.errors import Refused
from accounts.http import MemberRequest
from accounts.in_memory import too_much
from donations.misconduct import actions, codes
from donations.misconduct.forms.follow import CodeForm, ContestForm, WriteForm
from donations.misconduct.limits import too_often, wait, within_limit
from donations.misconduct.models import Case, CaseEntry
from donations.misconduct.views.access import case_of, close, let_in
from donations.misconduct.wording import mark, next_step, place_of, reporters_timeline, said


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def misconduct_follow(request: HttpRequest) -> HttpResponse:
    """The report that this browser has opened; else the question for its code."""
    case = case_of(request)
    if case is None:
        return _ask(request)
    return let_in(_page(request, case, reverse("misconduct_follow")), case)


def _ask(request: HttpRequest) -> HttpResponse:
    form = CodeForm(request.POST if "code" in request.POST else None)
    status = 200
    if request.method == "POST":
        status = 422
        if not within_limit(request, "code"):
            form.add_error(None, too_often("code")) if form.is_bound else None
            status = 429
        elif form.is_valid():
            found = Case.objects.filter(code_digest=codes.digest(form.cleaned_data["code"])).first()
            if found is not None:
                return let_in(_opened(request, found), found)
            form.add_error("code", _("Kode ini tidak ditemukan. Periksa setiap hurufnya."))
    # What was typed while the half hour ended waits in the form that asks for the code again.
    context = {
        "form": form,
        "typed": request.POST.get("text", ""),
        "ended": request.method == "POST" and not form.is_bound,
    }
    return wait(render(request, "misconduct/code.html", context, status=status), "code")


def _opened(request: HttpRequest, case: Case) -> HttpResponse:
    """The report of the code that was just given; with what was typed before, where something was."""
    here, text = reverse("misconduct_follow"), request.POST.get("text", "")
    return _shown(request, case, here, WriteForm(initial={"text": text})) if text else redirect(here)


def _page(request: HttpRequest, case: Case, here: str) -> HttpResponse:
    """The report's page, and what its forms ask for."""
    if request.method != "POST":
        return _shown(request, case, here)
    again = request.POST.get("apa") == "lagi"
    form = ContestForm(request.POST, prefix="lagi") if again else WriteForm(request.POST, request.FILES)
    status = _sent(request, case, form)
    if status == 200:
        return redirect(here)
    return _shown(request, case, here, form, status)


def _shown(request: HttpRequest, case: Case, here: str, form: Any = None, status: int = 200) -> HttpResponse:
    """What became of it, messages both ways, and forms for more; `form`: the one that was filled in."""
    write = form if isinstance(form, WriteForm) else WriteForm()
    contest = form if isinstance(form, ContestForm) else ContestForm(prefix="lagi")
    entries = case.entries.exclude(kind__in=(CaseEntry.Kind.REPORT, CaseEntry.Kind.NOTE)).order_by("at", "id")
    if case.emptied_at:
        entries = entries.none()
    context: dict[str, Any] = {
        "case": case, "mark": mark(case), "next": next_step(case), "place": place_of(case.region),
        "entries": [{**said(entry), "author": ""} for entry in entries], "moves": reporters_timeline(case),
        "evidence": case.evidence.filter(added_by=None).count(), "form": write, "here": here,
        "contest": contest if actions.may_contest(case) else None,
    }  # fmt: skip
    return wait(render(request, "misconduct/follow.html", context, status=status), "write")


def _sent(request: HttpRequest, case: Case, form: Any) -> int:
    """Do what a form of the page asks for: the status of what came of it."""
    if not within_limit(request, "write"):
        form.is_valid()
        form.add_error(None, too_often("write"))
        return 429
    if too_much(request):
        form.add_error("bukti", _("Berkas-berkas ini terlalu besar bersama-sama. Kirim satu per satu."))
        return 422
    if not form.is_valid():
        return 422
    try:
        if isinstance(form, ContestForm):
            actions.contest(case=case, text=form.cleaned_data["text"])
        else:
            _write(case, form.cleaned_data)
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused)
        return 422
    messages.success(request, _("Terkirim kepada pemeriksa."))
    return 200


@transaction.atomic
def _write(case: Case, data: dict[str, Any]) -> None:
    """Message and evidence, both or neither."""
    if data["bukti"]:
        actions.attach(case=case, files=data["bukti"])
    if (data.get("text") or "").strip():
        actions.write(case=case, text=data["text"])


@login_not_required
@never_cache
@require_GET
def misconduct_sent(request: HttpRequest) -> HttpResponse:
    """Right after sending: its number, and what happens next until when."""
    case = case_of(request)
    if case is None:
        return redirect("misconduct_follow")
    return render(request, "misconduct/sent.html", {"case": case})


@login_not_required
@never_cache
@require_POST
def misconduct_close(request: HttpRequest) -> HttpResponse:
    """Forget in this browser which report it had opened."""
    return close(redirect("misconduct"))


@require_GET
@never_cache
def my_misconduct(request: MemberRequest) -> HttpResponse:
    """Reports that this person sent under their name."""
    found = Case.objects.filter(reporter=request.user).for_rows().order_by("-received_at", "-pk")
    rows = [(case, mark(case), place_of(case.region)) for case in found]
    return render(request, "misconduct/mine.html", {"rows": rows})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def misconduct_own(request: MemberRequest, code: str) -> HttpResponse:
    """One of them."""
    case = get_object_or_404(Case.objects.for_rows(), number=code, reporter=request.user)
    return _page(request, case, reverse("misconduct_own", args=[case.number]))
