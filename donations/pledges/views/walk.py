"""Where one is in the pledge flow, and what comes next."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import typed
from accounts.models import Organisation
from accounts.steps import standing
from donations.pledges.models import Aimed, PledgeDraft, PledgeDraftLine
from donations.pledges.queries import DRAFT_BY_KEY, collaborator_organisations

ACCOUNT, SUMMARY = "akun", "ringkasan"
QUESTIONS = ("jumlah", "cara", "sumber", "jadwal", "nama")
STEPS = (*QUESTIONS, ACCOUNT, SUMMARY)
LABELS: dict[str, Promise] = {
    "jumlah": gettext_lazy("jumlah"),
    "cara": gettext_lazy("cara memberi"),
    "sumber": gettext_lazy("sumber dana"),
    "jadwal": gettext_lazy("jadwal"),
    "nama": gettext_lazy("nama"),
    ACCOUNT: gettext_lazy("akun"),
    SUMMARY: gettext_lazy("ringkasan"),
}


class Elsewhere(Exception):
    """The page is not to be shown: `response` leads to where the person should be."""

    def __init__(self, response: HttpResponse) -> None:
        self.response = response
        super().__init__()


def find_draft(request: HttpRequest, key: UUID) -> PledgeDraft:
    """The draft with this key, if it is nobody's yet or this person's.

    Raises `Elsewhere` to sign in again (another's visit is 404) and to the pledge that it became.
    """
    try:
        draft = DRAFT_BY_KEY.get(key)
    except PledgeDraft.DoesNotExist as error:
        raise Http404 from error
    if draft.user_id and draft.user_id != request.user.pk:
        if request.user.is_authenticated:
            raise Http404
        step = request.resolver_match.kwargs.get("step", SUMMARY) if request.resolver_match else SUMMARY
        typed.keep_typed(request, f"{draft.key} {step}", by=draft.user_id)
        raise Elsewhere(redirect_to_login(step_url(draft, step)))
    if draft.pledge_id:
        raise Elsewhere(redirect("pledge_thanks", pk=draft.pledge_id))
    return draft


def given(request: HttpRequest, draft: PledgeDraft, step: str) -> QueryDict | None:
    """The answer to show in the form: what was sent, or what was typed before one had to sign in again."""
    return typed.given(request, f"{draft.key} {step}")


def organisation_for(request: HttpRequest, draft: PledgeDraft) -> Organisation | None:
    """For whom this is sent: the chosen organisation, or the only one; None: it has to be asked."""
    if not request.user.is_authenticated:
        return None
    own = collaborator_organisations(request.user)
    if len(own) == 1:
        return own[0]
    return next((one for one in own if one.pk == draft.organisation_id), None)


def promised(draft: PledgeDraft, chosen: str | None) -> Aimed:
    """One quantity of the draft by the key of its line; without one the draft's own."""
    if not chosen:
        return draft
    line = next((one for one in draft.lines.all() if str(one.pk) == chosen), None)
    if line is None:
        raise Http404
    return line


def quantity_url(draft: PledgeDraft, one: Aimed) -> str:
    """Where one quantity of the draft is changed."""
    if isinstance(one, PledgeDraftLine):
        return reverse("pledge_line", args=[draft.key, one.pk])
    return step_url(draft, "jumlah")


def step_url(draft: PledgeDraft, step: str) -> str:
    return reverse("pledge_step", args=[draft.key, step])


def next_url(request: HttpRequest, draft: PledgeDraft) -> str:
    """The first question without an answer; then the account, where one is needed; then the summary."""
    for step in QUESTIONS:
        if step not in draft.answered:
            return step_url(draft, step)
    return step_url(draft, SUMMARY if organisation_for(request, draft) else ACCOUNT)


def frame(
    request: HttpRequest, step: str, draft: PledgeDraft | None = None, *, is_aimed: bool = False
) -> dict[str, Any]:
    """What every page of the flow shows around its question: place, way back, what is saved.

    `is_aimed`: what becomes a draft without a need, which was asked what and where before how much.
    """
    own = collaborator_organisations(request.user) if request.user.is_authenticated else []
    # Begun without an account, or for one of several organisations: then that is a step of the way as well.
    asks_account = step == ACCOUNT or len(own) != 1 or (draft is not None and draft.user_id is None)
    path = [one for one in STEPS if one != ACCOUNT or asks_account]
    after = path[path.index(step) + 1 :]
    context: dict[str, Any] = {
        "draft": draft,
        "submit_label": _("Lanjut ke %(step)s") % {"step": LABELS[after[0]]} if after else "",
    }
    if draft is not None and draft.need_id:
        context |= {
            "back_url": reverse("need", args=[draft.need_id]),
            "back_label": _("Kembali ke kebutuhan"),
        }
    place = standing(
        step, path, LABELS,
        saved_at=draft.saved_at if draft else None,
        url_of=partial(step_url, draft) if draft else None,
        has_account=request.user.is_authenticated,
        passed=ACCOUNT if len(own) == 1 else "",
    )  # fmt: skip
    ahead = 2 if is_aimed or (draft is not None and draft.need_id is None) else 0
    place["step_number"] += ahead
    place["step_total"] += ahead
    return context | place
