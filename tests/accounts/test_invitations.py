import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts import clock
from accounts.actions.appointments import Post
from accounts.actions.invitations import invite
from accounts.models import Assignment, Invitation, User
from accounts.roles import Role
from tests.factories import UserFactory, someone, tree

pytestmark = pytest.mark.django_db
VILLAGE, RW = "31.74.01.1001", "31.74.01.1001.003"
PASSWORD = "kopi-tubruk-dua-gelas"


@pytest.fixture(autouse=True)
def _indonesian() -> Iterator[None]:
    cache.clear()
    with translation.override("id"):
        yield


@pytest.fixture
def administrator() -> User:
    tree(RW)
    return someone(Role.ADMINISTRATOR, tree("31.74"))


def invited(administrator: User, **changes: str) -> str:
    """The path of the link that the mail carries."""
    client = Client()
    client.force_login(administrator)
    data = {
        "name": "Ani",
        "contact": "Ani@Contoh.test",
        "role": "facilitator",
        "place": f"region:{VILLAGE}",
    } | changes
    assert client.post(reverse("invite"), data).status_code == 302
    found = re.search(r"https?://[^/]+(/\S+)", mail.outbox[-1].body)
    assert found
    return found[1]


def test_somebody_new_makes_a_password_and_holds_the_post(client: Client, administrator: User) -> None:
    link = invited(administrator)
    assert mail.outbox[0].to == ["ani@contoh.test"]
    assert "fasilitator" in mail.outbox[0].subject
    assert "Ani" in client.get(link).content.decode()
    response = client.post(link, {"name": "Ani Baru", "password": PASSWORD})
    assert response.status_code == 302
    user = User.objects.get(email="ani@contoh.test")
    assert client.session["_auth_user_id"] == str(user.pk)
    assert EmailAddress.objects.get(user=user).verified
    assignment = user.assignments.get()
    assert (assignment.role, assignment.region_id) == (Role.FACILITATOR, VILLAGE)
    assert assignment.moves.get().actor == administrator
    invitation = Invitation.objects.get()
    assert (invitation.state, invitation.user) == ("accepted", user)
    assert Client().get(link).status_code == 410


@pytest.mark.parametrize(
    "data", [{"name": "", "password": PASSWORD}, {"name": "Ani", "password": "12345678"}]
)
def test_bad_answer_keeps_the_invitation(client: Client, administrator: User, data: dict[str, str]) -> None:
    link = invited(administrator)
    assert client.post(link, data).status_code == 422
    assert Invitation.objects.get().state == "open"
    assert not User.objects.filter(email="ani@contoh.test").exists()


def test_somebody_known_signs_in_and_accepts(client: Client, administrator: User) -> None:
    user = UserFactory(email="ani@contoh.test")
    link = invited(administrator)
    page = client.get(link).content.decode()
    assert f"/masuk/?next={link.replace('/', '%2F')}" in page or f"/masuk/?next={link}" in page
    client.force_login(user)
    assert client.post(link).status_code == 302
    assert user.assignments.get().region_id == VILLAGE


def test_somebody_else_cannot_accept(client: Client, administrator: User) -> None:
    link = invited(administrator)
    client.force_login(UserFactory())
    assert client.get(link).status_code == 403
    assert client.post(link).status_code == 403
    assert Assignment.objects.filter(role=Role.FACILITATOR).count() == 0


def test_invitation_ends_after_seven_days_and_can_be_sent_again(client: Client, administrator: User) -> None:
    link = invited(administrator)
    with clock.at(clock.now() + timedelta(days=7, minutes=1)):
        assert client.get(link).status_code == 410
        staff = Client()
        staff.force_login(administrator)
        assert staff.post(reverse("resend_invitation", args=[Invitation.objects.get().pk])).status_code == 302
        again = re.search(r"https?://[^/]+(/\S+)", mail.outbox[-1].body)
        assert again
        assert client.get(link).status_code == 410
        assert client.get(again[1]).status_code == 200


def test_revoked_invitation_is_no_good(client: Client, administrator: User) -> None:
    link = invited(administrator)
    staff = Client()
    staff.force_login(administrator)
    address = reverse("revoke_invitation", args=[Invitation.objects.get().pk])
    assert staff.post(address).status_code == 302
    assert client.get(link).status_code == 410
    assert client.post(link, {"name": "Ani", "password": PASSWORD}).status_code == 410
    assert staff.post(address).status_code == 409


