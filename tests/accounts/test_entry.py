"""Sign-in by e-mail, passwords, e-mail addresses and the second factor: allauth's pages in our words."""

import re
from collections.abc import Iterator

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from accounts.roles import Role
from tests.factories import UserFactory, assign, someone, tree

pytestmark = pytest.mark.django_db
URL = "/id/masuk/"
PASSWORD = "kopi-tubruk-dua-gelas"


@pytest.fixture(autouse=True)
def _indonesian() -> Iterator[None]:
    with translation.override("id"):
        yield


@pytest.fixture
def person() -> User:
    user = UserFactory(email="ani@contoh.test")
    user.set_password(PASSWORD)
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def test_login_is_linked_at_our_address_and_allauths_lead_there(client: Client) -> None:
    assert reverse("account_login") == URL
    assert client.get("/id/akun/login/?next=/id/akun/")["Location"] == f"{URL}?next=/id/akun/"
    assert client.get("/id/akun/signup/")["Location"] == "/id/daftar/"


def test_login_signs_in_and_keeps_the_way(client: Client, person: User) -> None:
    page = client.get(f"{URL}?next=/id/akun/").content.decode()
    assert 'value="/id/akun/"' in page
    assert "/id/masuk/telepon/?next=" in page
    response = client.post(URL, {"login": "Ani@Contoh.test", "password": PASSWORD, "next": "/id/akun/"})
    assert response["Location"] == "/id/akun/"
    assert client.session["_auth_user_id"] == str(person.pk)


def test_login_goes_to_no_other_site(client: Client, person: User) -> None:
    response = client.post(URL, {"login": person.email, "password": PASSWORD, "next": "https://jahat.test/"})
    assert "jahat" not in response["Location"]


@pytest.mark.parametrize(
    ("login", "password", "words"),
    [
        ("ani@contoh.test", "salah-sama-sekali", "tidak cocok"),
        ("tidak.ada@contoh.test", PASSWORD, "tidak cocok"),
        ("bukan-surel", PASSWORD, "belum lengkap"),
        ("", "", "Tulis alamat surel"),
    ],
)
def test_login_says_what_is_wrong_and_keeps_the_address(
    client: Client, person: User, login: str, password: str, words: str
) -> None:
    response = client.post(URL, {"login": login, "password": password})
    assert response.status_code == 422
    assert words in response.content.decode()
    assert f'value="{login}"' in response.content.decode() or not login


def test_login_is_limited_in_plain_words(client: Client, person: User, settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "3/m/key"}
    pages = [client.post(URL, {"login": person.email, "password": "salah-sekali"}) for _try in range(5)]
    assert "Terlalu banyak percobaan" in pages[-1].content.decode()


@pytest.mark.parametrize(
    ("role", "place", "name"),
    [(Role.ADMINISTRATOR, "31.74", "administration"), (None, "", "account")],
)
def test_login_leads_to_ones_work(
    client: Client, person: User, role: Role | None, place: str, name: str
) -> None:
    if role:
        assign(person, role, tree(place))
    response = client.post(URL, {"login": person.email, "password": PASSWORD})
    assert response["Location"] == reverse(name)


@pytest.mark.parametrize(
    "name", ["account_login", "phone_login", "account_reset_password", "account_reset_password_done"]
)
@pytest.mark.parametrize("language", ["id", "en"])
def test_pages_for_visitors_open(client: Client, name: str, language: str) -> None:
    address = reverse(name).replace("/id/", f"/{language}/")
    page = client.get(address)
    assert page.status_code == 200
    assert b'class="site' in page.content


@pytest.mark.parametrize(
    "name",
    [
        "account",
        "account_email",
        "account_change_password",
        "mfa_index",
        "account_logout",
        "account_reauthenticate",
    ],
)
def test_pages_of_ones_account_ask_for_sign_in(client: Client, person: User, name: str) -> None:
    address = reverse(name)
    if name != "account_logout":
        assert reverse("account_login") in client.get(address)["Location"]
    client.force_login(person)
    page = client.get(address)
    assert page.status_code == 200
    assert b'class="site' in page.content


