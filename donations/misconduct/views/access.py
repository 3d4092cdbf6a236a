"""How the bearer of a code is recognised from page to page: by a cookie that names nobody, for half an hour."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import MemoryFileUploadHandler, SkipFile
from django.http import HttpRequest, HttpResponse

from accounts.sealing import Unreadable, decrypt, encrypt
from donations.misconduct.models import Case

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
    """Keeps what is sent to these pages in memory whatever its size: evidence never lies in a file unencrypted.

    The first of FILE_UPLOAD_HANDLERS, so that no middleware reads a form before it is there; other pages it leaves to
    the next. What is more than `MOST_BYTES` is left unread (`too_much`).
    """

    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, boundary: Any, encoding: Any = None
    ) -> None:
        self.is_ours = self.request is not None and "/lapor/" in self.request.path
        self.activated = self.is_ours and content_length <= MOST_BYTES

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        if self.is_ours and not self.activated:
            raise SkipFile
        super().new_file(*args, **kwargs)


def too_much(request: HttpRequest) -> bool:
    """Whether what was sent is more than is kept in memory, so that its files were left unread."""
    return int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES
