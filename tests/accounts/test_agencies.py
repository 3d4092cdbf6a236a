"""Whoever signs up as a government agency counts as one once an administrator has made sure."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.actions.organisations import confirm, edit, register
from accounts.actions.registration import register_collaborator
from accounts.errors import NotAllowed, NotNow, OutOfReach, ReasonNeeded, Refused
from accounts.models import Organisation
from accounts.roles import Role
from donations.pledges import actions as pledges
from tests.factories import UserFactory, make_commitment, make_need, someone, tree

pytestmark = pytest.mark.django_db
WHY = "Surat tugas 12/2026, ditelepon ke kantornya."


def declared(kind: str = "government") -> Organisation:
    return register_collaborator(
        user=UserFactory(), kind=kind, name="Dinas Palsu", may_be_named=True, region=tree("31.74")
    )


@pytest.mark.parametrize("kind", ["social", "enterprise", "individual", "community", "government"])
def test_only_agencies_wait_for_confirmation(kind: str) -> None:
    organisation = declared(kind)
    assert organisation.is_confirmed is (kind != "government")
    assert ("belum dikonfirmasi" in str(organisation.kind_label)) is (kind == "government")


def test_agency_that_an_administrator_registers_is_one() -> None:
    assert register(by=None, name="Dinas Contoh", collaborator_kind="government").is_confirmed


def test_unconfirmed_agency_is_not_named_and_not_accepted(client: Client) -> None:
    need, organisation = make_need(), declared()
    commitment = make_commitment(need=need, collaborator=organisation)
    page = client.get(need.get_absolute_url()).content.decode()
    assert "Dinas Palsu" not in page
    assert "belum dikonfirmasi" in page
    with pytest.raises(Refused, match="belum dikonfirmasi"):
        pledges.accept(commitment=commitment, by=None)
    need.refresh_from_db()
    assert (need.held, need.reserved) == (100, 0)
    confirm(organisation=organisation, by=someone(Role.ADMINISTRATOR, tree("31.74")), reason=WHY)
    pledges.accept(commitment=commitment, by=None)
    page = client.get(need.get_absolute_url()).content.decode()
    assert "Dinas Palsu" in page
    assert "belum dikonfirmasi" not in page


def test_confirming_is_for_administrators_of_the_place_and_once() -> None:
    organisation = declared()
    for role, code, error in (
        (Role.ASSESSOR, "31.74", NotAllowed),
        (Role.ADMINISTRATOR, "31.75", OutOfReach),
    ):
        with pytest.raises(error):
            confirm(organisation=organisation, by=someone(role, tree(code)), reason=WHY)
    admin = someone(Role.ADMINISTRATOR, tree("31"))
    with pytest.raises(ReasonNeeded):
        confirm(organisation=organisation, by=admin, reason="")
    confirm(organisation=organisation, by=admin, reason=WHY)
    with pytest.raises(NotNow):
        confirm(organisation=organisation, by=admin, reason=WHY)
    assert [(move.verb, move.reason) for move in organisation.moves.all()] == [
        ("register", ""),
        ("confirm", WHY),
    ]


def test_another_kind_settles_it_and_another_name_does_not() -> None:
    organisation, admin = declared(), someone(Role.ADMINISTRATOR, tree("31"))
    assert not edit(organisation=organisation, by=admin, name="Dinas Lain").is_confirmed
    edited = edit(organisation=organisation, by=admin, collaborator_kind="community")
    assert edited.is_confirmed
    assert str(edited.kind_label) == "komunitas"


def test_database_lets_nobody_else_wait() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.create(name="x", collaborator_kind="social", is_confirmed=False)


def test_administrator_finds_those_that_wait_and_confirms_on_the_page(client: Client) -> None:
    organisation = declared()
    client.force_login(someone(Role.ADMINISTRATOR, tree("31.74")))
    assert "1 instansi menunggu" in client.get(reverse("organisations")).content.decode()
    listed = client.get(reverse("organisations"), {"kind": "unconfirmed"}).content.decode()
    assert "Dinas Palsu" in listed
    address = reverse("organisation", args=[organisation.pk])
    assert "Konfirmasi instansi" in client.get(address).content.decode()
    assert (
        client.post(reverse("confirm_organisation", args=[organisation.pk]), {"reason": WHY}).status_code
        == 302
    )
    page = client.get(address).content.decode()
    assert "Bagaimana dipastikan" not in page
    assert WHY in page
    assert "instansi menunggu" not in client.get(reverse("organisations")).content.decode()
