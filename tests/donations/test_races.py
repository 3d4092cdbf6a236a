"""Real threads, real transactions: the last unit is given once."""

import uuid
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections, transaction
from django.db.models import F, Sum

from accounts import clock
from accounts.errors import NotNow, Refused
from donations.deliveries import actions as deliveries
from donations.deliveries.models import Delivery
from donations.handovers import actions as handovers
from donations.handovers.models import Handover
from donations.pledges import actions as pledges
from donations.pledges.actions import NeedFull, Promise
from donations.pledges.models import Allocation, Commitment, Pledge
from programs.actions import close, pause
from programs.models import Need
from tests.chain.processes import wait_until
from tests.databases import somebody_waits
from tests.factories import (
    OrganisationFactory,
    make_commitment,
    make_delivery,
    make_handover,
    make_need,
)

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*calls: Callable[[], object]) -> Counter:
    """Run all calls at the same moment, each in its own thread and connection; count kinds of results."""
    start = Barrier(len(calls))

    def run(call: Callable[[], object]) -> str:
        try:
            start.wait()
            call()
        except Exception as error:
            return type(error).__name__
        else:
            return "done"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as pool:
        return Counter(pool.map(run, calls))


def test_last_unit_of_a_need_is_held_once() -> None:
    need = make_need(target=5)
    givers = [OrganisationFactory() for _ in range(16)]

    def pledge(organisation) -> Callable[[], object]:
        return lambda: pledges.submit(
            collaborator=organisation, by=None, promises=[Promise(quantity=1, need=need)]
        )

    assert at_once(*map(pledge, givers)) == {"done": 5, NeedFull.__name__: 11}
    need.refresh_from_db()
    assert (need.held, need.missing) == (5, 0)
    assert Commitment.objects.count() == 5


def test_one_form_sent_many_times_is_one_pledge() -> None:
    need, giver, key = make_need(target=1000), OrganisationFactory(), uuid.uuid4()
    send = lambda: pledges.submit(  # noqa: E731
        collaborator=giver, by=None, promises=[Promise(quantity=10, need=need)], key=key
    )
    assert at_once(*[send] * 8) == {"done": 8}
    need.refresh_from_db()
    assert (Pledge.objects.count(), need.held) == (1, 10)


def test_accepting_declining_and_cancelling_at_once_leaves_one_answer() -> None:
    need = make_need(target=100)
    commitment = make_commitment(need=need, quantity=100)
    results = at_once(
        lambda: pledges.accept(commitment=commitment, by=None),
        lambda: pledges.decline(commitment=commitment, by=None, reason="x"),
        lambda: pledges.decline(commitment=commitment, by=None, reason="x"),
    )
    assert results == {"done": 1, NotNow.__name__: 2}
    need.refresh_from_db()
    commitment.refresh_from_db()
    assert need.held == 0
    assert need.reserved == (100 if commitment.state == "accepted" else 0)


def test_allocating_the_rest_of_a_commitment_twice_spends_it_once() -> None:
    first, second = make_need(target=100), make_need(target=100, code="31.74.01.1001.004")
    wish = pledges.submit(
        collaborator=OrganisationFactory(),
        by=None,
        promises=[Promise(quantity=100, aid_type=first.aid_type, region=first.region.parent)],
    ).commitments.get()
    wish = pledges.accept(commitment=wish, by=None)
    results = at_once(
        *[
            lambda need=need: pledges.allocate(commitment=wish, need=need, quantity=100, by=None)
            for need in (first, second)
        ]
    )
    assert results == {"done": 1, Refused.__name__: 1}


def test_dispatching_twice_sends_once() -> None:
    delivery = make_delivery()
    assert at_once(*[lambda: deliveries.dispatch(delivery=delivery, by=None)] * 4) == {
        "done": 1,
        NotNow.__name__: 3,
    }
    assert Allocation.objects.get().dispatched == 100


def test_planning_the_same_quantity_twice_plans_it_once() -> None:
    commitment = make_commitment("accepted")
    allocation = commitment.allocations.get()
    plan = lambda: deliveries.plan(  # noqa: E731
        executor=commitment.executor, quantities={allocation: 100}, planned_on=clock.today(), by=None
    )
    assert at_once(*[plan] * 4) == {"done": 1, Refused.__name__: 3}
    assert Delivery.objects.count() == 1


