"""Where one is in the flow of proposing, and what comes next."""

from functools import partial
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.steps import standing
from programs.proposals.models import ProposalDraft
from programs.proposals.queries import similar

IDEA, SIMILAR, TEXT, ACCOUNT, NAME, SUMMARY = "judul", "serupa", "isi", "akun", "nama", "ringkasan"
STEPS = (IDEA, SIMILAR, TEXT, ACCOUNT, NAME, SUMMARY)
LABELS: dict[str, Promise] = {
    IDEA: pgettext_lazy("step", "usulan"),
    SIMILAR: gettext_lazy("yang serupa"),
    TEXT: gettext_lazy("penjelasan"),
    ACCOUNT: gettext_lazy("akun"),
    NAME: gettext_lazy("nama dan gambar"),
    SUMMARY: gettext_lazy("ringkasan"),
}


def step_url(draft: ProposalDraft, step: str) -> str:
    return reverse("proposal_step", args=[draft.key, step])


def next_url(request: HttpRequest, draft: ProposalDraft) -> str:
    """The first question without an answer; the account where nobody is signed in; then the summary."""
    if SIMILAR not in draft.answered and TEXT not in draft.answered and similar(draft.title, number=1):
        return step_url(draft, SIMILAR)
    if TEXT not in draft.answered:
        return step_url(draft, TEXT)
    if not request.user.is_authenticated:
        return step_url(draft, ACCOUNT)
    return step_url(draft, SUMMARY if NAME in draft.answered else NAME)


def frame(request: HttpRequest, step: str, draft: ProposalDraft | None = None) -> dict[str, Any]:
    """What every page of the flow shows around its question: place, way back, what is saved."""
    # Begun without an account: then that is a step of the way, also once it is taken.
    begun_by_visitor = draft is not None and (draft.user_id is None or ACCOUNT in draft.answered)
    asks_account = step == ACCOUNT or not request.user.is_authenticated or begun_by_visitor
    path = [one for one in STEPS if one != ACCOUNT or asks_account]
    context = {
        "draft": draft,
        "submit_label": _("Kirim usulan") if step == SUMMARY else _("Lanjut"),
        "back_url": reverse("proposals"),
        "back_label": _("Semua usulan"),
    }
    return context | standing(
        step, path, LABELS,
        saved_at=draft.saved_at if draft else None,
        url_of=partial(step_url, draft) if draft else None,
        passed=ACCOUNT if request.user.is_authenticated else "",
    )  # fmt: skip
