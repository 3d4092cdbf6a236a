"""A pledge of several quantities: what is found next may join the pledge that is being filled in."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from accounts import clock
from accounts.errors import Refused
from donations.pledges.actions.drafts import add_line, aim_at, answer, begin, drop, set_quantity
from donations.pledges.forms.flow import QuantityForm
from donations.pledges.models import Aimed, PledgeDraft, PledgeDraftLine
from donations.pledges.queries import draft_rows
from donations.pledges.views.pages import of_draft, person, quantity_in, quantity_page
from donations.pledges.views.walk import SUMMARY, next_url, promised, quantity_url, step_url
from programs.models import Need

# The key of the draft that this browser fills in.
CURRENT, JOIN, APART = "pledge_draft", "ke", "tersendiri"
# What lies longer is another day's pledge: the next one begins anew.
CURRENT_FOR = timedelta(hours=24)


def current_draft(request: HttpRequest) -> PledgeDraft | None:
    """The pledge that is being filled in here, if it is not sent and belongs to nobody else."""
    key = request.session.get(CURRENT)
    young = clock.now() - CURRENT_FOR
    draft = draft_rows().filter(key=key, pledge=None, saved_at__gt=young).first() if key else None
    return draft if draft is not None and draft.user_id in (None, request.user.pk) else None


def quantity_kept(draft: PledgeDraft | None, need: Need) -> int | None:
    """How much of it is being promised to this need already, for whoever comes back to the first question."""
    lines = draft.promised() if draft else []
    return next((one.quantity for one in lines if one.need_id == need.pk), None)


def keep(request: HttpRequest, **aim: Any) -> PledgeDraft:
    """Keep what was chosen: in the pledge that is being filled in, where its sender says so, else in a new one."""
    current = current_draft(request)
    joins = current is not None and request.POST.get(JOIN) == str(current.key)
    if current is not None and joins and not request.POST.get(APART):
        try:
            add_line(draft=current, by=person(request), **aim)
        except Refused as refused:
            messages.error(request, " ".join(refused.messages))
        return draft_rows().get(pk=current.pk)
    draft = begin(by=person(request), **aim)
    request.session[CURRENT] = str(draft.key)
    return draft


@of_draft
@require_http_methods(["GET", "HEAD", "POST"])
def pledge_line(request: HttpRequest, draft: PledgeDraft, pk: int) -> HttpResponse:
    """How much of one of the further quantities."""
    line = promised(draft, str(pk))
    assert isinstance(line, PledgeDraftLine)
    data = request.POST if request.method == "POST" else None
    form = QuantityForm(
        data, aid_type=line.aid_type, need=line.need, region=line.region, initial={"jumlah": line.quantity}
    )
    if form.is_valid():
        set_quantity(draft=draft, by=person(request), line=line, quantity=form.cleaned_data["jumlah"])
        return redirect(quantity_url(draft, line) if form.quick else next_url(request, draft))
    return quantity_page(
        request, form, need=line.need, draft=draft, line=line, status=422 if form.errors else 200
    )


@of_draft
@require_POST
def pledge_drop(request: HttpRequest, draft: PledgeDraft) -> HttpResponse:
    """Take one quantity out of the pledge."""
    chosen = promised(draft, request.POST.get("baris"))
    line = chosen if isinstance(chosen, PledgeDraftLine) else None
    try:
        drop(draft=draft, by=person(request), line=line)
    except Refused as refused:
        messages.error(request, " ".join(refused.messages))
    return redirect(step_url(draft, SUMMARY))


@of_draft
@require_POST
def pledge_aim(request: HttpRequest, draft: PledgeDraft) -> HttpResponse:
    """Turn one quantity to another need of the same aid type; the quantity, typed or kept, comes along."""
    one = promised(draft, request.POST.get("baris"))
    line = one if isinstance(one, PledgeDraftLine) else None
    chosen = request.POST.get("kebutuhan", "")
    needs = Need.objects.public().filter(aid_type=one.aid_type_id)
    need = get_object_or_404(needs, pk=int(chosen[:18]) if chosen.isdecimal() else 0)
    try:
        aim_at(draft=draft, by=person(request), need=need, line=line)
    except Refused as refused:
        messages.error(request, " ".join(refused.messages))
        return redirect(step_url(draft, SUMMARY))
    quantity = quantity_in(request) or one.quantity
    if quantity:
        _take(request, draft, line, quantity)
    fits = quantity is not None and quantity <= need.missing
    return redirect(next_url(request, draft_rows().get(pk=draft.pk)) if fits else quantity_url(draft, one))


def _take(request: HttpRequest, draft: PledgeDraft, line: PledgeDraftLine | None, quantity: int) -> None:
    if line is None:
        answer(draft=draft, by=person(request), step="jumlah", quantity=quantity)
    else:
        set_quantity(draft=draft, by=person(request), line=line, quantity=quantity)


def of_need(draft: PledgeDraft, need: Need) -> Aimed:
    """The quantity of the draft that is for this need."""
    return next((one for one in draft.promised() if one.need_id == need.pk), draft)
