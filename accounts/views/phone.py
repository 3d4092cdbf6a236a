"""Sign-in by phone number: with a code that the kelurahan hands over, or with a link."""

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.actions.invitations import accept_waiting
from accounts.actions.sign_in_codes import person_of_link, try_code, use_link
from accounts.attempts import address_of, opens_again, spend
from accounts.forms.phone import PhoneLoginForm
from accounts.landing import landing, safe_next
from accounts.models import User
from accounts.queries.posts import posts_of
from regions.notation import when

# In 15 minutes: of one number, and of one address (a kelurahan's people share one).
PER_PHONE, PER_ADDRESS = 10, 60


@login_not_required
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def phone_login(request: HttpRequest) -> HttpResponse:
    """Phone number and code on one page. A wrong number and a wrong code read the same."""
    following = safe_next(request)
    if request.method != "POST" and request.user.is_authenticated:
        return HttpResponseRedirect(following or landing(request.user))
    form = PhoneLoginForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            phone = form.cleaned_data["phone"]
            if not may_try(request, phone):
                form.add_error(None, too_often())
                status = 429
            elif user := try_code(phone=phone, code=form.cleaned_data["code"]):
                return _enter(request, user, "code", following)
            else:
                form.add_error("code", _("Nomor atau kode ini tidak cocok, atau kodenya sudah lewat. Sesudah lima "
                                         "kali salah, kode tidak berlaku lagi; mintalah yang baru."))  # fmt: skip
    return render(request, "accounts/phone_login.html", {"form": form, "next": following}, status=status)


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def link_login(request: HttpRequest, token: str) -> HttpResponse:
    """The link asks for a press of the button: opening it, as previews of messages do, uses nothing up."""
    if not spend("link", address_of(request), limit=PER_ADDRESS):
        return _link_page(request, None, 429)
    if request.method == "POST":
        user = use_link(token=token)
        return _enter(request, user, "link", "") if user else _link_page(request, None, 410)
    user = person_of_link(token)
    return _link_page(request, user, 200 if user else 410)


def _link_page(request: HttpRequest, user: User | None, status: int) -> HttpResponse:
    places = [str(post.place) for post in posts_of(user)] if user else []
    context = {
        "good": user is not None,
        "places": places,
        "opens_again": opens_again() if status == 429 else None,
    }
    response = render(request, "accounts/link_login.html", context, status=status)
    # The address is the secret: it goes nowhere else.
    response["Referrer-Policy"] = "same-origin"
    return response


def may_try(request: HttpRequest, phone: str) -> bool:
    by_address = spend("code-address", address_of(request), limit=PER_ADDRESS)
    return spend("code-phone", phone, limit=PER_PHONE) and by_address


def too_often() -> str:
    return _(
        "Terlalu banyak percobaan. Coba lagi sesudah pukul %(time)s WIB, atau minta kode baru di kelurahan."
    ) % {"time": when(timezone.localtime(opens_again()), "clock")}


def _enter(request: HttpRequest, user: User, method: str, following: str) -> HttpResponse:
    """Sign in through allauth, so that a second factor is asked for where there is one."""
    accept_waiting(user)
    record_authentication(request, user, method=method)
    user.__dict__.pop("_scope", None)
    response: HttpResponse = perform_login(
        request, Login(user=user, email_verification="none", redirect_url=following or None)
    )
    return response
