from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from accounts import clock
from accounts.actions.sign_in_codes import issue_code, try_code
from accounts.errors import NotAllowed, OutOfReach, Refused
from accounts.models import SignInCode, User
from accounts.roles import Role
from tests.factories import SiteFactory, UserFactory, assign, someone, tree

pytestmark = pytest.mark.django_db
URL = "/id/masuk/telepon/"
PHONE = "+6281234567890"


@pytest.fixture(autouse=True)
def _fresh_counts() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def rw_official() -> User:
    user = UserFactory(email=None, phone=PHONE)
    user.set_unusable_password()
    user.save()
    assign(user, Role.OFFICIAL, tree())
    return user


def post(client: Client, phone: str, code: str, **more: str):
    return client.post(URL, {"phone": phone, "code": code, **more})


def test_code_signs_in_whoever_typed_the_number_however(client: Client, rw_official: User) -> None:
    issued = issue_code(user=rw_official, by=someone(Role.FACILITATOR, tree("31.74.01.1001")))
    response = post(client, "0812-3456 7890", f"{issued.code[:3]} {issued.code[3:]}")
    assert response.status_code == 302
    assert client.session["_auth_user_id"] == str(rw_official.pk)
    issued.record.refresh_from_db()
    assert (issued.record.state, issued.record.used_at is not None) == ("used", True)
    assert [move.verb for move in issued.record.moves.all()] == ["issue", "use"]


def test_code_keeps_the_way_and_leaves_no_site(client: Client, rw_official: User) -> None:
    issued = issue_code(user=rw_official, by=None)
    assert post(client, PHONE, issued.code, next="/id/akun/")["Location"] == "/id/akun/"
    issued = issue_code(user=rw_official, by=None)
    assert "jahat" not in post(Client(), PHONE, issued.code, next="https://jahat.test/")["Location"]


def test_code_is_good_once(client: Client, rw_official: User) -> None:
    issued = issue_code(user=rw_official, by=None)
    assert post(client, PHONE, issued.code).status_code == 302
    assert post(Client(), PHONE, issued.code).status_code == 422


def test_code_ends_after_72_hours(client: Client, rw_official: User) -> None:
    with clock.at(clock.now() - timedelta(hours=72, minutes=1)):
        issued = issue_code(user=rw_official, by=None)
    assert post(client, PHONE, issued.code).status_code == 422


def test_code_is_void_after_five_wrong_ones(client: Client, rw_official: User) -> None:
    issued = issue_code(user=rw_official, by=None)
    wrong = f"{(int(issued.code) + 1) % 1_000_000:06d}"
    for _try in range(5):
        assert post(client, PHONE, wrong).status_code == 422
    assert post(client, PHONE, issued.code).status_code == 422
    issued.record.refresh_from_db()
    assert (issued.record.state, issued.record.attempts) == ("void", 5)


def test_new_code_voids_the_earlier_one(client: Client, rw_official: User) -> None:
    earlier, later = issue_code(user=rw_official, by=None), issue_code(user=rw_official, by=None)
    assert try_code(phone=PHONE, code=earlier.code) is None or earlier.code == later.code
    assert post(client, PHONE, later.code).status_code == 302


def test_code_of_somebody_inactive_does_nothing(client: Client, rw_official: User) -> None:
    issued = issue_code(user=rw_official, by=None)
    User.objects.filter(pk=rw_official.pk).update(is_active=False)
    assert post(client, PHONE, issued.code).status_code == 422


def test_unknown_number_and_wrong_code_read_the_same(client: Client, rw_official: User) -> None:
    issued = issue_code(user=rw_official, by=None)
    wrong = f"{(int(issued.code) + 1) % 1_000_000:06d}"
    one, other = post(client, PHONE, wrong), post(client, "0813 9999 9999", wrong)
    assert one.context["form"].errors == other.context["form"].errors
    assert one.status_code == other.status_code == 422


@pytest.mark.parametrize(
    ("phone", "code", "field"), [("telepon", "123456", "phone"), (PHONE, "12345", "code"), ("", "", "phone")]
)
def test_bad_input_is_said_beside_its_field(client: Client, phone: str, code: str, field: str) -> None:
    response = post(client, phone, code)
    assert response.status_code == 422
    assert field in response.context["form"].errors


