"""Answering by a code: without signing in, without a cookie, by one tap. Never kept by anybody's cache."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import performing
from donations.confirmations import actions, codes, limits
from donations.confirmations.actions.answering import may_correct
from donations.confirmations.forms import AnswerForm, TapForm
from donations.confirmations.models import Confirmation
from donations.confirmations.queries.results import answerable
from donations.confirmations.wording import about, page_title


@login_not_required
@never_cache
@require_safe
def confirmation_lookup(request: HttpRequest) -> HttpResponse:
    """Type the code from a slip."""
    text = request.GET.get("kode", "").replace("\x00", "")[:100]
    if not text.strip():
        return _unlisted(render(request, "confirmations/lookup.html", {"text": ""}))
    found = _found(request, text)
    return redirect(found) if isinstance(found, Confirmation) else found


# The code is all that lets somebody answer: who makes another's browser send it has it already. So the page needs no
# cookie.
@csrf_exempt
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirmation(request: HttpRequest, code: str) -> HttpResponse:
    """The question of a code, its answer, and what may be added to it for a day."""
    found = _found(request, code)
    if isinstance(found, HttpResponse):
        return found
    if request.method != "POST":
        return _page(request, found)
    if not limits.may_answer(request):
        return _too_often(request, code)
    is_first = "jawaban" in request.POST
    form: Any = TapForm(request.POST) if is_first else _form(found, request.POST)
    if not form.is_valid():
        return _page(request, found, None if is_first else form, 422)
    with performing(request, form) as attempt:
        actions.answer(
            confirmation=found, reply=form.reply, by=None, is_first=is_first, visitor=request.user  # type: ignore[arg-type]
        )  # fmt: skip
    if attempt.done:
        return redirect(found)
    found = Confirmation.objects.with_report().get(pk=found.pk)
    return _page(request, found, None if is_first else form, attempt.status, " ".join(attempt.error.messages))  # type: ignore[union-attr]


def _found(request: HttpRequest, text: str) -> Confirmation | HttpResponse:
    """The confirmation of a code; else the page that asks for it again, kindly, and not without end."""
    if not limits.may_look(request):
        return _too_often(request, text)
    code = codes.read(text)
    found = Confirmation.objects.with_report().filter(code=code).first() if code else None
    if found is not None:
        return found
    limits.missed(request)
    context = {"text": text[:40], "missed": True}
    return _unlisted(render(request, "confirmations/lookup.html", context, status=404))


def _too_often(request: HttpRequest, text: str) -> HttpResponse:
    context = {"text": text[:40], "too_often": True}
    response = _unlisted(render(request, "confirmations/lookup.html", context, status=429))
    response["Retry-After"] = str(limits.seconds())
    return response


def _form(found: Confirmation, data: Any = None) -> AnswerForm:
    return AnswerForm(data, side=found.side, reply=found.reply, unit=about(found.handover).unit)


def _page(
    request: HttpRequest,
    found: Confirmation,
    form: AnswerForm | None = None,
    status: int = 200,
    refused: str = "",
) -> HttpResponse:
    may = answerable(found) and may_correct(found)
    if status == 422 and form is None and not refused:
        refused = _("Pilih salah satu jawaban.")
    context = {
        "confirmation": found,
        "handover": found.handover,
        "about": about(found.handover),
        "title": page_title(found),
        "may_answer": may,
        "form": (form or _form(found)) if found.is_answered and may else None,
        "refused": refused,
    }
    return _unlisted(render(request, "confirmations/answer.html", context, status=status))


def _unlisted(response: HttpResponse) -> HttpResponse:
    """For who holds the paper: not for search engines, and the code goes to no other site."""
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response
