"""Pages that a phone may keep for the person who opened them, to show them again while there is no signal."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from accounts.http import MemberRequest
from accounts.models import User
from accounts.roles import Permission
from accounts.scope import Scope
from accounts.typed import mark_of

Rest = ParamSpec("Rest")
# Says whose page it is; a page without it is kept by no phone.
PERSON = "KSBB-Person"


def reporter(request: HttpRequest) -> str:
    """The mark of who is signed in, if they report arrivals somewhere; else nothing."""
    user = request.user
    return (
        mark_of(user.pk) if isinstance(user, User) and Scope.of(user).may(Permission.HANDOVER_REPORT) else ""
    )


def kept_on_phones(
    view: Callable[Concatenate[MemberRequest, Rest], HttpResponseBase],
) -> Callable[Concatenate[MemberRequest, Rest], HttpResponseBase]:
    """Name the person in the answer, if they report arrivals: their phone keeps it, and shows it to nobody else."""

    @wraps(view)
    def answer(request: MemberRequest, /, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if mark := reporter(request):
            response[PERSON] = mark
        return response

    return answer
