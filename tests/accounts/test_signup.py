import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts import clock
from accounts.actions.own_data import forget_unproved
from accounts.models import Assignment, Organisation, User
from accounts.roles import Role
from tests.factories import UserFactory, tree

pytestmark = pytest.mark.django_db
URL = "/id/daftar/"
SENT = "/id/akun/confirm-email/"


@pytest.fixture(autouse=True)
def _tree() -> None:
    tree("31.74")


def typed(**changes: str) -> dict[str, str]:
    return {
        "kind": "enterprise", "name": "PT Contoh Makmur", "may_be_named": "on", "email": "Budi@Contoh.test",
        "password1": "kopi-tubruk-dua-gelas", "phone": "0812 3456 7890", "region": "31.74", "consent": "on", **changes,
    }  # fmt: skip


def test_signup_makes_person_organisation_and_assignment(client: Client) -> None:
    response = client.post(URL, typed())
    assert response.status_code == 302
    user = User.objects.get()
    organisation = Organisation.objects.get()
    assignment = Assignment.objects.get()
    assert (user.email, user.name, user.language) == ("budi@contoh.test", "PT Contoh Makmur", "id")
    assert (organisation.collaborator_kind, organisation.may_be_named) == ("enterprise", True)
    assert organisation.region_id == assignment.area_id == "31.74"
    assert (assignment.role, assignment.user, assignment.organisation) == (
        Role.COLLABORATOR,
        user,
        organisation,
    )
    assert [move.verb for move in organisation.moves.all()] == ["register"]
    assert organisation.moves.get().data["privacy_notice"]
    # Nobody is in before the address is proved to be theirs.
    assert response["Location"] == SENT
    assert "_auth_user_id" not in client.session
    assert "Periksa surel Anda" in client.get(SENT).content.decode()


def link() -> str:
    """The way to confirm that the last mail shows."""
    found = re.search(r"https?://[^/]+(/\S+/akun/confirm-email/\S+)", mail.outbox[-1].body)
    assert found, mail.outbox[-1].body
    return found[1]


def test_signup_goes_on_where_it_was_once_the_address_is_confirmed(client: Client) -> None:
    client.post(URL, typed(next="/id/ikrar/tempatkan/"))
    page = client.get(link())
    assert "budi@contoh.test" in page.content.decode()
    assert "_auth_user_id" not in client.session
    response = client.post(link())
    assert response["Location"] == "/id/ikrar/tempatkan/"
    assert client.session["_auth_user_id"] == str(User.objects.get().pk)
    assert client.post(link()).status_code == 404


def test_signup_confirmed_on_another_phone_leads_back_through_signing_in(client: Client) -> None:
    client.post(URL, typed(next="/id/ikrar/tempatkan/"))
    other = Client()
    page = other.get(link()).content.decode()
    following = "/id/masuk/?next=%2Fid%2Fikrar%2Ftempatkan%2F"
    assert f'value="{following}"' in page
    assert other.post(link(), {"next": following})["Location"] == following
    assert "_auth_user_id" not in other.session
    credentials = {"login": "budi@contoh.test", "password": "kopi-tubruk-dua-gelas"}
    assert (
        other.post(following, credentials | {"next": "/id/ikrar/tempatkan/"})["Location"]
        == "/id/ikrar/tempatkan/"
    )


def test_signing_in_before_the_address_is_confirmed_sends_the_mail_again(client: Client) -> None:
    client.post(URL, typed())
    response = Client().post("/id/masuk/", {"login": "budi@contoh.test", "password": "kopi-tubruk-dua-gelas"})
    assert response["Location"] == SENT
    assert len(mail.outbox) == 2
    assert client.post(link()).status_code == 302


def test_signup_keeps_the_language_and_the_way_back(client: Client) -> None:
    page = client.get("/en/daftar/?next=/en/ikrar/tempatkan/")
    assert b'value="/en/ikrar/tempatkan/"' in page.content
    client.post("/en/daftar/", typed(next="/en/ikrar/tempatkan/", region=""))
    assert client.post(link())["Location"] == "/en/ikrar/tempatkan/"
    assert User.objects.get().language == "en"
    assert Organisation.objects.get().region_id == "31"


