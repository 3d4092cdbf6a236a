"""Pages that a phone may keep for the person who opened them, to show them again while there is no signal."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from accounts.http import MemberRequest
from accounts.models import User
from accounts.roles import Permission, Role
from accounts.scope import Scope
from accounts.typed import mark_of

Rest = ParamSpec("Rest")
# Says whose page it is; a page without it is kept by no phone.
PERSON = "KSBB-Person"


def reporter(request: HttpRequest) -> str:
    """The mark of who is signed in, if they report arrivals somewhere, or did and are nothing now: a report may still
    wait on their phone, to be read and saved. Else nothing.
    """
    user = request.user
    if not isinstance(user, User):
        return ""
    scope = Scope.of(user)
    reports = scope.may(Permission.HANDOVER_REPORT) or (
        not scope.grants and user.assignments.filter(role=Role.OFFICIAL).exists()
    )
    return mark_of(user.pk) if reports else ""


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
