"""How the bearer of a code is recognised from page to page: by a cookie that names nobody, for half an hour."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from accounts.sealing import Unreadable, decrypt, encrypt
from donations.misconduct.models import Case

COOKIE = "ksbb_lapor"
SECONDS = 30 * 60


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
