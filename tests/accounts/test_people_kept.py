"""Correcting people's data and switching accounts off, by who looks after all that they do."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.actions.people import correct, deactivate, reactivate
from accounts.actions.sign_in_codes import issue_code, try_code
from accounts.errors import NotAllowed, NotNow, OutOfReach, ReasonNeeded, Refused
from accounts.models import KeptPerson, PersonMove, User
from accounts.roles import Role
from accounts.scope import Scope
from tests.factories import UserFactory, assign, someone, tree

pytestmark = pytest.mark.django_db
PHONE, NEW = "+6281234567890", "+6281234567899"
WHY = "Nomor lama hilang."


@pytest.fixture
def rw_official() -> User:
    user = UserFactory(email=None, phone=PHONE, name="Pak RW")
    assign(user, Role.OFFICIAL, tree())
    return user


@pytest.fixture
def admin() -> User:
    return someone(Role.ADMINISTRATOR, tree("31.74"))


def test_number_is_corrected_and_the_old_code_is_void(rw_official: User, admin: User) -> None:
    code = issue_code(user=rw_official, by=admin).code
    correct(user=rw_official, by=admin, name="Pak RW", phone=NEW, reason=WHY)
    rw_official.refresh_from_db()
    assert rw_official.phone == NEW
    assert try_code(phone=NEW, code=code) is None
    assert try_code(phone=PHONE, code=code) is None
    move = PersonMove.objects.get()
    assert (move.verb, move.actor, move.reason, move.data["fields"]) == ("correct", admin, WHY, ["phone"])
    # Numbers of people stay out of the journal, which nobody can delete from.
    assert NEW not in str(move.data)


def test_number_of_somebody_else_is_refused_beside_it(client: Client, rw_official: User, admin: User) -> None:
    UserFactory(email=None, phone=NEW)
    client.force_login(admin)
    address = reverse("correct_person", args=[rw_official.pk])
    response = client.post(address, {"name": "Pak RW", "phone": "0812 3456 7899", "reason": WHY})
    assert response.status_code == 422
    assert "sudah dipakai orang lain" in str(response.context["form"].errors["phone"])
    assert b"0812 3456 7899" in response.content
    assert not PersonMove.objects.exists()


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"phone": "12"}, "phone"),
        ({"phone": ""}, "phone"),
        ({"name": "..."}, "name"),
        ({"reason": ""}, "reason"),
        ({}, "phone"),
    ],
)
def test_correction_says_what_is_wrong_beside_it(
    client: Client, rw_official: User, admin: User, data: dict[str, str], field: str
) -> None:
    client.force_login(admin)
    asked = {"name": "Pak RW", "phone": PHONE, "reason": WHY, **data}
    response = client.post(reverse("correct_person", args=[rw_official.pk]), asked)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]


def test_deactivated_person_is_out_at_once_and_comes_back(
    client: Client, rw_official: User, admin: User
) -> None:
    client.force_login(rw_official)
    code = issue_code(user=rw_official, by=admin).code
    deactivate(user=rw_official, by=admin, reason="Telepon dicuri.")
    assert client.get("/id/akun/").status_code == 302
    assert try_code(phone=PHONE, code=code) is None
    rw_official.refresh_from_db()
    assert Scope.of(rw_official) == Scope(None)
    with pytest.raises(Refused):
        issue_code(user=rw_official, by=admin)
    with pytest.raises(NotNow):
        deactivate(user=rw_official, by=admin, reason="Lagi.")
    reactivate(user=rw_official, by=admin, reason="Sudah kembali.")
    rw_official.refresh_from_db()
    assert rw_official.is_active
    assert [move.verb for move in PersonMove.objects.all()] == ["deactivate", "reactivate"]
    assert rw_official.assignments.in_force().exists()


def test_person_is_kept_only_by_who_looks_after_everything_they_do(rw_official: User, admin: User) -> None:
    assign(rw_official, Role.OFFICIAL, tree("31.75.01.1001.003"))
    with pytest.raises(Refused, match="administrator provinsi"):
        deactivate(user=rw_official, by=admin, reason=WHY)
    deactivate(user=rw_official, by=someone(Role.ADMINISTRATOR, tree("31")), reason=WHY)


def test_city_administrator_does_not_switch_off_the_province(admin: User) -> None:
    provincial = someone(Role.ADMINISTRATOR, tree("31"))
    assign(provincial, Role.OFFICIAL, tree())
    with pytest.raises(Refused):
        deactivate(user=provincial, by=admin, reason=WHY)


def test_nobody_switches_off_themselves(admin: User) -> None:
    with pytest.raises(Refused, match="Anda sendiri"):
        deactivate(user=admin, by=admin, reason=WHY)


@pytest.mark.parametrize("verb", [correct, deactivate])
def test_others_may_not(rw_official: User, verb) -> None:
    more = {"name": "Lain", "phone": NEW} if verb is correct else {}
    with pytest.raises(NotAllowed):
        verb(user=rw_official, by=someone(Role.FACILITATOR, tree()), reason=WHY, **more)
    with pytest.raises(OutOfReach):
        verb(user=rw_official, by=UserFactory(), reason=WHY, **more)
    assert KeptPerson.objects.get(pk=rw_official.pk).is_active


def test_deactivating_wants_a_reason(rw_official: User, admin: User) -> None:
    with pytest.raises(ReasonNeeded):
        deactivate(user=rw_official, by=admin, reason=" ")


def test_page_shows_what_may_be_done_and_what_was(client: Client, rw_official: User, admin: User) -> None:
    client.force_login(admin)
    address = reverse("person", args=[rw_official.pk])
    assert "Nonaktifkan akun" in client.get(address).content.decode()
    client.post(reverse("deactivate_person", args=[rw_official.pk]), {"reason": "Telepon dicuri."})
    page = client.get(address).content.decode()
    assert "Telepon dicuri." in page
    assert "Aktifkan lagi" in page
    assert "Nonaktifkan akun" not in page
    listed = client.get(reverse("people"), {"state": "inactive"}).content.decode()
    assert "Pak RW" in listed
    assert "Nonaktifkan akun" not in client.get(reverse("person", args=[admin.pk])).content.decode()
