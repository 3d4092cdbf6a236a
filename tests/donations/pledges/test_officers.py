"""Verbs on a commitment through their pages: who may, when, and what bad input gets."""

import pytest
from django.test import Client

from accounts import clock
from accounts.models import User
from accounts.roles import Role
from donations.pledges import actions
from donations.pledges.models import Commitment, Route
from tests.factories import (
    OrganisationFactory,
    aggregator,
    assessor,
    collaborator,
    make_commitment,
    make_delivery,
    make_need,
    official,
    organisation_of,
    someone,
    tree,
)

pytestmark = pytest.mark.django_db
REASON = {"reason": "Alasan contoh."}


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def address(item: Commitment, verb: str) -> str:
    return f"/id/komitmen/{item.pk}/{verb}/"


def post(user: User, item: Commitment, verb: str, **data: object) -> int:
    return as_(user).post(address(item, verb), data).status_code


@pytest.fixture
def officer() -> User:
    return assessor()


def test_commitment_verb_needs_a_signed_in_person() -> None:
    assert Client().get(address(make_commitment(), "accept")).status_code == 302


@pytest.mark.parametrize("verb", ["accept", "decline", "contact", "cancel"])
def test_commitment_verb_out_of_area_is_not_found(verb: str) -> None:
    item = make_commitment()
    assert post(assessor("31.75"), item, verb, quantity=1, **REASON) == 404
    assert post(official(tree()), item, verb, **REASON) == 404


def test_commitment_verb_of_another_role_is_forbidden(officer: User) -> None:
    item = make_commitment()
    giver = someone(Role.COLLABORATOR, item.pledge.collaborator)
    for verb in ("accept", "decline", "contact", "allocate", "release", "lapse", "close_short"):
        assert post(giver, item, verb, quantity=1, **REASON) == 403, verb
    for verb in ("fund", "convert"):
        assert post(officer, item, verb) == 403
    assert post(someone(Role.FACILITATOR, tree("31.74")), item, "accept", quantity=1) == 403


def test_commitment_verb_that_is_none_is_not_found(officer: User) -> None:
    item = make_commitment()
    for verb in ("submit", "expire", "fulfil", "explode"):
        assert as_(officer).get(address(item, verb)).status_code == 404


def test_commitment_verb_in_a_wrong_state_says_so(officer: User) -> None:
    item = actions.decline(commitment=make_commitment(), by=None, reason="x")
    assert as_(officer).get(address(item, "accept")).status_code == 409
    response = as_(officer).post(address(item, "accept"), {"quantity": 5})
    assert response.status_code == 409
    assert "keadaan sekarang" in response.content.decode()


def test_contact_is_recorded_with_channel_and_note(officer: User) -> None:
    item = make_commitment()
    assert as_(officer).get(address(item, "contact")).status_code == 200
    assert post(officer, item, "contact", channel="phone", note="Kirim Sabtu.") == 302
    item.refresh_from_db()
    assert item.contacted_at is not None
    assert item.moves.last().data == {"channel": "phone", "note": "Kirim Sabtu."}
    assert post(officer, item, "contact", channel="pigeon") == 422


def test_accept_takes_a_part_and_frees_the_rest(officer: User) -> None:
    item = make_commitment(quantity=100)
    assert post(officer, item, "accept", quantity=60) == 302
    item.refresh_from_db()
    assert (item.state, item.live, item.reserved) == ("accepted", 60, 60)


def test_amounts_are_read_as_people_write_them(officer: User) -> None:
    collector = aggregator()
    item = make_commitment(
        quantity=1500, need=make_need(target=2000), route=Route.AGGREGATOR, aggregator=collector
    )
    assert 'value="1.500"' in as_(officer).get(address(item, "accept")).content.decode()
    assert post(officer, item, "accept", quantity="1.200") == 302
    keeper = someone(Role.AGGREGATOR, collector)
    assert post(keeper, item, "fund", amount="Rp 200.000.000,-", received_on=clock.today()) == 302
    converted = {"quantity": "1.000", "unit_price": "150.000", "cost": "", "converted_on": clock.today()}
    assert post(keeper, item, "convert", **converted) == 302
    item.refresh_from_db()
    assert (item.live, item.funded, item.converted, item.spent) == (1200, 200_000_000, 1000, 150_000_000)


def test_suspended_organisations_are_not_entrusted(officer: User) -> None:
    item = make_commitment("accepted")
    item.executor.state = "suspended"
    item.executor.save()
    other = OrganisationFactory(is_executor=True)
    page = as_(officer).get(address(item, "entrust"))
    assert list(page.context["form"].fields["executor"].queryset) == [other]
    assert post(officer, item, "entrust", executor=item.executor_id) == 422
    assert post(officer, item, "entrust", executor=other.pk) == 302


@pytest.mark.parametrize("quantity", ["0", "-5", "101", str(10**13), "banyak", ""])
def test_accept_refuses_a_wrong_quantity_and_keeps_what_was_typed(officer: User, quantity: str) -> None:
    item = make_commitment(quantity=100)
    response = as_(officer).post(address(item, "accept"), {"quantity": quantity})
    assert response.status_code == 422
    assert f'value="{quantity}"' in response.content.decode() or not quantity
    item.refresh_from_db()
    assert item.state == "submitted"


