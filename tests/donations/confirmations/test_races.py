"""Answers that come at once."""

import pytest

from donations.confirmations import actions
from donations.confirmations.models import Contradiction
from donations.misconduct.models import Case
from tests.donations.confirmations.making import ALL, PAID, SOME, drawn, submitted
from tests.donations.misconduct.test_races import at_once

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
