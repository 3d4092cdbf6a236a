"""What was typed as a session ended waits in the new one, for after its sender has signed in again.

A browser may be shared: what is kept carries a mark of who typed it, and is shown to that person only. Who it was,
when the session is over, says the thing itself (a draft has an owner) or a cookie that signing in leaves behind: a
keyed hash, of use for nothing else. What nobody can be named for is not kept.
"""

import zlib
from typing import Any

from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.utils.crypto import salted_hmac

from accounts.sealing import Unreadable, decrypt, encrypt

# Where a session keeps it, and how much at most: of what was sent (an emoji is twelve characters of it) and packed.
TYPED, MOST_TYPED, MOST_PACKED = "typed_answer", 400_000, 48_000
# Says of a form that was kept that files had come with it, which are not.
WITHOUT_FILES = "_tanpa_berkas"
COOKIE, COOKIE_SECONDS = "ksbb_typist", 60 * 60 * 24 * 60


def mark_of(user_id: int) -> str:
    """The same for one person always, and nobody else can tell whose it is."""
    return salted_hmac("accounts.typed", str(user_id), algorithm="sha256").hexdigest()[:32]


@receiver(user_logged_in)
def _note(request: HttpRequest, user: Any, **_more: Any) -> None:
    request.typist = mark_of(user.pk)  # type: ignore[attr-defined]


def leave_mark(request: HttpRequest, response: HttpResponseBase) -> None:
    """Let the browser remember who signed in with this request, if anybody did."""
    mark = getattr(request, "typist", None)
    if mark and mark != request.COOKIES.get(COOKIE):
        response.set_cookie(
            COOKIE, mark, max_age=COOKIE_SECONDS, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax"
        )  # fmt: skip


def keep_typed(request: HttpRequest, page: str, *, by: int | None = None) -> None:
    """Keep what was sent to a page (any name for it) that its sender has to sign in for first; no password.

    `by`: whose the thing is that was written at, where that is known.
    """
    typed = request.POST.copy()
    whose = mark_of(by) if by else request.COOKIES.get(COOKIE, "")
    if not whose or any("password" in name.lower() for name in typed):
        return
    typed.pop("csrfmiddlewaretoken", None)
    if request.FILES:
        typed[WITHOUT_FILES] = "1"
    whole = typed.urlencode().encode()
    if request.method != "POST" or len(whole) > MOST_TYPED:
        return
    packed = zlib.compress(whole)
    if len(packed) <= MOST_PACKED:
        # It may be an inspector's answer: sessions lie in the database.
        request.session[TYPED] = [page, encrypt(packed).decode(), whose]


def given(request: HttpRequest, page: str) -> QueryDict | None:
    """The answer to show in the page's form: what was sent, or what was typed before one had to sign in."""
    if request.method == "POST":
        return request.POST
    if not waiting(request, page):
        return None
    try:
        return QueryDict(zlib.decompress(decrypt(request.session[TYPED][1].encode())))
    except (Unreadable, zlib.error):
        return None


def waiting(request: HttpRequest, page: str) -> bool:
    """Whether something that this very person typed for the page still waits."""
    kept = request.session.get(TYPED)
    if not kept or kept[0] != page or not request.user.is_authenticated:
        return False
    return kept[2:] == [mark_of(request.user.pk)]


def forget_typed(request: HttpRequest) -> None:
    request.session.pop(TYPED, None)
