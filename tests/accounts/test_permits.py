"""Since when a permit was suspended, in force again, revoked: asked for any day, also of the past."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts import clock
from accounts.actions.permits import reinstate_permit, revoke_permit, suspend_permit
from accounts.errors import Refused
from accounts.models import Permit, PermitSuspension
from accounts.roles import Role
from tests.factories import aggregator, someone, tree

pytestmark = pytest.mark.django_db


def ago(days: int) -> date:
    return clock.today() - timedelta(days=days)


@pytest.fixture
def permit() -> Permit:
    organisation = aggregator()
    organisation.region = tree("31.74")
    organisation.save()
    return organisation.permits.get()


def test_permit_is_not_in_force_while_suspended_and_was_before(permit: Permit) -> None:
    suspend_permit(permit=permit, by=None, reason="Surat 5.", day=ago(10))
    assert permit.in_force_on(ago(11))
    assert not permit.in_force_on(ago(10))
    assert not permit.in_force_on(ago(0))
    assert permit.organisation.valid_permit() is None
    reinstate_permit(permit=permit, by=None, reason="Surat 6.", day=ago(4))
    assert not permit.in_force_on(ago(5))
    assert permit.in_force_on(ago(4))
    assert permit.organisation.valid_permit() == permit
    suspend_permit(permit=permit, by=None, reason="Surat 7.")
    assert [permit.in_force_on(ago(days)) for days in (11, 7, 2, 0)] == [True, False, True, False]


def test_permit_is_gone_from_the_day_of_its_revocation(permit: Permit) -> None:
    revoke_permit(permit=permit, by=None, reason="Dicabut.", day=ago(3))
    assert permit.in_force_on(ago(4))
    assert not permit.in_force_on(ago(3))
    assert permit.moves.get().data["day"] == ago(3).isoformat()


def test_permit_outside_its_term_was_never_in_force(permit: Permit) -> None:
    assert not permit.in_force_on(permit.valid_from - timedelta(days=1))
    assert permit.in_force_on(permit.valid_from)
    assert permit.in_force_on(permit.valid_until)
    assert not permit.in_force_on(permit.valid_until + timedelta(days=1))


@pytest.mark.parametrize(
    ("first", "last", "word"),
    [(10, 1, "sudah berakhir"), (-1, -9, "belum mulai"), (10, 0, "berlaku"), (0, -5, "berlaku")],
)
def test_standing_follows_the_term(permit: Permit, first: int, last: int, word: str) -> None:
    permit.valid_from, permit.valid_until = ago(first), ago(last)
    assert str(permit.standing[1]) == word
    permit.state = "suspended"
    assert str(permit.standing[1]) == "dibekukan"


def test_days_that_cannot_be_are_refused(permit: Permit) -> None:
    with pytest.raises(Refused, match="belum sampai"):
        suspend_permit(permit=permit, by=None, reason="x", day=ago(-1))
    with pytest.raises(Refused, match="sebelum izin mulai"):
        suspend_permit(permit=permit, by=None, reason="x", day=permit.valid_from - timedelta(days=1))
    suspend_permit(permit=permit, by=None, reason="x", day=ago(5))
    with pytest.raises(Refused, match="sebelum pembekuannya"):
        reinstate_permit(permit=permit, by=None, reason="x", day=ago(6))
    reinstate_permit(permit=permit, by=None, reason="x", day=ago(2))
    with pytest.raises(Refused, match="sudah dibekukan"):
        suspend_permit(permit=permit, by=None, reason="x", day=ago(3))
    permit.refresh_from_db()
    assert (permit.state, permit.suspensions.count()) == ("recorded", 1)


def test_database_holds_one_open_suspension_and_its_order(permit: Permit) -> None:
    suspend_permit(permit=permit, by=None, reason="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        PermitSuspension.objects.create(permit=permit, starts=ago(1), reason="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        PermitSuspension.objects.create(permit=permit, starts=ago(1), ends=ago(2), reason="x")


def test_page_asks_since_when_and_shows_it(client: Client, permit: Permit) -> None:
    client.force_login(someone(Role.ADMINISTRATOR, tree("31.74")))
    address = reverse("suspend_permit", args=[permit.pk])
    assert f'value="{ago(0).isoformat()}"' in client.get(address).content.decode()
    wrong = client.post(address, {"day": ago(-3).isoformat(), "reason": "Surat 5."})
    assert wrong.status_code == 422
    assert "belum sampai" in str(wrong.context["form"].errors["day"])
    assert "Surat 5." in wrong.content.decode()
    assert client.post(address, {"day": ago(3).isoformat(), "reason": ""}).status_code == 422
    assert client.post(address, {"day": ago(3).isoformat(), "reason": "Surat 5."}).status_code == 302
    assert client.post(address, {"day": ago(3).isoformat(), "reason": "Surat 5."}).status_code == 409
    page = client.get(reverse("permit", args=[permit.pk])).content.decode()
    assert "sampai sekarang" in page
    assert permit.suspensions.get().starts == ago(3)
