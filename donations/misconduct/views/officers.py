"""The inspectors' desk. Every opening is written down; whom a case concerns meets a page that does not exist."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from accounts import clock
from accounts.acting import once
from accounts.http import MemberRequest
from accounts.in_memory import too_much
from accounts.roles import Permission
from accounts.scope import Scope
from accounts.sealing import Unreadable
from donations.misconduct import actions
from donations.misconduct.forms.officers import CaseFilters, SayForm, VerbForm
from donations.misconduct.models import Case, CaseEntry, CaseView
from donations.misconduct.states import CASE
from donations.misconduct.wording import facts_of, mark, office_timeline, place_of, said

PAGE = 25
STEPS = ("acknowledge", "coordinate", "resolve", "reject", "forward", "reopen")
PAGES_OF_VERBS = (*STEPS, "enclose")


@require_GET
@never_cache
def misconduct_cases(request: MemberRequest) -> HttpResponse:
    """Cases in reach, what is due first."""
    if not Scope.of(request.user).may(Permission.MISCONDUCT_HANDLE):
        raise PermissionDenied
    form = CaseFilters(request.GET)
    reach = Case.objects.visible_to(request.user)
    page = Paginator(form.cases(reach).for_rows(), PAGE).get_page(request.GET.get("hal"))
    context = {
        "form": form, "page": page, "rows": [(case, mark(case), place_of(case.region)) for case in page],
        "open": reach.open().count(), "overdue": reach.overdue().count(), "as_of": clock.now(),
    }  # fmt: skip
    return render(request, "misconduct/cases.html", context)


def _case(request: MemberRequest, number: str) -> Case:
    rows = Case.objects.visible_to(request.user).for_rows()
    return get_object_or_404(rows.select_related("reporter", "need", "delivery", "handover"), number=number)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def misconduct_case(request: MemberRequest, code: str) -> HttpResponse:
    """The report, its evidence, messages, notes, history and what can be done; writing to the reporter."""
    case = _case(request, code)
    form = SayForm(request.POST if request.method == "POST" else None, subject=case)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            verb, text = form.verb, form.cleaned_data["text"]
            status = once(
                request, form, verb, lambda: getattr(actions, verb)(case=case, by=request.user, text=text)
            )
            if status == 200:
                messages.success(request, _("Terkirim.") if verb == "reply" else _("Catatan disimpan."))
                return redirect("misconduct_case", case.number)
    actions.opened(case=case, by=request.user)
    return render(request, "misconduct/case.html", _shown(case, form), status=status)


def _shown(case: Case, form: SayForm) -> dict[str, Any]:
    entries = list(case.entries.select_related("author").order_by("at", "id"))
    report = next(entry for entry in entries if entry.kind == CaseEntry.Kind.REPORT)
    kept = case.emptied_at is None
    told = report.told if kept else {}
    return {
        "case": case, "mark": mark(case), "form": form, "told": told, "facts": facts_of(case, told),
        "entries": [said(entry) for entry in entries if kept and entry is not report],
        "evidence": case.evidence.select_related("added_by") if kept else (), "moves": office_timeline(case),
        "verbs": [verb for verb in CASE.possible(case.state) if kept and verb.name in STEPS],
    }  # fmt: skip


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def misconduct_verb(request: MemberRequest, code: str, verb: str) -> HttpResponse:
    """A page that asks, and the deed."""
    case = _case(request, code)
    if verb not in PAGES_OF_VERBS:
        raise Http404
    rule = CASE[verb]
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = VerbForm(*sent, rule=rule, subject=case)
    status = 200 if case.state in rule.sources else 409
    if request.method == "POST":
        status = 422
        if too_much(request):
            form.add_error(None, _("Berkas-berkas ini terlalu besar bersama-sama. Kirim satu per satu."))
        elif form.is_valid():
            act = getattr(actions, verb)
            status = once(request, form, verb, lambda: act(case=case, by=request.user, **form.words()))
            if status == 200:
                messages.success(request, _("%(done)s: %(case)s") % {"done": rule.done, "case": case.number})
                return _after(request, case)
    return render(request, "misconduct/verb.html", {"case": case, "rule": rule, "form": form}, status=status)


def _after(request: MemberRequest, case: Case) -> HttpResponse:
    """Back to the case, or to the list where it went out of reach."""
    if Case.objects.visible_to(request.user).filter(pk=case.pk).exists():
        return redirect("misconduct_case", case.number)
    return redirect("misconduct_cases")


@require_GET
def misconduct_evidence(request: MemberRequest, code: str, pk: int) -> HttpResponse:
    """One piece of evidence, decrypted for this answer alone."""
    case = _case(request, code)
    evidence = get_object_or_404(case.evidence, pk=pk)
    actions.opened(case=case, by=request.user, evidence=evidence)
    try:
        content = evidence.content()
    except (FileNotFoundError, ValueError) as error:
        raise Http404 from error
    except Unreadable as error:
        context = {"status": 503, "heading": str(error), "text": _("Beri tahu pengelola server.")}
        return render(request, "error.html", context, status=503)
    response = HttpResponse(content, content_type=evidence.media_type)
    kind = "inline" if evidence.suffix == "jpg" else "attachment"
    response["Content-Disposition"] = f'{kind}; filename="{case.number}-{evidence.pk}.{evidence.suffix}"'
    response["Cache-Control"] = "no-store, private"
    return response


@require_GET
@never_cache
def misconduct_log(request: MemberRequest) -> HttpResponse:
    """For those who watch over the inspectors: who opened what, and what is late; nothing of what it says."""
    if not Scope.of(request.user).may(Permission.MISCONDUCT_OVERSEE):
        raise PermissionDenied
    reach = Case.objects.overseen_by(request.user)
    views = CaseView.objects.filter(case__in=reach).select_related("case__office", "user", "evidence")
    page = Paginator(views.order_by("-at", "-pk"), PAGE * 2).get_page(request.GET.get("hal"))
    late = reach.overdue().select_related("office").order_by("due_on", "pk")
    context = {"page": page, "late": late[:PAGE], "late_count": late.count(), "as_of": clock.now()}
    return render(request, "misconduct/log.html", context)
