"""Sign-up: `?next=` is kept, so that a pledge goes on where it was."""

from typing import Any

from allauth.account import views
from allauth.account.internal.flows.signup import prevent_enumeration
from django.db import IntegrityError
from django.http import HttpResponse
from django.urls import NoReverseMatch, reverse

from accounts.forms.signup import SignupForm


class SignupView(views.SignupView):
    template_name = "accounts/signup.html"

    def get_form_class(self) -> type[SignupForm]:
        return SignupForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "privacy_url": _address("privacy")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        login = _address("account_login")
        following = str(context["redirect_field_value"] or "")
        return {
            **context,
            "login_url": self.passthrough_next_url(login) if login else "",
            "in_pledge": "/ikrar/" in following,
            "in_proposal": "/usulan/" in following,
        }

    def get_default_success_url(self) -> str:
        return _address("pledges") or _address("home") or "/"

    def form_valid(self, form: SignupForm) -> HttpResponse:
        try:
            return super().form_valid(form)
        except IntegrityError:
            # The same form came twice at once: the account is there already, and the answer is the same.
            response: HttpResponse = prevent_enumeration(self.request, email=form.cleaned_data["email"])
            return response

    def form_invalid(self, form: SignupForm) -> HttpResponse:
        response: HttpResponse = super().form_invalid(form)
        response.status_code = 422
        return response


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


signup = SignupView.as_view()
