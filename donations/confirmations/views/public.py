"""Answering by a code: without signing in, without a cookie, by one tap. Never kept by anybody's cache."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from donations.confirmations import codes, limits
from donations.confirmations.models import Confirmation
from donations.confirmations.views.answering import Shown, take_answer


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
    shown: Shown | None = Shown(found)
    if request.method == "POST":
        if not limits.may_answer(request):
            return _too_often(request, code)
        shown = take_answer(request, found, None)
    if shown is None:
        return redirect(found)
    return _unlisted(render(request, "confirmations/answer.html", shown.context(), status=shown.status))


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


def _unlisted(response: HttpResponse) -> HttpResponse:
    """For who holds the paper: not for search engines, and the code goes to no other site."""
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response
