"""Sign-in by e-mail and password, on allauth's view: its limits, second factor and `?next=` stay."""

from typing import Any

from allauth.account import views
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse


class LoginView(views.LoginView):  # type: ignore[misc]
    template_name = "account/login.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        following = self.get_next_url() or ""
        return super().get_context_data(**kwargs) | {
            "phone_url": self.passthrough_next_url(reverse("phone_login")),
            "in_pledge": "/ikrar/" in following,
        }

    def form_invalid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_invalid(form)
        response.status_code = 422
        return response


login = LoginView.as_view()


@login_not_required
def to_login(request: HttpRequest) -> HttpResponseRedirect:
    """allauth's own address of the same page."""
    return _with_query(request, "account_login")


@login_not_required
def to_signup(request: HttpRequest) -> HttpResponseRedirect:
    return _with_query(request, "account_signup")


def _with_query(request: HttpRequest, name: str) -> HttpResponseRedirect:
    query = request.META.get("QUERY_STRING", "")
    return HttpResponseRedirect(reverse(name) + (f"?{query}" if query else ""))
