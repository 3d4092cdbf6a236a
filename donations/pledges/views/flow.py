"""The pledge flow: one question a page, each answer kept as soon as it is given."""

from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.actions.registration import register_collaborator
from accounts.errors import Refused
from accounts.forms.collaborator import CollaboratorForm
from accounts.typed import forget_typed
from donations.pledges.actions import NeedFull
from donations.pledges.actions.drafts import answer, send
from donations.pledges.forms.flow import (
    AgreementForm,
    NameForm,
    OrganisationForm,
    QuantityForm,
    RouteForm,
    ScheduleForm,
    SourceForm,
)
from donations.pledges.models import Aimed, PledgeDraft, Route
from donations.pledges.queries import collaborator_organisations
from donations.pledges.views.basket import of_need
from donations.pledges.views.pages import not_open, of_draft, person, quantity_page
from donations.pledges.views.walk import (
    ACCOUNT,
    QUESTIONS,
    SUMMARY,
    frame,
    given,
    next_url,
    organisation_for,
    quantity_url,
    step_url,
)
from donations.pledges.wording import (
    LETTER_VERSION,
    aim_text,
    fingerprint,
    repeat_text,
    route_text,
    schedule_text,
    source_text,
    statement,
    sum_of,
    total_of,
)
from programs.models import Need
from programs.wording import quantity_in_unit

FORMS: dict[str, Any] = {"cara": RouteForm, "sumber": SourceForm, "jadwal": ScheduleForm, "nama": NameForm}
# Which question a refused submission leads back to.
QUESTION_OF_FIELD = {"aggregator": "cara", "schedule": "jadwal", "quantity": "jumlah"}


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


def _quantity(request: HttpRequest, draft: PledgeDraft) -> HttpResponse:
    data = given(request, draft, "jumlah")
    form = QuantityForm(
        data,
        aid_type=draft.aid_type,
        need=draft.need,
        region=draft.region,
        initial={"jumlah": draft.quantity},
    )
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
        # Straight to the form: who has an account finds the way to sign in there.
        return redirect(f"{reverse('account_signup')}?{urlencode({'next': next_url(request, draft)})}")
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
    too_much = next((one for one in draft.promised() if not _fits(one)), None)
    if too_much is not None and too_much.need is not None and request.method != "POST":
        return not_open(request, too_much.need, too_much.quantity, draft=draft, line=too_much, status=200)
    permit = draft.aggregator.valid_permit() if draft.aggregator else None
    letter = statement(draft, organisation, permit)
    form = AgreementForm(request.POST if request.method == "POST" else None, letter=fingerprint(letter))
    refused: Refused | None = None
    if request.method == "POST" and form.is_valid():
        try:
            pledge = send(
                draft=draft,
                by=request.user,
                organisation=organisation,
                statement=letter,
                version=LETTER_VERSION,
            )
        except NeedFull as full:
            one = of_need(draft, full.need)
            return not_open(request, full.need, one.quantity, draft=draft, line=one)
        except Refused as error:
            shut = _no_longer_open(draft) if error.code in ("need_closed", "need_late") else None
            if shut is not None and shut.need is not None:
                return not_open(request, shut.need, shut.quantity, draft=draft, line=shut)
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
        "promised": [_promised_row(draft, one) for one in draft.promised()],
        "total": total_of(draft.promised()),
        "refused": refused,
        "refused_url": step_url(draft, QUESTION_OF_FIELD.get(refused.field or "", "jumlah"))
        if refused
        else "",
        "submit_label": _("Setujui surat dan kirim"),
        "saved_note": _(
            "Belum ada yang terkirim. Tombol ini menyetujui surat di atas dan mengirim satu ikrar."
        ),
    }
    wrong = request.method == "POST" and (form.errors or refused)
    return render(request, "pledges/summary.html", context, status=422 if wrong else 200)


def _fits(one: Aimed) -> bool:
    return one.need is None or (one.need.is_open and (one.quantity or 0) <= one.need.missing)


def _no_longer_open(draft: PledgeDraft) -> Aimed | None:
    """The quantity whose need takes nothing any more, with the need as it is now."""
    for one in draft.promised():
        if one.need is not None:
            one.need = Need.objects.for_rows().get(pk=one.need.pk)
            if not one.need.is_open:
                return one
    return None


def _promised_row(draft: PledgeDraft, one: Aimed) -> dict[str, Any]:
    """One quantity as the summary shows it, with the ways to change it and to leave it out."""
    return {
        "one": one,
        "aim": aim_text(one),
        "quantity": quantity_in_unit(one.aid_type, one.quantity or 0),
        "sum": sum_of(one.quantity or 0, one.aid_type, one.unit_value, one.need),
        "url": quantity_url(draft, one),
        "line": "" if one == draft else one.pk,
    }


def _rows(draft: PledgeDraft, permit: Any) -> list[dict[str, Any]]:
    """The answers, each with the way to change it."""
    named = _("Boleh disebut") if draft.may_be_named else _("Tidak disebut kepada umum")
    return [
        {"label": _("Cara"), "value": route_text(draft, permit), "url": step_url(draft, "cara")},
        {"label": _("Sumber dana"), "value": source_text(draft), "url": step_url(draft, "sumber")},
        {
            "label": _("Rencana kirim"),
            "value": f"{schedule_text(draft)}, {repeat_text(draft)}",
            "sub": draft.note,
            "url": step_url(draft, "jadwal"),
        },
        {"label": _("Nama"), "value": named, "url": step_url(draft, "nama")},
    ]
