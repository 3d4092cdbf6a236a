"""One's own account: who one is here, as what, and how one signs in."""

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actions.own_account import end_other_sessions
from accounts.forms.account import AccountForm
from accounts.models import User


@never_cache
@require_http_methods(["GET", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, User)
    # A copy for the form, so that a refused name does not show in the header.
    user = User.objects.get(pk=request.user.pk)
    form = AccountForm(request.POST if request.method == "POST" else None, instance=user)
    if form.is_valid():
        form.save()
        messages.success(request, _("Tersimpan."))
        return redirect("account")
    assignments = user.assignments.select_related("region", "site", "organisation")
    context = {
        "form": form,
        "held": [row for row in assignments if not row.is_over],
        "past": [row for row in assignments if row.is_over],
        "in_organisation": any(row.organisation_id for row in assignments if not row.is_over),
        "has_password": user.has_usable_password(),
        "has_second_factor": is_mfa_enabled(user),
        "person": user,
        "phone": user.phone_readable,
    }
    return render(request, "accounts/account.html", context, status=422 if form.errors else 200)


@require_POST
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, User)
    end_other_sessions(request.user)
    update_session_auth_hash(request, request.user)
    messages.success(request, _("Semua perangkat lain sudah keluar."))
    return redirect("account")
