"""What was typed as a session ended waits in the new one, for after signing in."""

from django.http import HttpRequest, QueryDict

# Where a session keeps it, and how much at most.
TYPED, MOST_TYPED = "typed_answer", 8000


def keep_typed(request: HttpRequest, page: str) -> None:
    """Keep what was sent to a page (any name for it) that its sender has to sign in for first; no password."""
    typed = request.POST.copy()
    if any("password" in name.lower() for name in typed):
        return
    typed.pop("csrfmiddlewaretoken", None)
    if request.method == "POST" and len(typed.urlencode()) <= MOST_TYPED:
        request.session[TYPED] = [page, typed.urlencode()]


def given(request: HttpRequest, page: str) -> QueryDict | None:
    """The answer to show in the page's form: what was sent, or what was typed before one had to sign in."""
    if request.method == "POST":
        return request.POST
    return QueryDict(request.session[TYPED][1]) if waiting(request, page) else None


def waiting(request: HttpRequest, page: str) -> bool:
    """Whether something that was typed for the page still waits."""
    kept = request.session.get(TYPED)
    return bool(kept and kept[0] == page)


def forget_typed(request: HttpRequest) -> None:
    request.session.pop(TYPED, None)
