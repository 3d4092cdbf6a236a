"""Forms that perform a verb once, however often they are sent."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.db import transaction

from accounts.http import MemberRequest, performing
from accounts.once import Repeated, check_seen, hold, last_move


class SeenForm(forms.Form):
    """A form that performs a verb on `subject`, and what its sender had seen of the journal."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, subject: Any, **kwargs: Any) -> None:
        self.subject = subject
        seen = last_move(subject) if subject is not None and subject.pk else 0
        super().__init__(*args, **{**kwargs, "initial": {"seen": seen, **(kwargs.get("initial") or {})}})

    def retry(self) -> None:
        """Take note of what happened meanwhile, so that one can look and send again."""
        self.data = {**self.data.dict(), "seen": str(last_move(self.subject))}  # type: ignore[attr-defined]


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
