"""Where one is in the flow of proposing, and what comes next."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from programs.proposals.models import ProposalDraft
from programs.proposals.queries import similar
from regions.notation import when

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
    place = path.index(step)
    before = path[place - 1] if place else ""
    if before == ACCOUNT and request.user.is_authenticated:
        # That page would lead straight back here.
        before = path[place - 2]
    context: dict[str, Any] = {
        "draft": draft,
        "step": step,
        "step_number": place + 1,
        "step_total": len(path),
        "step_label": LABELS[step],
        "saved_note": _saved(draft),
        "submit_label": _("Kirim usulan") if step == SUMMARY else _("Lanjut"),
    }
    if draft is not None and before:
        context["back_url"] = step_url(draft, before)
        context["back_label"] = _("Kembali ke %(step)s") % {"step": LABELS[before]}
    else:
        context["back_url"] = reverse("proposals")
        context["back_label"] = _("Semua usulan")
    return context


def _saved(draft: ProposalDraft | None) -> str:
    if draft is None:
        return _("Belum perlu akun. Belum ada yang terkirim.")
    return _("Tersimpan %(time)s. Belum ada yang terkirim.") % {
        "time": when(timezone.localtime(draft.saved_at), "clock")
    }
