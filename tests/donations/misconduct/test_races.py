"""Things that happen at once."""

import threading

import pytest
from django.db import connection

from donations.misconduct import actions
from donations.misconduct.models import Case, CaseDraft
from tests.donations.misconduct.making import RW, TEXT, inspector, make_case
from tests.factories import tree

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(number: int, act) -> list[object]:
    """What came of each."""
    ready, results = threading.Barrier(number), []

    def run() -> None:
        ready.wait()
        try:
            results.append(act())
        except Exception as error:
            results.append(type(error).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _i in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_draft_sent_five_times_at_once_is_one_report():
    tree(RW)
    draft = actions.begin(kind="levy", text=TEXT, region=RW, posts=["unknown"])
    for step in ("cerita", "tempat", "siapa"):
        actions.answer_draft(draft=draft, step=step)
    assert len(set(at_once(4, lambda: actions.code_of(draft)))) == 1
    results = at_once(5, lambda: actions.send(draft=draft, by=None).number)
    assert sorted(results.count(result) for result in set(results)) == [1, 4]
    assert results.count("Gone") == 4
    assert Case.objects.count() == 1
    assert not CaseDraft.objects.exists()


def test_two_inspectors_take_up_a_case_at_once_and_one_does():
    officer = inspector("31.74")
    case = make_case()
    results = at_once(2, lambda: actions.acknowledge(case=case, by=officer).state)
    assert sorted(results) == ["NotNow", "acknowledged"]


def test_escalation_by_two_jobs_happens_once():
    from datetime import timedelta

    from django.utils import timezone

    from accounts import clock

    inspector("31.74")
    inspector("31")
    with clock.at(timezone.now() - timedelta(days=9)):
        case = make_case()
    at_once(2, actions.watch)
    assert case.moves.filter(verb="escalate").count() == 1


def test_same_message_by_two_clicks_at_once_is_one():
    case = make_case()
    at_once(3, lambda: actions.write(case=case, text="Dua klik").pk)
    assert case.entries.filter(kind="reporter").count() == 1
