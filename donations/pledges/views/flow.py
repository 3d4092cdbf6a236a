"""The pledge flow: one question a page, each answer kept as soon as it is given."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actions.registration import register_collaborator
from accounts.errors import NotNow, Refused
from accounts.forms.collaborator import CollaboratorForm
from accounts.typed import forget_typed
from donations.pledges.actions import NeedFull
from donations.pledges.actions.drafts import aim_at, answer, send
from donations.pledges.forms.flow import (
    AgreementForm,
    NameForm,
    OrganisationForm,
    QuantityForm,
    RouteForm,
    ScheduleForm,
    SourceForm,
)
from donations.pledges.models import PledgeDraft, Route
from donations.pledges.queries import collaborator_organisations, draft_rows
from donations.pledges.views.start import not_open, person, quantity_in, quantity_page
from donations.pledges.views.walk import (
    ACCOUNT,
    QUESTIONS,
    SUMMARY,
    Elsewhere,
    find_draft,
    frame,
    given,
    next_url,
    organisation_for,
    step_url,
)
from donations.pledges.wording import fingerprint, route_text, schedule_text, source_text, statement, sum_of
from programs.models import Need

Page = Callable[[HttpRequest, PledgeDraft], HttpResponse]
FORMS: dict[str, Any] = {"cara": RouteForm, "sumber": SourceForm, "jadwal": ScheduleForm, "nama": NameForm}
# Which question a refused submission leads back to.
QUESTION_OF_FIELD = {"aggregator": "cara", "schedule": "jadwal", "quantity": "jumlah"}


def of_draft(page: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A public page that is never kept in a cache and leads elsewhere when the draft is not to be shown."""

    @login_not_required
    @never_cache
    @wraps(page)
    def view(request: HttpRequest, key: UUID, **kwargs: Any) -> HttpResponse:
        try:
            return page(request, find_draft(request, key), **kwargs)
        except Elsewhere as elsewhere:
            return elsewhere.response
        except NotNow:
            # It was sent from another tab in this moment: on to the pledge that it became.
            return redirect("pledge_thanks", pk=draft_rows().get(key=key).pledge_id)

    return view


@of_draft
@require_http_methods(["GET", "HEAD", "POST"])
def pledge_step(request: HttpRequest, draft: PledgeDraft, step: str) -> HttpResponse:
    """One question, the account, or the summary."""
    if step == "jumlah":
        return _quantity(request, draft)
    if step == ACCOUNT:
        return _account(request, draft)
    if step == SUMMARY:
        return _summary(request, draft)
    if step not in FORMS:
        raise Http404
    form = FORMS[step](given(request, draft, step), draft=draft)
    if request.method == "POST" and form.is_valid():
        kept = answer(draft=draft, by=person(request), step=step, **form.answers())
        forget_typed(request)
        return redirect(next_url(request, kept))
    context = {**frame(request, step, draft), "form": form}
    wrong = request.method == "POST" and form.errors
    return render(request, f"pledges/{step}.html", context, status=422 if wrong else 200)


@of_draft
@require_POST
def pledge_aim(request: HttpRequest, draft: PledgeDraft) -> HttpResponse:
    """Turn the draft to another need of the same aid type; the quantity, typed or kept, comes along."""
    chosen = request.POST.get("kebutuhan", "")
    needs = Need.objects.public().filter(aid_type=draft.aid_type_id)
    need = get_object_or_404(needs, pk=int(chosen[:18]) if chosen.isdecimal() else 0)
    draft = aim_at(draft=draft, by=person(request), need=need)
    quantity = quantity_in(request)
    if quantity:
        draft = answer(draft=draft, by=person(request), step="jumlah", quantity=quantity)
    fits = draft.quantity is not None and draft.quantity <= need.missing
    return redirect(next_url(request, draft) if fits else step_url(draft, "jumlah"))


def _quantity(request: HttpRequest, draft: PledgeDraft) -> HttpResponse:
    data = given(request, draft, "jumlah")
    form = QuantityForm(data, aid_type=draft.aid_type, need=draft.need, initial={"jumlah": draft.quantity})
    if request.method == "POST" and form.is_valid():
        kept = answer(draft=draft, by=person(request), step="jumlah", **form.answers())
        forget_typed(request)
        return redirect(step_url(draft, "jumlah") if form.quick else next_url(request, kept))
    wrong = request.method == "POST" and form.errors
    return quantity_page(request, form, need=draft.need, draft=draft, status=422 if wrong else 200)