def test_invitation_of_who_may_no_longer_appoint_is_refused(client: Client, administrator: User) -> None:
    link = invited(administrator)
    administrator.assignments.update(ends=clock.today() - timedelta(days=1))
    assert client.post(link, {"name": "Ani", "password": PASSWORD}).status_code == 422
    assert not User.objects.filter(email="ani@contoh.test").exists()


def test_same_invitation_twice_is_refused(administrator: User) -> None:
    invited(administrator)
    client = Client()
    client.force_login(administrator)
    data = {"name": "Ani", "contact": "ani@contoh.test", "role": "facilitator", "place": f"region:{VILLAGE}"}
    assert client.post(reverse("invite"), data).status_code == 422
    assert Invitation.objects.count() == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"contact": "ani@"},
        {"contact": "0812"},
        {"contact": "0812 3456 7890"},
        {"role": "administrator", "place": "region:31"},
        {"ends": "2020-01-01"},
        {"program": "tidak-ada"},
        {"name": ""},
    ],
)
def test_bad_invitation_is_refused_and_kept_typed(administrator: User, changes: dict[str, str]) -> None:
    client = Client()
    client.force_login(administrator)
    data = {
        "name": "Ani",
        "contact": "ani@contoh.test",
        "role": "facilitator",
        "place": f"region:{VILLAGE}",
    } | changes
    assert client.post(reverse("invite"), data).status_code == 422
    assert not Invitation.objects.exists()
    assert not mail.outbox


def test_official_by_phone_gets_a_code_and_the_post_with_it(client: Client, administrator: User) -> None:
    staff = Client()
    staff.force_login(administrator)
    data = {"name": "Pak Contoh", "contact": "0812-3456-7890", "role": "official", "place": f"region:{RW}"}
    response = staff.post(reverse("invite"), data)
    user = User.objects.get(phone="+6281234567890")
    assert response["Location"] == reverse("person", args=[user.pk])
    assert not user.assignments.exists()
    assert not mail.outbox
    slip = staff.post(reverse("issue_code", args=[user.pk]))
    assert "https://wa.me/6281234567890?text=" in slip.content.decode()
    code = slip.context["code"]
    assert (
        client.post(reverse("phone_login"), {"phone": "+62 812 3456 7890", "code": code}).status_code == 302
    )
    assert user.assignments.get().region_id == RW
    assert Invitation.objects.get().state == "accepted"


def test_code_for_an_invitation_is_within_ones_area(administrator: User) -> None:
    invite(name="x", phone="+6281234567890", post=Post(Role.OFFICIAL, tree(RW)), by=None)
    user = User.objects.get(phone="+6281234567890")
    client = Client()
    client.force_login(someone(Role.ADMINISTRATOR, tree("31.75")))
    assert client.post(reverse("issue_code", args=[user.pk])).status_code == 404


def test_form_begins_with_the_place_that_a_link_names(client: Client, administrator: User) -> None:
    client.force_login(administrator)
    page = client.get(reverse("invite"), {"role": "official", "place": f"region:{RW}"}).content.decode()
    assert f'value="region:{RW}"' in page
    assert page.count("checked") == 2
    tree("31.75.01.1001.001")
    elsewhere = client.get(reverse("invite"), {"role": "x", "place": "region:31.75.01.1001.001"})
    assert elsewhere.status_code == 200
    assert 'name="place"' not in elsewhere.content.decode()


def test_roles_are_named_in_the_readers_language(client: Client, administrator: User) -> None:
    client.force_login(administrator)
    page = client.get(reverse("invite").replace("/id/", "/en/")).content.decode()
    assert "facilitator" in page
    assert "fasilitator" not in page


def test_invitation_stands_while_the_mail_server_is_away(
    client: Client, administrator: User, settings
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    client.force_login(administrator)
    data = {"name": "Ani", "contact": "ani@contoh.test", "role": "facilitator", "place": f"region:{VILLAGE}"}
    page = client.post(reverse("invite"), data, follow=True).content.decode()
    assert "tidak dapat dikirim" in page
    assert "sudah dikirim ke" not in page
    assert Invitation.objects.get().is_open
