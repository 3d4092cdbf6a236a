import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Assignment, Organisation, User
from accounts.roles import Role
from tests.factories import UserFactory, tree

pytestmark = pytest.mark.django_db
URL = "/id/daftar/"


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
    assert client.session["_auth_user_id"] == str(user.pk)


def test_signup_keeps_the_language_and_the_way_back(client: Client) -> None:
    page = client.get("/en/daftar/?next=/en/ikrar/tempatkan/")
    assert b'value="/en/ikrar/tempatkan/"' in page.content
    response = client.post("/en/daftar/", typed(next="/en/ikrar/tempatkan/", region=""))
    assert response["Location"] == "/en/ikrar/tempatkan/"
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


def test_signup_refuses_a_known_address(client: Client) -> None:
    UserFactory(email="budi@contoh.test")
    response = client.post(URL, typed())
    assert response.status_code == 422
    assert "sudah terdaftar" in response.content.decode()
    assert User.objects.count() == 1
    assert not Organisation.objects.exists()


def test_signup_is_linked_at_our_address() -> None:
    assert reverse("account_signup") == URL


def test_signup_leads_someone_signed_in_onward(client: Client) -> None:
    client.force_login(UserFactory())
    assert client.get(f"{URL}?next=/id/ikrar/")["Location"] == "/id/ikrar/"
