"""Proving an address by the mail sent there, and proving once more who one is before the account changes."""

import time
from functools import wraps
from typing import Any

from allauth.account import app_settings, views
from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.account.internal.flows.reauthentication import (
    get_reauthentication_flows,
    resume_request,
    suspend_request,
)
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.actions.sign_in_codes import try_code
from accounts.forms.phone import CodeForm
from accounts.http import MemberRequest
from accounts.views.phone import may_try, too_often

IN_FILES = "django.core.mail.backends.filebased.EmailBackend"
CODES = ("code", "link")


@login_not_required
@never_cache
def verification_sent(request: HttpRequest) -> HttpResponse:
    """Where signing up leads, whether the address was new or not. On a laptop it says where the mail lies."""
    folder = settings.EMAIL_FILE_PATH if settings.EMAIL_BACKEND == IN_FILES else ""
    return render(request, "account/verification_sent.html", {"mail_folder": folder})


def with_fresh_proof(view: Any) -> Any:
    """Who has neither password nor second factor proves with a fresh code what allauth asks the others for."""

    @wraps(view)
    def guarded(request: MemberRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and request.method == "POST" and not _is_fresh(request):
            return suspend_request(request, reverse("prove_by_code"))
        response: HttpResponseBase = view(request, *args, **kwargs)
        return response

    return guarded


def _is_fresh(request: MemberRequest) -> bool:
    if get_reauthentication_flows(request.user):
        return True  # allauth asks itself
    moments = [
        row["at"] for row in get_authentication_records(request, request.user) if row["method"] in CODES
    ]
    return bool(moments) and time.time() - moments[-1] < app_settings.REAUTHENTICATION_TIMEOUT


email = with_fresh_proof(views.email)
set_password = with_fresh_proof(views.password_set)


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def prove_by_code(request: MemberRequest) -> HttpResponse:
    """A code of one's own, new from the kelurahan, before a way to sign in is added."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        phone = request.user.phone or ""
        if not may_try(request, phone):
            form.add_error(None, too_often())
            status = 429
        elif try_code(phone=phone, code=form.cleaned_data["code"]) == request.user:
            record_authentication(request, request.user, method="code", reauthenticated=True)
            return resume_request(request) or redirect("account")
        else:
            form.add_error(
                "code", _("Kode ini tidak cocok atau sudah lewat. Mintalah yang baru di kelurahan.")
            )
    context = {"form": form, "next": request.GET.get("next", ""), "phone": request.user.phone_readable}
    return render(request, "accounts/prove_by_code.html", context, status=status)