def test_entrusting_another_while_a_delivery_is_planned_leaves_one_executor() -> None:
    commitment = make_commitment("accepted")
    allocation, other = commitment.allocations.get(), OrganisationFactory(is_executor=True)
    results = at_once(
        lambda: pledges.entrust(commitment=commitment, by=None, executor=other),
        lambda: deliveries.plan(
            executor=commitment.executor, quantities={allocation: 10}, planned_on=clock.today(), by=None
        ),
    )
    assert results == {"done": 1, Refused.__name__: 1}
    commitment.refresh_from_db()
    assert all(delivery.executor_id == commitment.executor_id for delivery in Delivery.objects.all())


def test_submitting_a_report_twice_counts_once_and_draws_one_number() -> None:
    handover = make_handover("draft")
    results = at_once(*[lambda: handovers.submit(handover=handover, by=None)] * 4)
    assert results == {"done": 1, NotNow.__name__: 3}
    assert Allocation.objects.get().received == 100
    assert Handover.objects.get().number.startswith("1/31.74/")


def test_starting_a_report_twice_gives_one_draft() -> None:
    delivery = make_delivery("dispatched")
    assert at_once(*[lambda: handovers.start(delivery=delivery, by=None)] * 4) == {"done": 4}
    assert Handover.objects.count() == 1


def test_counters_add_up_after_a_storm() -> None:
    """Whatever happens at once, the counters of needs and commitments are the sums of the allocations."""
    need = make_need(target=40)
    waiting = [make_commitment(need=need, quantity=3) for _ in range(8)]
    calls: list[Callable[[], object]] = []
    for commitment in waiting:
        calls.append(lambda c=commitment: pledges.accept(commitment=c, by=None, quantity=2))
        calls.append(lambda c=commitment: pledges.cancel(commitment=c, by=None, reason="x"))
        calls.append(
            lambda: pledges.submit(
                collaborator=OrganisationFactory(), by=None, promises=[Promise(quantity=2, need=need)]
            )
        )
    at_once(*calls)
    need.refresh_from_db()
    live = need.allocations.live().values("state").annotate(q=Sum(F("quantity") - F("released")))
    sums = {row["state"]: row["q"] for row in live}
    assert (need.held, need.reserved) == (sums.get("held", 0), sums.get("reserved", 0))
    assert need.held + need.reserved <= need.target
    assert connection.is_usable()
    assert Need.objects.count() == 1


def test_pledging_and_closing_at_once_leaves_no_pledge_on_a_closed_need() -> None:
    need = make_need(target=100)
    givers = [OrganisationFactory() for _ in range(6)]
    at_once(
        lambda: close(need=need, by=None, reason="x"),
        *[
            lambda giver=giver: pledges.submit(
                collaborator=giver, by=None, promises=[Promise(quantity=1, need=need)]
            )
            for giver in givers
        ],
    )
    need.refresh_from_db()
    assert need.state == "published" or need.held == 0


def test_pledge_that_read_an_open_need_holds_nothing_once_it_is_paused() -> None:
    need, giver = make_need(target=100), OrganisationFactory()

    def pledge() -> str:
        try:
            pledges.submit(collaborator=giver, by=None, promises=[Promise(quantity=1, need=need)])
        except Refused as refused:
            return refused.code
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            pause(need=need, by=None, reason="x")
            # It still reads the need as open, and waits for the row with the insert of its allocation.
            sent = pool.submit(pledge)
            wait_until(somebody_waits)
        assert sent.result(timeout=60) == "need_closed"
    need.refresh_from_db()
    assert (need.state, need.held, Pledge.objects.count()) == ("paused", 0, 0)


def test_paused_need_lets_go_of_what_it_holds() -> None:
    need = make_need(target=100)
    taken, declined = make_commitment(need=need, quantity=30), make_commitment(need=need, quantity=20)
    pause(need=need, by=None, reason="x")
    pledges.accept(commitment=taken, by=None, quantity=25)
    pledges.decline(commitment=declined, by=None, reason="x")
    need.refresh_from_db()
    assert (need.held, need.reserved) == (0, 25)
