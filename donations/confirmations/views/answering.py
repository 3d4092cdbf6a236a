"""What the pages of an answer have in common: by code, or signed in."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts.http import performing
from accounts.models import User
from donations.confirmations import actions
from donations.confirmations.actions.answering import may_correct
from donations.confirmations.forms import AnswerForm, TapForm
from donations.confirmations.models import Confirmation
from donations.confirmations.queries.results import answerable
from donations.confirmations.wording import about, page_title


@dataclass
class Shown:
    """A confirmation as its page shows it; after an answer that was not taken with what was typed, and why."""

    confirmation: Confirmation
    status: int = 200
    form: AnswerForm | None = None
    refused: str = ""

    def context(self) -> dict[str, Any]:
        one = self.confirmation
        may = answerable(one) and may_correct(one)
        return {
            "confirmation": one, "handover": one.handover, "about": about(one.handover), "title": page_title(one),
            "may_answer": may, "form": (self.form or _form(one)) if one.is_answered and may else None,
            # Where the time is over anyhow the page says so itself.
            "refused": self.refused if may or one.is_answered else "",
        }  # fmt: skip


def take_answer(request: HttpRequest, found: Confirmation, by: User | None) -> Shown | None:
    """Write down what was sent; None where it was taken. `by`: who answers signed in for their side."""
    is_first = "jawaban" in request.POST
    form: Any = TapForm(request.POST) if is_first else _form(found, request.POST)
    typed = None if is_first else form
    if not form.is_valid():
        return Shown(found, 422, typed, _("Pilih salah satu jawaban.") if is_first else "")
    with performing(request, form) as attempt:
        actions.answer(
            confirmation=found, reply=form.reply, by=by, is_first=is_first, visitor=request.user  # type: ignore[arg-type]
        )  # fmt: skip
    if attempt.error is None:
        return None
    found = Confirmation.objects.with_report().get(pk=found.pk)
    return Shown(found, attempt.status, typed, " ".join(attempt.error.messages))


def _form(found: Confirmation, data: Any = None) -> AnswerForm:
    return AnswerForm(data, side=found.side, reply=found.reply, unit=about(found.handover).unit)
