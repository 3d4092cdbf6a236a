"""Every page is private until someone decides otherwise."""

from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest
from django.http.response import HttpResponseBase


class PrivateByDefault(LoginRequiredMiddleware):
    """Asks for sign-in on every view that is not marked with `@login_not_required`.

    A test holds the exact set of public URL names, so that a new page is private until it is added there.
    """

    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        # Django asks for the user first, which opens the session and makes a visitor's page uncacheable.
        if not getattr(view_func, "login_required", True):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)
