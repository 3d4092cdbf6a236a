"""One's own data: a copy of everything, and the end of the account."""

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.actions import own_data as actions
from accounts.http import MemberRequest, performing
from accounts.models import CopyState, Erasure, ErasureState, PersonalCopy
from accounts.own_data_tasks import make_copy
from regions.jobs import publish


@never_cache
@require_safe
def own_data(request: MemberRequest) -> HttpResponse:
    copy = PersonalCopy.objects.filter(user=request.user).first()
    context = {
        "copy": copy,
        "is_making": copy is not None and copy.state == CopyState.WAITING,
        "erasure": _erasure(request),
        "days": settings.KSBB_ERASURE_DAYS,
    }
    return render(request, "accounts/own_data.html", context)


@never_cache
@require_POST
def ask_copy(request: MemberRequest) -> HttpResponse:
    copy = actions.ask_for_copy(user=request.user, by=request.user)
    publish(make_copy, copy.pk)
    messages.success(request, _("Salinan sedang disusun."))
    return redirect("own_data")


@never_cache
@require_safe
def copy_file(request: MemberRequest, key: str) -> HttpResponse:
    """The file, for its owner alone and until its time is over."""
    copy = get_object_or_404(PersonalCopy, key=key, user=request.user)
    if not copy.is_open:
        raise Http404
    try:
        with copy.file.open("rb") as stream:
            content = stream.read()
    except FileNotFoundError as error:
        raise Http404 from error
    response = HttpResponse(content, content_type="application/zip")
    response["Content-Disposition"] = 'attachment; filename="data-saya-ksbb.zip"'
    return response


@never_cache
@reauthentication_required
@require_http_methods(["GET", "POST"])
def ask_erasure(request: MemberRequest) -> HttpResponse:
    """Say what goes and what stays, and whether something has to be settled first; then queue it."""
    status, reasons = 200, actions.still_open(request.user)
    if request.method == "POST":
        with performing(request) as attempt:
            actions.ask_for_erasure(user=request.user, by=request.user)
        if attempt.done:
            messages.success(
                request, _("Penghapusan akun sudah diminta. Sampai harinya Anda dapat mengurungkannya.")
            )
            return redirect("own_data")
        status = attempt.status
    context = {"reasons": reasons, "days": settings.KSBB_ERASURE_DAYS, "erasure": _erasure(request)}
    return render(request, "accounts/ask_erasure.html", context, status=status)


@never_cache
@require_POST
def undo_erasure(request: MemberRequest) -> HttpResponse:
    erasure = _erasure(request)
    if erasure is not None:
        with performing(request) as attempt:
            actions.undo_erasure(erasure=erasure, by=request.user)
        if attempt.done:
            messages.success(request, _("Penghapusan diurungkan. Akun Anda tetap seperti semula."))
    return redirect("own_data")


def _erasure(request: MemberRequest) -> Erasure | None:
    return Erasure.objects.filter(user=request.user, state=ErasureState.WAITING).first()
