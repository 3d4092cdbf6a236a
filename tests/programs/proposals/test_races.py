"""Real threads, real transactions: one person is counted once, one form is one proposal."""

import uuid

import pytest

from programs.proposals import actions
from programs.proposals.models import Answer, Comment, Proposal, Support
from tests.donations.test_races import at_once
from tests.factories import UserFactory, assessor, tree
from tests.programs.proposals.making import BODY, make_comment, make_proposal

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_person_who_supports_many_times_at_once_is_counted_once() -> None:
    proposal, person = make_proposal(), UserFactory()
    assert at_once(*[lambda: actions.support(proposal=proposal, by=person)] * 8) == {"done": 8}
    proposal.refresh_from_db()
    assert proposal.supports == Support.objects.count() == 1


def test_many_people_at_once_are_all_counted() -> None:
    proposal = make_proposal()
    people = [UserFactory() for _ in range(12)]
    calls = [lambda person=person: actions.support(proposal=proposal, by=person) for person in people]
    takers = [
        lambda person=person: actions.take_back_support(proposal=proposal, by=person) for person in people[:4]
    ]
    assert at_once(*calls) == {"done": 12}
    assert at_once(*takers, *[lambda: make_comment(proposal=proposal) for _ in range(4)]) == {"done": 8}
    proposal.refresh_from_db()
    assert (proposal.supports, proposal.comments) == (8, 4)


def test_one_form_sent_many_times_is_one_proposal_and_one_comment() -> None:
    author, key, place = UserFactory(), uuid.uuid4(), tree("31.74")
    fields = {"by": author, "key": key, "title": "Kebun atap sekolah", "body": BODY, "for_whom": "murid",
              "region": place, "display_name": "Guru SMP"}  # fmt: skip
    assert at_once(*[lambda: actions.submit(**fields)] * 6) == {"done": 6}
    proposal = actions.publish(proposal=Proposal.objects.get(), by=None)
    said = {
        "proposal": proposal,
        "by": author,
        "key": uuid.uuid4(),
        "body": "Setuju.",
        "display_name": "Guru",
    }
    assert at_once(*[lambda: actions.post(**said)] * 6) == {"done": 6}
    assert Comment.objects.count() == 1


def test_support_while_it_is_closed_is_counted_or_refused_and_never_lost() -> None:
    proposal = make_proposal()
    people = [UserFactory() for _ in range(6)]
    calls = [lambda person=person: actions.support(proposal=proposal, by=person) for person in people]
    outcome = at_once(*calls, lambda: actions.close(proposal=proposal, by=None, reason="Selesai."))
    proposal.refresh_from_db()
    assert outcome["done"] == proposal.supports + 1
    assert outcome["done"] + outcome["NotNow"] == 7


def test_two_offices_that_answer_first_at_once_make_one_answer() -> None:
    proposal = make_proposal()
    officers = [assessor("31.74"), assessor("31.74.01")]
    calls = [
        lambda by=by: actions.answer(proposal=proposal, verb="study", by=by, text="Dikaji.")
        for by in officers
    ]
    assert at_once(*calls) == {"done": 1, "NotNow": 1}
    assert Answer.objects.get().moves.count() == 1
