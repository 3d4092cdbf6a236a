"""Money through an aggregator: received, used, at most a tenth for collecting it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts import clock
from accounts.actions.permits import reinstate_permit, revoke_permit, suspend_permit
from accounts.errors import Refused
from donations.pledges import actions as pledges
from donations.pledges.models import Commitment, Conversion, Route
from tests.factories import aggregator, make_commitment, make_need

pytestmark = pytest.mark.django_db


@pytest.fixture
def commitment() -> Commitment:
    return make_commitment(
        "accepted", need=make_need(), quantity=400, route=Route.AGGREGATOR, aggregator=aggregator()
    )


def test_money_becomes_units_that_can_be_sent(commitment: Commitment) -> None:
    pledges.fund(commitment=commitment, by=None, amount=80_000_000, reference="TRX-1")
    pledges.convert(commitment=commitment, by=None, quantity=300, unit_price=200_000, cost=6_000_000)
    commitment.refresh_from_db()
    assert (commitment.funded, commitment.spent, commitment.converted) == (80_000_000, 66_000_000, 300)
    assert commitment.dispatchable == 300
    with pytest.raises(Refused, match="belum dipakai tinggal"):
        pledges.convert(commitment=commitment, by=None, quantity=100, unit_price=200_000)


def test_money_is_taken_only_under_a_permit_in_force_that_day(commitment: Commitment) -> None:
    """A permit may have lapsed since: what came before stays welcome, what came meanwhile does not."""
    assert commitment.aggregator
    permit = commitment.aggregator.permits.get()
    today = clock.today()
    suspend_permit(permit=permit, by=None, reason="Surat 5.", day=today - timedelta(days=6))
    pledges.fund(commitment=commitment, by=None, amount=10, received_on=today - timedelta(days=7))
    for day in (today - timedelta(days=6), today):
        with pytest.raises(Refused, match="tidak berlaku") as refused:
            pledges.fund(commitment=commitment, by=None, amount=10, received_on=day)
        assert refused.value.field == "received_on"
    reinstate_permit(permit=permit, by=None, reason="Surat 6.", day=today - timedelta(days=2))
    pledges.fund(commitment=commitment, by=None, amount=10, received_on=today)
    revoke_permit(permit=permit, by=None, reason="Surat 7.", day=today)
    with pytest.raises(Refused, match="tidak berlaku"):
        pledges.fund(commitment=commitment, by=None, amount=10, received_on=today)
    pledges.fund(commitment=commitment, by=None, amount=10, received_on=today - timedelta(days=1))
    commitment.refresh_from_db()
    assert commitment.funded == 30


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"quantity": 0, "unit_price": 1}, "quantity"),
        ({"quantity": 401, "unit_price": 1}, "quantity"),
        ({"quantity": 1, "unit_price": -1}, "quantity"),
        ({"quantity": 10, "unit_price": 100, "cost": 112}, "cost"),
        ({"quantity": 400, "unit_price": 200_001}, "unit_price"),
    ],
)
def test_conversion_refuses_what_cannot_be(commitment: Commitment, change: dict, field: str) -> None:
    pledges.fund(commitment=commitment, by=None, amount=80_000_000)
    with pytest.raises(Refused) as refused:
        pledges.convert(commitment=commitment, by=None, **change)
    assert refused.value.field == field


@settings(max_examples=60, deadline=None)
@given(quantity=st.integers(1, 400), price=st.integers(1, 10**6), cost=st.integers(0, 10**8))
def test_collection_cost_is_at_most_a_tenth_in_python_as_in_the_database(
    quantity: int, price: int, cost: int
) -> None:
    """What the action lets through, the CHECK lets through, and the other way round."""
    made = Commitment.objects.first() or make_commitment(
        "accepted", need=make_need(), quantity=400, route=Route.AGGREGATOR, aggregator=aggregator()
    )
    allowed = cost * 10 <= quantity * price + cost
    try:
        with transaction.atomic():
            Conversion.objects.create(
                commitment=made, quantity=quantity, unit_price=price, cost=cost, converted_on=clock.today()
            )
            held = True
    except IntegrityError:
        held = False
    assert held is allowed


def test_direct_commitment_takes_no_money() -> None:
    with pytest.raises(Refused, match="dikirim langsung"):
        pledges.fund(commitment=make_commitment("accepted"), by=None, amount=1)


def test_database_refuses_to_spend_more_than_was_received(commitment: Commitment) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Commitment.objects.filter(pk=commitment.pk).update(spent=1)


def test_pledge_through_an_aggregator_whose_permit_ended_is_refused() -> None:
    with pytest.raises(Refused, match="tidak berlaku") as refused:
        make_commitment(need=make_need(), route=Route.AGGREGATOR, aggregator=aggregator(days=-1))
    assert refused.value.field == "aggregator"
    assert not Commitment.objects.exists()


def test_pledge_through_a_suspended_permit_or_organisation_is_refused() -> None:
    collector = aggregator()
    suspend_permit(permit=collector.permits.get(), by=None, reason="x")
    with pytest.raises(Refused, match="tidak berlaku"):
        make_commitment(need=make_need(), route=Route.AGGREGATOR, aggregator=collector)
    reinstate_permit(permit=collector.permits.get(), by=None, reason="x")
    collector.state = "suspended"
    collector.save()
    with pytest.raises(Refused, match="tidak berlaku"):
        make_commitment(need=make_need(), route=Route.AGGREGATOR, aggregator=collector)
