"""The page that an invitation's link leads to."""

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import EmailAddress, Login
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actions.invitations import accept, invitation_of, renew_lapsed
from accounts.forms.invitation import AcceptForm
from accounts.http import performing
from accounts.landing import landing
from accounts.mail import mail_link
from accounts.models import Invitation, User


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Somebody new makes a password; somebody known signs in first and then accepts."""
    found = invitation_of(token)
    if found is None or not found.is_open:
        return _page(request, {"invitation": found, "token": token}, 410)
    if request.user.is_authenticated:
        return _for_someone_signed_in(request, found)
    if User.objects.filter(email=found.email).exists():
        following = urlencode({"next": request.path})
        return _page(request, {"invitation": found, "login_url": f"{reverse('account_login')}?{following}"})
    form = AcceptForm(request.POST if request.method == "POST" else None, email=found.email,
                      initial={"name": found.name})  # fmt: skip
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                with performing(request, form) as attempt:
                    user = _make(found, form.cleaned_data["name"], form.cleaned_data["password"])
            except IntegrityError:
                # The same form came twice at once: the account is there already.
                return redirect("invitation", token=token)
            status = attempt.status
            if attempt.done:
                record_authentication(request, user, method="password")
                user.__dict__.pop("_scope", None)
                response: HttpResponse = perform_login(request, Login(user=user, email_verification="none"))
                return response
    return _page(request, {"invitation": found, "form": form}, status)


@login_not_required
@never_cache
@require_POST
def renew_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """A lapsed link asks for a new one, which goes to the address that was invited."""
    found = invitation_of(token)
    if found is None:
        return _page(request, {"invitation": None}, 410)
    with performing(request) as attempt:
        sent = renew_lapsed(invitation=found)
    if attempt.done:
        mail_link(request, sent)
        return _page(request, {"invitation": sent.invitation, "renewed": True})
    return _page(request, {"invitation": found}, attempt.status)


def _for_someone_signed_in(request: HttpRequest, found: Invitation) -> HttpResponse:
    assert isinstance(request.user, User)
    own = EmailAddress.objects.filter(user=request.user, email=found.email, verified=True).exists()
    if not own and (request.user.email or "") != found.email:
        return _page(request, {"invitation": found, "stranger": True}, 403)
    status = 200
    if request.method == "POST":
        with performing(request) as attempt:
            accept(invitation=found, user=request.user)
        if attempt.done:
            messages.success(request, _("Tugas baru Anda sudah berlaku."))
            request.user.__dict__.pop("_scope", None)
            return redirect(landing(request.user))
        status = attempt.status
    return _page(request, {"invitation": found, "may_accept": True}, status)


@transaction.atomic
def _make(found: Invitation, name: str, password: str) -> User:
    """The person, whose address the link has proved, and the assignment: together or not at all."""
    user = User.objects.create_user(
        email=found.email, password=password, name=name, language=get_language() or found.language
    )
    EmailAddress.objects.create(user=user, email=found.email, verified=True, primary=True)
    accept(invitation=found, user=user)
    return user


def _page(request: HttpRequest, context: dict[str, object], status: int = 200) -> HttpResponse:
    response = render(request, "accounts/invitation.html", context, status=status)
    response["Referrer-Policy"] = "same-origin"
    return response