def _account(request: HttpRequest, draft: PledgeDraft) -> HttpResponse:
    """Sign in, sign up, or say for which organisation; whoever has just one goes on at once."""
    context = frame(request, ACCOUNT, draft)
    if not request.user.is_authenticated:
        return render(request, "pledges/account.html", context | {"following": next_url(request, draft)})
    own = collaborator_organisations(request.user)
    if len(own) == 1:
        return redirect(next_url(request, draft))
    data = request.POST if request.method == "POST" else None
    form: OrganisationForm | CollaboratorForm
    form = OrganisationForm(data, organisations=own) if own else CollaboratorForm(data)
    if request.method == "POST" and form.is_valid():
        if isinstance(form, OrganisationForm):
            organisation = form.answers()["organisation"]
        else:
            organisation = register_collaborator(user=request.user, **form.collaborator())
        kept = answer(draft=draft, by=request.user, step=ACCOUNT, organisation=organisation)
        return redirect(next_url(request, kept))
    context |= {"form": form, "choosing": bool(own)}
    return render(request, "pledges/organisation.html", context, status=422 if form.errors else 200)


def _summary(request: HttpRequest, draft: PledgeDraft) -> HttpResponse:
    """Everything once more, the letter, and the one button that sends."""
    if any(step not in draft.answered for step in QUESTIONS):
        return redirect(next_url(request, draft))
    if not request.user.is_authenticated:
        # The session may have ended on the way: the draft waits, and one comes back to this page.
        if request.method == "POST":
            return redirect_to_login(step_url(draft, SUMMARY))
        return redirect(step_url(draft, ACCOUNT))
    organisation = organisation_for(request, draft)
    if organisation is None:
        return redirect(step_url(draft, ACCOUNT))
    if draft.need is not None and request.method != "POST" and not _fits(draft):
        return not_open(request, draft.need, draft.quantity, draft=draft, status=200)
    permit = draft.aggregator.valid_permit() if draft.aggregator else None
    letter = statement(draft, organisation, permit)
    form = AgreementForm(request.POST if request.method == "POST" else None, letter=fingerprint(letter))
    refused: Refused | None = None
    if request.method == "POST" and form.is_valid():
        try:
            pledge = send(draft=draft, by=request.user, organisation=organisation, statement=letter)
        except NeedFull as full:
            return not_open(request, full.need, draft.quantity, draft=draft)
        except Refused as error:
            if error.code in ("need_closed", "need_late") and draft.need is not None:
                return not_open(
                    request, Need.objects.for_rows().get(pk=draft.need.pk), draft.quantity, draft=draft
                )
            refused = error
        else:
            return redirect("pledge_thanks", pk=pledge.pk)
    if draft.route == Route.AGGREGATOR and permit is None and refused is None:
        refused = Refused(
            _("Izin PUB %(name)s sedang tidak berlaku. Pilih cara lain; isian Anda tetap tersimpan.")
            % {"name": draft.aggregator},
            field="aggregator",
        )
        # The letter names the permit, so it has changed too; that is not what is to be mended.
        form = AgreementForm(None, letter=fingerprint(letter))
    context = {
        **frame(request, SUMMARY, draft),
        "form": form.shown_anew() if form.is_bound else form,
        "organisation": organisation,
        "letter": letter.split("\n\n"),
        "rows": _rows(draft, permit),
        "sum": sum_of(draft.quantity or 0, draft.aid_type, draft.unit_value, draft.need),
        "refused": refused,
        "refused_url": step_url(draft, QUESTION_OF_FIELD.get(refused.field or "", "jumlah"))
        if refused
        else "",
        "submit_label": _("Kirim ikrar"),
        "saved_note": _("Belum ada yang terkirim. Satu tekan mengirim satu ikrar."),
    }
    wrong = request.method == "POST" and (form.errors or refused)
    return render(request, "pledges/summary.html", context, status=422 if wrong else 200)


def _fits(draft: PledgeDraft) -> bool:
    return draft.need is not None and draft.need.is_open and (draft.quantity or 0) <= draft.need.missing


def _rows(draft: PledgeDraft, permit: Any) -> list[dict[str, Any]]:
    """The answers, each with the way to change it."""
    named = _("Boleh disebut") if draft.may_be_named else _("Tidak disebut kepada publik")
    return [
        {"label": _("Cara"), "value": route_text(draft, permit), "url": step_url(draft, "cara")},
        {"label": _("Sumber dana"), "value": source_text(draft), "url": step_url(draft, "sumber")},
        {"label": _("Rencana kirim"), "value": schedule_text(draft), "url": step_url(draft, "jadwal")},
        {"label": _("Nama"), "value": named, "sub": draft.note, "url": step_url(draft, "nama")},
    ]
