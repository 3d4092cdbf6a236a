"""Every verb locks in one order, so that no two of them wait for each other."""

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import clock
from accounts.errors import Refused
from donations.deliveries import actions as deliveries
from donations.deliveries.models import Delivery
from donations.handovers import actions as handovers
from donations.pledges import actions as pledges
from donations.pledges.models import Allocation, Route
from tests.factories import aggregator, make_commitment, make_delivery, make_handover, make_need

pytestmark = pytest.mark.django_db

# Tables in the order in which their rows are locked; those of one number lie in one aggregate.
ORDER = {
    "programs_need": 1, "donations_commitment": 2, "donations_delivery": 3, "donations_handover": 3,
    "donations_handoverline": 4, "donations_deliveryline": 4, "donations_allocation": 4,
}  # fmt: skip


def _restore() -> Callable[[], object]:
    declined = pledges.decline(commitment=make_commitment(), by=None, reason="x")
    return lambda: pledges.restore(commitment=declined, by=None)


def _plan() -> Callable[[], object]:
    commitment = make_commitment("accepted")
    quantities = {commitment.allocations.get(): 10}
    return lambda: deliveries.plan(
        executor=commitment.executor, quantities=quantities, planned_on=clock.today(), by=None
    )


def _of_delivery(verb: str, state: str = "planned") -> Callable[[], object]:
    delivery = make_delivery(state)
    reason = {} if verb == "dispatch" else {"reason": "x"}
    return lambda: getattr(deliveries, verb)(delivery=delivery, by=None, **reason)


def _of_report(verb: str, state: str = "submitted", **data: str) -> Callable[[], object]:
    handover = make_handover(state)
    return lambda: getattr(handovers, verb)(handover=handover, by=None, **data)


def _release() -> Callable[[], object]:
    line = make_handover("verified", good=90, damaged=10).delivery.lines.get()
    return lambda: deliveries.release(line=line, by=None, quantity=10, reason="x")


CASES: dict[str, Callable[[], Callable[[], object]]] = {
    "restore": _restore,
    "plan": _plan,
    "dispatch": lambda: _of_delivery("dispatch"),
    "cancel": lambda: _of_delivery("cancel"),
    "fail": lambda: _of_delivery("fail", "dispatched"),
    "release": _release,
    "submit": lambda: _of_report("submit", "draft"),
    "verify": lambda: _of_report("verify"),
    "send_back": lambda: _of_report("send_back", reason="x"),
}


@pytest.mark.parametrize("verb", CASES)
def test_verb_locks_needs_then_commitments_then_the_rest(verb: str) -> None:
    act = CASES[verb]()
    with CaptureQueriesContext(connection) as asked:
        act()
    locked: list[str] = []
    for query in asked.captured_queries:
        if found := re.search(r'FROM "(\w+)".* FOR UPDATE', query["sql"], re.DOTALL):
            locked.append(found[1])
    first = list(dict.fromkeys(locked))
    assert {"programs_need", "donations_commitment"} <= set(first), first
    assert [ORDER[table] for table in first] == sorted(ORDER[table] for table in first), first


def test_dispatch_counts_all_that_one_commitment_sends_against_what_was_bought() -> None:
    collector = aggregator()
    first, second = make_need(), make_need()
    commitment = make_commitment(
        "accepted", need=first, quantity=100, route=Route.AGGREGATOR, aggregator=collector
    )
    pledges.release(allocation=commitment.allocations.get(), by=None, reason="x", quantity=50)
    commitment.refresh_from_db()
    pledges.allocate(commitment=commitment, need=second, quantity=50, by=None)
    pledges.fund(commitment=commitment, by=None, amount=60 * 200_000)
    pledges.convert(commitment=commitment, by=None, quantity=60, unit_price=200_000)
    delivery = deliveries.plan(
        executor=collector,
        quantities=dict.fromkeys(Allocation.objects.filter(commitment=commitment), 50),
        planned_on=clock.today(),
        by=None,
    )
    with pytest.raises(Refused) as refused:
        deliveries.dispatch(delivery=delivery, by=None)
    assert refused.value.code == "not_converted"
    assert Delivery.objects.get().state == "planned"
