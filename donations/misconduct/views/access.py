"""How the bearer of a code is recognised from page to page: by a cookie that names nobody, for half an hour."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from donations.misconduct.models import Case
from donations.misconduct.secrecy import Unreadable, decrypt, encrypt

COOKIE = "ksbb_lapor"
SECONDS = 30 * 60
MOST_BYTES = 50 * 1024 * 1024


def let_in(response: HttpResponse, case: Case) -> HttpResponse:
    """Give the browser the cookie; nothing about it is kept here. It is encrypted, so that it tells nothing."""
    response.set_cookie(
        COOKIE, encrypt(str(case.pk).encode()).decode(), max_age=SECONDS, httponly=True,
        secure=settings.SESSION_COOKIE_SECURE, samesite="Lax",
    )  # fmt: skip
    return response


def case_of(request: HttpRequest) -> Case | None:
    """The case that the browser's cookie opens, or None."""
    token = request.COOKIES.get(COOKIE, "")
    try:
        key = decrypt(token.encode(), ttl=SECONDS) if token else b""
    except (Unreadable, ValueError):
        return None
    return Case.objects.for_rows().filter(pk=int(key)).first() if key else None


def close(response: HttpResponse) -> HttpResponse:
    response.delete_cookie(COOKIE, samesite="Lax")
    return response


class InMemory(MemoryFileUploadHandler):
    """Keeps a file in memory whatever its size: evidence never lies in a temporary file, unencrypted."""

    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, boundary: Any, encoding: Any = None
    ) -> None:
        self.activated = content_length <= MOST_BYTES


def in_memory(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view whose uploads stay in memory. Handlers are set before the CSRF token is read from the form."""
    protected = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def with_handlers(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.upload_handlers = [InMemory(request)]
        return protected(request, *args, **kwargs)

    return with_handlers


def too_much(request: HttpRequest) -> bool:
    """Whether what was sent is more than is kept in memory, so that its files were left unread."""
    return int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES
