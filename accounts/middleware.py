"""Every page is private until someone decides otherwise, and every refusal has its status."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from accounts.errors import NotNow, OutOfReach, Refused
from accounts.typed import forget_typed, given, keep_typed, leave_mark, waiting

# The button that throws away what was typed.
DISCARD = "_buang"


class PrivateByDefault(LoginRequiredMiddleware):
    """Asks for sign-in on every view that is not marked with `@login_not_required`.

    A test holds the exact set of public URL names, so that a new page is private until it is added there.
    What a form brought as the session had ended is kept: after signing in, a page asks whether to send it.
    """

    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        # Django asks for the user first, which opens the session and makes a visitor's page uncacheable.
        if not getattr(view_func, "login_required", True):
            return None
        refusal = super().process_view(request, view_func, view_args, view_kwargs)
        page = request.get_full_path()
        if refusal is not None:
            keep_typed(request, page)
            return refusal
        return self._unsent(request, page)

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        leave_mark(request, response)
        return response

    def _unsent(self, request: HttpRequest, page: str) -> HttpResponseBase | None:
        """What was typed for this page before one had to sign in, to be sent or thrown away; once."""
        if request.method == "POST":
            if waiting(request, page):
                forget_typed(request)
            return redirect(page) if DISCARD in request.POST else None
        typed = given(request, page) if request.method == "GET" else None
        if typed is None:
            return None
        fields = [(name, value) for name, values in typed.lists() for value in values]
        response = render(
            request, "accounts/unsent.html", {"fields": fields, "page": page, "discard": DISCARD}
        )
        add_never_cache_headers(response)
        return response


class VerbErrors:
    """A verb that was not performed, and that no view caught, is a page that says so, never a fault of ours.

    Out of reach is 404, not now 409, refused 422; not allowed stays 403, which Django answers itself.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, OutOfReach):
            raise Http404 from exception
        if not isinstance(exception, NotNow | Refused):
            return None
        context = {
            "status": exception.status,
            "heading": " ".join(exception.messages),
            "text": _("Kembali ke halaman sebelumnya dan muat ulang. Belum ada yang berubah."),
        }
        return render(request, "error.html", context, status=exception.status)
