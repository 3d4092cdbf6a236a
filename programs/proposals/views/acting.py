"""Performing a verb of a form once, however often the form is sent."""

from collections.abc import Callable
from typing import Any

from django.db import transaction

from accounts.http import MemberRequest, performing
from accounts.once import Repeated, check_seen, hold
from programs.proposals.forms.officers import SeenForm


def once(request: MemberRequest, form: SeenForm, verb: str, act: Callable[[], Any], *, on: Any = None) -> int:
    """The status of what came of it; 200 also where the same form did it already.

    `on`: what is held meanwhile, where the form's own subject may not exist yet.
    """
    seen = form.cleaned_data.get("seen")
    with performing(request, form) as attempt:
        try:
            with transaction.atomic():
                hold(on or form.subject)
                if seen is not None and form.subject is not None and form.subject.pk:
                    check_seen(form.subject, seen=seen, verb=verb, by=request.user)
                act()
        except Repeated:
            return 200
    if attempt.status == 409:
        form.retry()
    return attempt.status