def test_decline_asks_for_a_reason(officer: User) -> None:
    item = make_commitment()
    assert post(officer, item, "decline", reason="  ") == 422
    assert post(officer, item, "decline", **REASON) == 302
    item.refresh_from_db()
    assert item.state == "declined"


def test_a_form_sent_twice_is_done_once(officer: User) -> None:
    item = make_commitment()
    client = as_(officer)
    seen = client.get(address(item, "contact")).context["form"]["seen"].value()
    data = {"channel": "phone", "note": "", "seen": seen}
    assert [client.post(address(item, "contact"), data).status_code for _ in range(2)] == [302, 302]
    assert item.moves.filter(verb="contact").count() == 1


def test_a_form_that_was_overtaken_is_shown_again(officer: User) -> None:
    item = make_commitment()
    client = as_(officer)
    seen = client.get(address(item, "accept")).context["form"]["seen"].value()
    actions.contact(commitment=item, by=assessor(), channel="phone")
    response = client.post(address(item, "accept"), {"quantity": 50, "seen": seen})
    assert response.status_code == 409
    again = response.context["form"]["seen"].value()
    assert client.post(address(item, "accept"), {"quantity": 50, "seen": again}).status_code == 302


def test_allocate_offers_needs_of_the_own_area_that_miss_most(officer: User) -> None:
    item = make_commitment("accepted", quantity=100)
    actions.release(allocation=item.allocations.get(), by=None, reason="x")
    small = make_need(code="31.74.01.1001.004", target=50)
    large = make_need(code="31.74.01.1001.005", target=5000)
    other = make_need(code="31.75.01.1001.001")
    form = as_(officer).get(address(item, "allocate")).context["form"]
    offered = list(form.fields["need"].queryset)
    assert other not in offered
    # Its own RW first, then what misses most.
    assert offered.index(large) < offered.index(small)
    assert post(officer, item, "allocate", need=other.pk, quantity=10) == 422
    assert post(officer, item, "allocate", need=small.pk, quantity=60) == 422
    assert post(officer, item, "allocate", need=small.pk, quantity=50) == 302
    small.refresh_from_db()
    assert small.reserved == 50


def test_release_of_an_allocation_of_another_commitment_is_refused(officer: User) -> None:
    item, other = make_commitment("accepted"), make_commitment("accepted")
    wrong = other.allocations.get()
    assert post(officer, item, "release", allocation=wrong.pk, **REASON) == 422
    assert post(officer, item, "release", allocation=item.allocations.get().pk, quantity=40, **REASON) == 302
    item.refresh_from_db()
    assert item.unallocated == 40


def test_entrust_names_an_executor(officer: User) -> None:
    item = make_commitment("accepted")
    carrier, stranger = OrganisationFactory(is_executor=True), OrganisationFactory()
    assert post(officer, item, "entrust", executor=stranger.pk) == 422
    assert post(officer, item, "entrust", executor=carrier.pk) == 302
    item.refresh_from_db()
    assert item.executor == carrier


def test_fund_and_convert_are_the_aggregators(officer: User) -> None:
    collector = aggregator()
    item = make_commitment("accepted", quantity=10, route=Route.AGGREGATOR, aggregator=collector)
    clerk = someone(Role.AGGREGATOR, collector)
    assert post(clerk, item, "fund", amount=0, received_on="2020-01-01") == 422
    assert post(clerk, item, "fund", amount=5, received_on="2999-01-01") == 422
    assert post(clerk, item, "fund", amount=2_000_000, received_on="2026-01-01", reference="TR-1") == 302
    assert as_(clerk).get(address(item, "convert")).status_code == 200
    spend = {"quantity": 9, "unit_price": 200_000, "converted_on": "2026-01-02"}
    assert post(clerk, item, "convert", cost=400_000, **spend) == 422  # over a tenth
    assert post(clerk, item, "convert", cost=100_000, **spend) == 302
    item.refresh_from_db()
    assert (item.funded, item.spent, item.converted) == (2_000_000, 1_900_000, 9)


def test_collaborator_reduces_cancels_and_restores() -> None:
    giver = collaborator()
    item = make_commitment(quantity=100, collaborator=organisation_of(giver))
    assert post(giver, item, "reduce", quantity=100, **REASON) == 422
    assert post(giver, item, "reduce", quantity=30, **REASON) == 302
    assert post(giver, item, "cancel", **REASON) == 302
    assert post(giver, item, "restore") == 302
    item.refresh_from_db()
    assert (item.state, item.live, item.held) == ("submitted", 70, 70)


def test_lapse_and_close_short(officer: User) -> None:
    item = make_commitment("accepted")
    assert post(officer, item, "close_short", **REASON) == 302
    other = make_commitment("accepted")
    make_delivery(commitment=other)
    assert post(officer, other, "lapse", **REASON) == 422
    third = make_commitment("accepted")
    assert post(officer, third, "lapse", **REASON) == 302


def test_back_link_never_leaves_the_site(officer: User) -> None:
    item = make_commitment()
    response = as_(officer).post(
        address(item, "accept"), {"quantity": 5, "kembali": "https://jahat.example/"}
    )
    assert response["Location"] == f"/id/komitmen/{item.pk}/"
    second = make_commitment()
    response = as_(officer).post(
        address(second, "accept"), {"quantity": 5, "kembali": "/id/meja/?jenis=ikrar"}
    )
    assert response["Location"] == "/id/meja/?jenis=ikrar"
