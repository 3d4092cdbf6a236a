"""Proving once more who one is, before a way to sign in is added."""

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from accounts.actions.sign_in_codes import issue_code
from accounts.models import User
from accounts.roles import Role
from tests.factories import UserFactory, assign, tree

pytestmark = pytest.mark.django_db
PHONE = "+6281234567890"
EMAIL, SET, PROVE = "/id/akun/email/", "/id/akun/password/set/", "/id/akun/pastikan/"
ADD = {"email": "baru@contoh.test", "action_add": "1"}
PASSWORD = "kopi-tubruk-dua-gelas"


@pytest.fixture
def rw_official() -> User:
    user = UserFactory(email=None, phone=PHONE)
    user.set_unusable_password()
    user.save()
    assign(user, Role.OFFICIAL, tree())
    return user


def sign_in(client: Client, user: User) -> None:
    code = issue_code(user=user, by=None).code
    assert client.post("/id/masuk/telepon/", {"phone": PHONE, "code": code}).status_code == 302


def forget_when(client: Client) -> None:
    """As if the sign-in were an hour ago."""
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 3600
    session.save()


def test_an_old_session_by_code_asks_for_a_fresh_code_before_an_address_is_added(
    client: Client, rw_official: User
) -> None:
    sign_in(client, rw_official)
    forget_when(client)
    response = client.post(EMAIL, ADD)
    assert response["Location"].startswith(f"{PROVE}?next=")
    assert not EmailAddress.objects.exists()
    assert not mail.outbox
    page = client.get(response["Location"]).content.decode()
    assert "0812" in page
    assert client.post(PROVE, {"code": "000000", "next": EMAIL}).status_code == 422
    code = issue_code(user=rw_official, by=None).code
    # What was asked for before goes on by itself.
    assert client.post(PROVE, {"code": code, "next": EMAIL})["Location"] == EMAIL
    assert EmailAddress.objects.get().email == "baru@contoh.test"
    assert mail.outbox[0].to == ["baru@contoh.test"]


def test_somebody_elses_code_proves_nothing(client: Client, rw_official: User) -> None:
    sign_in(client, rw_official)
    other = UserFactory(email=None, phone="+6281234567891")
    assign(other, Role.OFFICIAL, tree())
    code = issue_code(user=other, by=None).code
    assert client.post(PROVE, {"code": code}).status_code == 422


def test_a_session_just_begun_by_code_may_add_an_address(client: Client, rw_official: User) -> None:
    sign_in(client, rw_official)
    assert client.post(EMAIL, ADD)["Location"] == EMAIL
    assert EmailAddress.objects.get().verified is False


def test_setting_a_password_asks_as_well(client: Client, rw_official: User) -> None:
    sign_in(client, rw_official)
    forget_when(client)
    data = {"password1": PASSWORD, "password2": PASSWORD}
    assert client.post(SET, data)["Location"].startswith(f"{PROVE}?next=")
    rw_official.refresh_from_db()
    assert not rw_official.has_usable_password()


def test_guessing_is_limited(client: Client, rw_official: User) -> None:
    sign_in(client, rw_official)
    pages = [client.post(PROVE, {"code": f"{n:06}"}) for n in range(12)]
    assert [page.status_code for page in pages][-1] == 429
    assert "Coba lagi sesudah pukul" in pages[-1].content.decode()


def test_who_has_a_password_is_asked_for_it(client: Client) -> None:
    user = UserFactory(email="ani@contoh.test")
    user.set_password(PASSWORD)
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    client.post("/id/masuk/", {"login": user.email, "password": PASSWORD})
    response = client.post(EMAIL, ADD)
    assert "/akun/reauthenticate/" in response["Location"]
    assert client.post(response["Location"], {"password": "salah-sekali", "next": EMAIL}).status_code == 200
    assert EmailAddress.objects.count() == 1
    client.post("/id/akun/reauthenticate/", {"password": PASSWORD, "next": EMAIL})
    assert EmailAddress.objects.count() == 2
    user.refresh_from_db()
    assert user.email == "ani@contoh.test"
