import pytest
from django import forms
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import Http404, HttpRequest
from django.test import RequestFactory

from accounts.errors import NotAllowed, NotNow, OutOfReach, ReasonNeeded, Refused
from accounts.http import performing


class ReasonForm(forms.Form):
    reason = forms.CharField(required=False)


@pytest.fixture
def request_() -> HttpRequest:
    request = RequestFactory().post("/")
    request._messages = CookieStorage(request)
    return request


def test_performed_verb_is_done(request_) -> None:
    with performing(request_) as attempt:
        pass
    assert (attempt.done, attempt.status) == (True, 200)


@pytest.mark.parametrize(
    ("error", "status", "field"),
    [
        (ReasonNeeded(), 422, "reason"),
        (Refused("Tidak bisa."), 422, "__all__"),
        (Refused("Tidak bisa.", field="elsewhere"), 422, "__all__"),
        (NotNow("accept", "closed"), 409, "__all__"),
    ],
)
def test_refusal_stands_beside_its_field(request_, error, status, field) -> None:
    form = ReasonForm({})
    assert form.is_valid()
    with performing(request_, form) as attempt:
        raise error
    assert (attempt.done, attempt.status) == (False, status)
    assert form.errors[field] == error.messages


def test_refusal_without_a_form_is_a_message(request_) -> None:
    with performing(request_) as attempt:
        raise Refused("Tidak bisa.")
    assert attempt.status == 422
    assert [str(message) for message in get_messages(request_)] == ["Tidak bisa."]


def test_out_of_reach_is_not_found_and_not_allowed_is_denied(request_) -> None:
    with pytest.raises(Http404), performing(request_):
        raise OutOfReach
    with pytest.raises(NotAllowed), performing(request_):
        raise NotAllowed
