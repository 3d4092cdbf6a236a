"""One's own account: who one is here, as what, and how one signs in."""

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actions.own_account import end_other_sessions, keep_place
from accounts.forms.account import AccountForm, OwnPlacesForm
from accounts.models import OwnPlaceKind, User
from regions.models import Region


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
        "places": _places_form(user),
        "has_password": user.has_usable_password(),
        "has_second_factor": is_mfa_enabled(user),
        "person": user,
        "phone": user.phone_readable,
    }
    return render(request, "accounts/account.html", context, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def own_places(request: HttpRequest) -> HttpResponse:
    """Where one lives and works. A page that shows a place sends it with `kind` and `region`, and is come back to."""
    assert isinstance(request.user, User)
    if request.POST.get("region"):
        return _keep_shown(request, request.user)
    form = _places_form(request.user, request.POST if request.method == "POST" else None)
    if form.is_valid():
        for kind, region in form.places.items():
            keep_place(request.user, kind, region)
        messages.success(request, _("Tersimpan."))
        return redirect("account")
    return render(request, "accounts/own_places.html", {"form": form}, status=422 if form.errors else 200)


def _places_form(user: User, data: QueryDict | None = None) -> OwnPlacesForm:
    known = {one.kind: one.region for one in user.own_places.select_related("region")}
    return OwnPlacesForm(data, known=known)


def _keep_shown(request: HttpRequest, user: User) -> HttpResponse:
    region = get_object_or_404(Region.objects.current(), code=request.POST["region"][:20])
    kind = request.POST.get("kind", "")
    if kind not in OwnPlaceKind.values:
        raise Http404
    keep_place(user, kind, region)
    messages.success(request, _("Diingat: %(name)s.") % {"name": region.full_name})
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        back, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return redirect(back if safe else "account")


@require_POST
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, User)
    end_other_sessions(request.user)
    update_session_auth_hash(request, request.user)
    messages.success(request, _("Semua perangkat lain sudah keluar."))
    return redirect("account")