def test_many_tries_of_one_number_are_stopped(client: Client, rw_official: User) -> None:
    statuses = [post(client, PHONE, "000000").status_code for _try in range(12)]
    assert statuses[:10] == [422] * 10
    assert statuses[10:] == [429, 429]
    issued = issue_code(user=rw_official, by=None)
    assert post(client, PHONE, issued.code).status_code == 429


def test_link_asks_for_a_press_before_it_signs_in(client: Client, rw_official: User) -> None:
    issued = issue_code(user=rw_official, by=None)
    url = f"/id/masuk/tautan/{issued.token}/"
    for _preview in range(3):
        page = client.get(url)
        assert page.status_code == 200
        assert rw_official.name not in page.content.decode()
    assert "_auth_user_id" not in client.session
    assert client.post(url).status_code == 302
    assert client.session["_auth_user_id"] == str(rw_official.pk)
    assert Client().get(url).status_code == 410
    assert Client().post(url).status_code == 410


def test_link_page_asks_for_csrf_and_sends_its_address_nowhere(rw_official: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    url = f"/id/masuk/tautan/{issue_code(user=rw_official, by=None).token}/"
    assert strict.post(url).status_code == 403
    assert strict.get(url)["Referrer-Policy"] == "same-origin"


def test_nothing_of_a_code_is_kept(rw_official: User) -> None:
    issued = issue_code(user=rw_official, by=None)
    row = SignInCode.objects.values().get()
    assert issued.code not in str(row["code_digest"])
    assert issued.token not in str(row)


@pytest.mark.parametrize(
    ("role", "code", "outcome"),
    [
        (Role.FACILITATOR, "31.74.01.1001", None),
        (Role.FACILITATOR, "31.74.01", None),
        (Role.ADMINISTRATOR, "31.74", None),
        (Role.ADMINISTRATOR, "31", None),
        (Role.FACILITATOR, "31.74.01.1002", OutOfReach),
        (Role.ADMINISTRATOR, "31.75", OutOfReach),
        (Role.ASSESSOR, "31.75", OutOfReach),
    ],
)
def test_code_is_issued_within_ones_area(rw_official: User, role: Role, code: str, outcome) -> None:
    by = someone(role, tree(code))
    if outcome is None:
        assert issue_code(user=rw_official, by=by).code
    else:
        with pytest.raises(outcome):
            issue_code(user=rw_official, by=by)
        assert not SignInCode.objects.exists()


@pytest.mark.parametrize("role", [Role.ASSESSOR, Role.OFFICIAL])
def test_code_is_not_issued_by_other_roles(rw_official: User, role: Role) -> None:
    by = someone(role, tree("31.74") if role == Role.ASSESSOR else tree())
    with pytest.raises(NotAllowed):
        issue_code(user=rw_official, by=by)


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.ASSESSOR, Role.FACILITATOR])
def test_nobody_is_signed_in_by_code_as_more_than_an_official(rw_official: User, role: Role) -> None:
    assign(rw_official, role, tree("31.74"))
    with pytest.raises(Refused):
        issue_code(user=rw_official, by=someone(Role.ADMINISTRATOR, tree("31")))


def test_code_ends_once_its_person_is_more_than_an_official(client: Client, rw_official: User) -> None:
    issued = issue_code(user=rw_official, by=someone(Role.FACILITATOR, tree("31.74.01.1001")))
    assign(rw_official, Role.ASSESSOR, tree("31.74"))
    assert post(client, PHONE, issued.code).status_code == 422
    assert client.post(f"/id/masuk/tautan/{issued.token}/").status_code == 410
    assert "_auth_user_id" not in client.session


def test_official_elsewhere_too_is_for_who_covers_both(rw_official: User) -> None:
    assign(rw_official, Role.OFFICIAL, SiteFactory(region=tree("31.75.01.1001.001")))
    with pytest.raises(Refused):
        issue_code(user=rw_official, by=someone(Role.FACILITATOR, tree("31.74.01.1001")))
    assert issue_code(user=rw_official, by=someone(Role.ADMINISTRATOR, tree("31"))).code


def test_code_needs_a_number(rw_official: User) -> None:
    other = someone(Role.OFFICIAL, tree())
    with pytest.raises(Refused):
        issue_code(user=other, by=None)
