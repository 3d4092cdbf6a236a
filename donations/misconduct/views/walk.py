"""Where one is in the flow of reporting, and what comes next."""

from functools import partial
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from accounts.steps import standing
from donations.misconduct.models import CaseDraft

KIND, STORY, WHERE, WHO, EVIDENCE, NAME, SEND = "jenis", "cerita", "tempat", "siapa", "bukti", "nama", "kirim"
STEPS = (KIND, STORY, WHERE, WHO, EVIDENCE, NAME, SEND)
LABELS: dict[str, Promise] = {
    KIND: pgettext_lazy("step", "jenis"),
    STORY: pgettext_lazy("step", "cerita"),
    WHERE: pgettext_lazy("step", "tempat dan waktu"),
    WHO: pgettext_lazy("step", "tentang siapa"),
    EVIDENCE: pgettext_lazy("step", "bukti"),
    NAME: pgettext_lazy("step", "nama"),
    SEND: pgettext_lazy("step", "kode dan kirim"),
}


def path_for(request: HttpRequest) -> list[str]:
    """Who is not signed in is not asked for a name: there is none to give."""
    return [step for step in STEPS if step != NAME or request.user.is_authenticated]


def step_url(draft: CaseDraft, step: str) -> str:
    return reverse("misconduct_step", args=[draft.key, step])


def next_url(request: HttpRequest, draft: CaseDraft) -> str:
    """The first question without an answer; the last page where all are answered."""
    missing = (step for step in path_for(request) if step != SEND and step not in draft.answered)
    return step_url(draft, next(missing, SEND))


def frame(request: HttpRequest, step: str, draft: CaseDraft | None = None) -> dict[str, Any]:
    """What every page of the flow shows around its question."""
    context = {
        "draft": draft,
        "submit_label": _("Kirim laporan") if step == SEND else _("Lanjut"),
        "back_url": reverse("misconduct"),
        "back_label": _("Tentang melapor"),
    }
    return context | standing(
        step, path_for(request), LABELS,
        saved_at=draft.saved_at if draft else None,
        url_of=partial(step_url, draft) if draft else None,
    )  # fmt: skip
