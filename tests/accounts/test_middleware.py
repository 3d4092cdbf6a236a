import pytest
from django.http import Http404
from django.test import Client, RequestFactory

from accounts.context import roles
from accounts.errors import NotAllowed, NotNow, OutOfReach, Refused
from accounts.middleware import VerbErrors
from accounts.models import User
from tests.factories import assessor, collaborator, make_need, with_password

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


def session_ends(client: Client, user: User) -> None:
    """The browser of somebody who signed in, after their session."""
    with_password(user, "kopi-tubruk-dua-gelas")
    client.post("/id/masuk/", {"login": user.email, "password": "kopi-tubruk-dua-gelas"})
    assert "_auth_user_id" in client.session
    del client.cookies["ksbb_session"]


@pytest.mark.django_db
def test_form_sent_after_the_session_ended_waits_for_its_writer_alone(client) -> None:
    user, need = assessor(), make_need()
    page, form = f"/id/kebutuhan/{need.pk}/pause/", {"reason": "Rahasia penulisnya"}
    session_ends(client, user)
    client.post(page, form)
    client.force_login(assessor())
    body = client.get(page).content.decode()
    assert "Isian Anda masih ada" not in body
    assert "Rahasia penulisnya" not in body
    client.logout()
    # Of who never signed in here nobody could say whose it is.
    client.post(page, form)
    assert "typed_answer" not in client.session


@pytest.mark.django_db
def test_form_sent_after_the_session_ended_waits_until_one_has_signed_in(client) -> None:
    user, need = assessor(), make_need()
    session_ends(client, user)
    page, form = f"/id/kebutuhan/{need.pk}/pause/", {"reason": "Menunggu pendataan <ulang>"}
    answer = client.post(page, form)
    assert answer.status_code == 302
    assert "/id/masuk/" in answer["Location"]
    client.force_login(user)
    body = client.get(page).content.decode()
    assert "Isian Anda masih ada" in body
    assert 'name="reason" value="Menunggu pendataan &lt;ulang&gt;"' in body
    need.refresh_from_db()
    assert need.state == "published"
    assert "Isian Anda masih ada" not in client.get(f"/id/kebutuhan/{need.pk}/close/").content.decode()
    assert client.post(page, form).status_code == 302
    need.refresh_from_db()
    assert (need.state, need.moves.last().reason) == ("paused", form["reason"])
    assert "Isian Anda masih ada" not in client.get(page).content.decode()


@pytest.mark.django_db
def test_form_that_waits_can_be_thrown_away(client) -> None:
    user, page = assessor(), "/id/kebutuhan/baru/?dari=meja"
    session_ends(client, user)
    client.post(page, {"target": "1.000", "reason": "Banjir."})
    client.force_login(user)
    assert 'value="1.000"' in client.get(page).content.decode()
    assert client.post(page, {"target": "1.000", "_buang": "1"})["Location"] == page
    assert "Isian Anda masih ada" not in client.get(page).content.decode()


@pytest.mark.django_db
def test_form_of_a_stranger_who_may_not_is_refused_as_ever(client) -> None:
    need = make_need()
    page = f"/id/kebutuhan/{need.pk}/pause/"
    client.post(page, {"reason": "x"})
    client.force_login(collaborator())
    client.get(page)
    assert client.post(page, {"reason": "x"}).status_code in (403, 404)


@pytest.mark.django_db
def test_password_sent_after_the_session_ended_is_kept_nowhere(client) -> None:
    session_ends(client, assessor())
    form = {
        "oldpassword": "Kata-sandi-lama-1",
        "password1": "Kata-sandi-baru-1",
        "password2": "Kata-sandi-baru-1",
    }
    assert client.post("/id/akun/password/change/", form).status_code == 302
    assert "sandi" not in str(dict(client.session))