def test_signup_goes_to_no_other_site(client: Client) -> None:
    response = client.post(URL, typed(next="https://jahat.test/"))
    assert "jahat" not in response["Location"]


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("email", "bukan-surel", "belum lengkap"),
        ("email", "", "Tulis alamat surel"),
        ("password1", "12345678", ""),
        ("password1", "", "Buat kata sandi"),
        ("kind", "", "Pilih salah satu"),
        ("name", " ", "Tulis namanya"),
        ("name", "...", "dengan huruf"),
        ("phone", "telepon saya", "dengan angka"),
        ("consent", "", "Setujui"),
    ],
)
def test_signup_says_what_is_wrong_beside_it_and_keeps_the_rest(
    client: Client, field: str, value: str, message: str
) -> None:
    data = typed(**{field: value})
    response = client.post(URL, {key: held for key, held in data.items() if held})
    assert response.status_code == 422
    errors = response.context["form"].errors
    assert list(errors) == [field]
    assert message in str(errors[field])
    if field != "name":
        assert b"PT Contoh Makmur" in response.content
    assert not User.objects.exists()


def test_signup_says_nothing_about_who_has_an_account(client: Client) -> None:
    """A known address gets the same answer as a new one; only its owner's mail says more."""
    owner = UserFactory(email="budi@contoh.test")
    other = Client()
    known, new = client.post(URL, typed()), other.post(URL, typed(email="baru@contoh.test"))
    assert (known.status_code, known["Location"]) == (new.status_code, new["Location"]) == (302, SENT)
    said, shown = (one.get(SENT).content.decode() for one in (client, other))
    assert said.replace("budi@", "baru@") == shown
    assert "_auth_user_id" not in client.session
    first, second = mail.outbox
    assert (first.to, second.to) == ([owner.email], ["baru@contoh.test"])
    assert "sudah terdaftar" in first.subject
    assert "confirm-email" not in first.body
    assert Organisation.objects.count() == 1
    assert not owner.assignments.exists()


def test_signup_sent_twice_makes_one_account(client: Client) -> None:
    assert client.post(URL, typed())["Location"] == client.post(URL, typed())["Location"] == SENT
    assert (User.objects.count(), Organisation.objects.count()) == (1, 1)
    client.get(URL)
    assert client.get(URL).status_code == 200


def test_signup_stands_while_the_mail_server_is_away(client: Client, settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert client.post(URL, typed())["Location"] == SENT
    assert "tidak dapat dikirim" in client.get(SENT).content.decode()
    assert User.objects.count() == 1
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    client.post("/id/masuk/", {"login": "budi@contoh.test", "password": "kopi-tubruk-dua-gelas"})
    assert client.post(link()).status_code == 302


def test_signup_is_linked_at_our_address() -> None:
    assert reverse("account_signup") == URL


def test_signup_leads_someone_signed_in_onward(client: Client) -> None:
    client.force_login(UserFactory())
    assert client.get(f"{URL}?next=/id/ikrar/")["Location"] == "/id/ikrar/"


def test_sign_up_that_nobody_proves_is_forgotten_after_its_days(client: Client) -> None:
    client.post(URL, typed())
    client.post(URL, typed(email="sari@contoh.test", name="Mekar Sari"))
    EmailAddress.objects.filter(email="sari@contoh.test").update(verified=True)
    assert forget_unproved() == 0
    with clock.at(clock.now() + timedelta(days=15)):
        assert forget_unproved() == 1
        assert forget_unproved() == 0
    assert not User.objects.filter(email="budi@contoh.test").exists()
    assert {(one.name, one.email) for one in Organisation.objects.all()} == {
        ("Pendaftaran yang tidak dikonfirmasi", ""), ("Mekar Sari", "sari@contoh.test"),
    }  # fmt: skip
    assert Assignment.objects.in_force().get().organisation.name == "Mekar Sari"
    # The address is free again.
    assert client.post(URL, typed()).status_code == 302
    assert User.objects.filter(email="budi@contoh.test").count() == 1