def test_password_is_reset_by_mail(client: Client, person: User) -> None:
    assert client.post(reverse("account_reset_password"), {"email": person.email}).status_code == 302
    link = re.search(r"https?://\S+(/id/\S+)", mail.outbox[0].body)
    assert link
    assert mail.outbox[0].subject == "KSBB: Kata sandi baru"
    page = client.get(link[1], follow=True)
    assert "Buat kata sandi baru" in page.content.decode()
    new = "teh-manis-tiga-gelas"
    action = page.request["PATH_INFO"]
    assert client.post(action, {"password1": new, "password2": new}).status_code == 302
    person.refresh_from_db()
    assert person.check_password(new)
    assert "tidak berlaku lagi" in client.get(link[1], follow=True).content.decode()


def test_new_address_is_told_to_the_old_one(client: Client, person: User) -> None:
    EmailAddress.objects.create(user=person, email="ani.baru@contoh.test", verified=True)
    client.post(URL, {"login": person.email, "password": PASSWORD})
    change = {"action_primary": "", "email": "ani.baru@contoh.test"}
    asked = client.post(reverse("account_email"), change)["Location"]
    assert client.post(asked, {"password": PASSWORD})["Location"] == reverse("account_email")
    [told] = mail.outbox
    assert (told.to, told.subject) == (["ani@contoh.test"], "KSBB: Surel akun Anda diganti")
    assert "dari ani@contoh.test ke ani.baru@contoh.test" in told.body
    assert "127.0.0.1" in told.body
    assert "{" not in told.body


def test_second_factor_is_set_up_and_asked_for(client: Client, person: User) -> None:
    client.post(URL, {"login": person.email, "password": PASSWORD})
    # Whoever changes how the account is guarded says once more who they are.
    again = client.get(reverse("mfa_activate_totp"))["Location"]
    page = client.post(again, {"password": PASSWORD, "next": reverse("mfa_activate_totp")}, follow=True)
    assert "Pindai kode" in page.content.decode()
    assert "Tulis kodenya" in client.post(reverse("mfa_activate_totp"), {"code": ""}).content.decode()
    TOTP.activate(person, generate_totp_secret())
    assert "Menyala" in client.get(reverse("mfa_index")).content.decode()
    assert client.get(reverse("mfa_deactivate_totp")).status_code == 200
    other = Client()
    response = other.post(URL, {"login": person.email, "password": PASSWORD})
    assert response["Location"] == reverse("mfa_authenticate")
    assert "Pengaman kedua" in other.get(response["Location"]).content.decode()
    assert "tidak cocok" in other.post(response["Location"], {"code": "000000"}).content.decode()
    assert "_auth_user_id" not in other.session


def test_account_shows_assignments_and_takes_name_and_language(
    client: Client, django_assert_max_num_queries
) -> None:
    user = someone(Role.OFFICIAL, tree())
    client.force_login(user)
    with django_assert_max_num_queries(10):
        page = client.get(reverse("account")).content.decode()
    assert "RW 03" in page
    assert client.post(reverse("account"), {"name": " Ani  Baru ", "language": "en"}).status_code == 302
    user.refresh_from_db()
    assert (user.name, user.language) == ("Ani Baru", "en")
    assert client.post(reverse("account"), {"name": "...", "language": "en"}).status_code == 422


def test_sign_out_everywhere_ends_the_other_sessions_only(client: Client, person: User) -> None:
    other = Client()
    client.force_login(person)
    other.force_login(person)
    assert client.get(reverse("sign_out_everywhere")).status_code == 405
    assert client.post(reverse("sign_out_everywhere")).status_code == 302
    assert client.get(reverse("account")).status_code == 200
    assert other.get(reverse("account")).status_code == 302
