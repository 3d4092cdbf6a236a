import pytest
from django.http import Http404
from django.test import RequestFactory

from accounts.context import roles
from accounts.errors import NotAllowed, NotNow, OutOfReach, Refused
from accounts.middleware import VerbErrors
from tests.factories import assessor, collaborator

errors = VerbErrors(lambda request: None)


@pytest.mark.parametrize(("error", "status"), [(NotNow("accept", "declined"), 409), (Refused("Penuh."), 422)])
def test_verb_errors_answers_what_no_view_caught(error: Exception, status: int) -> None:
    response = errors.process_exception(RequestFactory().get("/"), error)
    assert response is not None
    assert response.status_code == status


def test_verb_errors_hides_what_is_out_of_reach() -> None:
    with pytest.raises(Http404):
        errors.process_exception(RequestFactory().get("/"), OutOfReach())


def test_verb_errors_leaves_others_alone() -> None:
    assert errors.process_exception(RequestFactory().get("/"), NotAllowed()) is None
    assert errors.process_exception(RequestFactory().get("/"), ValueError()) is None


@pytest.mark.django_db
def test_roles_are_looked_up_only_for_who_is_signed_in(client, django_assert_num_queries) -> None:
    request = RequestFactory().get("/")
    with django_assert_num_queries(0):
        assert roles(request)["role_assignment"] is None
    request.COOKIES["ksbb_session"] = "x"
    request.user = user = assessor()
    with django_assert_num_queries(1):
        context = roles(request)
        assert context["role_assignment"].user_id == user.pk
        assert len(context["role_assignments"]) == 1
    request = RequestFactory().get("/")
    request.COOKIES["ksbb_session"], request.user = "x", collaborator()
    assert roles(request)["role_assignment"].role == "collaborator"
