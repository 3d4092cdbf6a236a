"""The sessions of a service, and how many came to each."""

from typing import Any

from django.forms import BaseFormSet
from django.http import HttpResponse, QueryDict

from accounts import clock
from accounts.http import MemberRequest, performing
from donations.handovers import writing
from donations.handovers.models import Handover, HandoverLine
from donations.handovers.queries import lines_of
from donations.handovers.session_forms import SessionForm, SessionForms
from donations.handovers.views.steps.frame import lead_on, page
from programs.models import AidKind


def sessions_step(request: MemberRequest, handover: Handover) -> HttpResponse:
    lines = [
        line
        for line in lines_of(handover)
        if line.delivery_line.allocation.commitment.aid_type.kind == AidKind.SERVICE
    ]
    if not lines:
        return lead_on(handover, "sesi")
    formset = _forms(request, lines)
    status = 200
    if request.method == "POST" and "tambah" not in request.POST:
        status = 422
        if formset.is_valid():
            told = [
                form.told for form in formset if not form.cleaned_data.get("DELETE") and form.cleaned_data
            ]
            with performing(request, formset.forms[0] if formset.forms else None) as attempt:
                writing.set_sessions(handover=handover, by=request.user, sessions=told)
            if attempt.done:
                return lead_on(handover, "sesi")
    return page(request, handover, "sesi", status, formset=formset, lines=lines, most=writing.MOST_SESSIONS)


def _forms(request: MemberRequest, lines: list[HandoverLine]) -> "BaseFormSet[SessionForm]":
    kwargs: dict[str, Any] = {"prefix": "sesi", "form_kwargs": {"lines": lines}}
    if request.method == "POST":
        formset = SessionForms(
            _with_another(request.POST) if "tambah" in request.POST else request.POST, **kwargs
        )
    else:
        formset = SessionForms(initial=_initial(lines), **kwargs)
    # A row that nobody wrote into is none.
    for form in formset.forms:
        form.empty_permitted, form.use_required_attribute = True, False
    return formset


def _with_another(post: QueryDict) -> QueryDict:
    """What was sent, with an empty row behind the others: how a row is added without a script."""
    sent, name = post.copy(), "sesi-TOTAL_FORMS"
    count = sent.get(name, "0")
    sent[name] = str(
        min(int(count) + 1 if count.isdecimal() and len(count) < 4 else 1, writing.MOST_SESSIONS)
    )
    return sent


def _initial(lines: list[HandoverLine]) -> list[dict[str, Any]]:
    """The sessions there are; at first one of today."""
    names = ("held_on", "begins", "ends", "women", "men", "place", "trainer")
    kept = [
        {name: getattr(row, name) for name in names}
        | {"line": line.delivery_line_id, "attended": row.attended if row.women is None else None}
        for line in lines
        for row in line.sessions.all()
    ]
    return kept or [{"held_on": clock.today()}]
