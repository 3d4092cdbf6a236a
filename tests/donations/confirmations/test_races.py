"""Answers that come at once."""

import threading

import pytest
from django.db import connection, transaction

from accounts import clock
from accounts.roles import Role
from donations.confirmations import actions
from donations.confirmations.models import ConfirmationMove, Contradiction
from donations.handovers.models import Handover
from donations.misconduct.models import Case
from tests.donations.confirmations.making import ALL, PAID, SOME, drawn, submitted
from tests.donations.misconduct.test_races import at_once
from tests.factories import assessor, assign, tree

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_code_twice_and_two_slips_at_once_are_one_answer_each_and_one_case() -> None:
    handover = submitted()
    first, second = drawn(handover).slips.order_by("position")[:2]
    turns = iter((ALL, SOME, ALL, SOME))
    results = at_once(
        4, lambda: actions.answer(confirmation=first, reply=next(turns), by=None, is_first=True).received
    )
    assert first.moves.filter(verb="answer").count() == 1
    first.refresh_from_db()
    assert sorted(results) == sorted(["NotNow"] * 2 + [first.received] * 2)
    slips = iter((first, second, first, second))
    at_once(4, lambda: actions.answer(confirmation=next(slips), reply=PAID, by=None).pk)
    assert (Contradiction.objects.count(), Case.objects.count()) == (1, 1)
    assert [slip.moves.filter(verb="answer").count() for slip in (first, second)] == [2, 1]


@pytest.mark.parametrize("first", ["verify", "confirm"])
def test_witness_and_judge_at_once_are_not_one_person_whatever_code_writes_it(first: str) -> None:
    """Only the triggers speak here: neither advisory lock nor action."""
    both, handover = assessor("31.74"), submitted()
    assign(both, Role.FACILITATOR, tree("31.74.01.1001"))
    asked = next(one for one in actions.ask(handover) if one.side == "facilitator")
    acts = {
        "verify": lambda: Handover.objects.filter(pk=handover.pk).update(
            state="verified", verified_by=both, verified_at=clock.now()
        ),
        "confirm": lambda: ConfirmationMove.objects.create(
            subject=asked, verb="attest", to_state="answered", actor=both
        ),
    }
    refused: list[str] = []

    def run(name: str) -> None:
        try:
            acts[name]()
        except Exception as error:
            refused.append(type(error).__name__)
        finally:
            connection.close()

    second = threading.Thread(target=run, args=[next(name for name in acts if name != first)])
    with transaction.atomic():
        acts[first]()
        second.start()
        second.join(0.3)  # it waits for the first, which is not committed
    second.join()
    assert refused == ["IntegrityError"]
