"""What comes again every month: announced a week before, made once, skipped, ended."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client

from accounts import clock
from accounts.models import Permit
from accounts.notices.models import Notice
from accounts.once import last_move
from donations.pledges.actions import cancel
from donations.pledges.actions.repeats import announce_due, end, make_due, skip
from donations.pledges.actions.submit import Promise, submit
from donations.pledges.models import Commitment, Repeat, RepeatWish, Route
from programs.models import Need
from tests.factories import aggregator, collaborator, make_need, organisation_of

pytestmark = pytest.mark.django_db
START = datetime(2026, 1, 31, 5, tzinfo=UTC)


def promised(need: Need | None = None, wish: RepeatWish = RepeatWish.OPEN, **fields) -> Repeat:
    """A repeat that was started on 31 January."""
    user = collaborator()
    with clock.at(START):
        need = need or make_need(deadline=START.date() + timedelta(days=300))
        promise = Promise(quantity=100, need=need, repeat=wish, **fields)
        pledge = submit(collaborator=organisation_of(user), by=user, promises=[promise])
    return Repeat.objects.get(first__pledge=pledge)


def jobs(*days: str) -> list[tuple[int, int]]:
    """What announcing and making did on these days, each run twice."""
    done = []
    for day in days:
        with clock.at(datetime.fromisoformat(f"{day}T05:00+00:00")):
            done.append((announce_due() + announce_due(), make_due() + make_due()))
    return done


def test_each_month_is_announced_a_week_before_and_made_once() -> None:
    repeat = promised()
    assert jobs("2026-02-20", "2026-02-21", "2026-02-27", "2026-02-28") == [(0, 0), (1, 0), (0, 0), (0, 1)]
    made = repeat.commitments.get()
    assert (made.pledge, made.quantity, made.held, made.state) == (repeat.first.pledge, 100, 100, "submitted")
    repeat.refresh_from_db()
    # The end of a shorter month does not move the later ones.
    assert repeat.next_on.isoformat() == "2026-03-31"


def test_late_announcement_still_leaves_a_week() -> None:
    repeat = promised()
    assert jobs("2026-03-05", "2026-03-11", "2026-03-12") == [(1, 0), (0, 0), (0, 1)]
    assert repeat.commitments.get().repeat_on.isoformat() == "2026-02-28"


def test_repeat_of_a_full_need_leaves_the_place_to_the_assessor() -> None:
    need = make_need(target=150)
    repeat = promised(need)
    jobs("2026-02-21", "2026-02-28")
    made = repeat.commitments.get()
    assert (made.region, made.held, made.aid_type) == (need.region, 0, need.aid_type)


def test_times_are_counted_and_end() -> None:
    repeat = promised(wish=RepeatWish.TWO)
    jobs("2026-02-21", "2026-02-28", "2026-03-24", "2026-03-31", "2026-04-23", "2026-04-30")
    repeat.refresh_from_db()
    assert (repeat.state, repeat.commitments.count()) == ("ended", 2)


def test_skipped_month_is_left_out_and_the_next_one_comes() -> None:
    repeat = promised()
    jobs("2026-02-21")
    skip(repeat=repeat, by=None)
    assert jobs("2026-02-28", "2026-03-24", "2026-03-31") == [(0, 0), (1, 0), (0, 1)]


def test_ended_or_unwanted_repeat_makes_nothing() -> None:
    ended, unwanted = promised(), promised()
    end(repeat=ended, by=None)
    cancel(commitment=unwanted.first, by=None, reason="Tidak jadi.")
    jobs("2026-02-21", "2026-02-28")
    unwanted.refresh_from_db()
    assert unwanted.state == "ended"
    assert not Commitment.objects.exclude(repeat=None).exists()


def test_month_without_a_permit_passes_and_says_why() -> None:
    collector = aggregator()
    repeat = promised(route=Route.AGGREGATOR, aggregator=collector)
    Permit.objects.filter(organisation=collector).update(valid_until=START.date())
    jobs("2026-02-21", "2026-02-28")
    repeat.refresh_from_db()
    missed = repeat.moves.get(verb="miss")
    assert "tidak berlaku" in missed.reason
    assert (repeat.turn, repeat.commitments.count()) == (2, 0)


def test_giver_skips_once_however_often_the_button_is_pressed(client: Client) -> None:
    repeat = promised()
    giver = repeat.first.pledge.submitted_by
    assert giver is not None
    client.force_login(giver)
    page = client.get(repeat.first.pledge.get_absolute_url())
    assert "28 Februari 2026" in page.content.decode().replace("\u00a0", " ")
    form = {"seen": str(last_move(repeat))}
    for _press in range(2):
        response = client.post(f"/id/ikrar/ulangan/{repeat.pk}/skip/", form)
        assert response["Location"] == repeat.first.pledge.get_absolute_url()
    repeat.refresh_from_db()
    assert repeat.next_on.isoformat() == "2026-03-31"
    client.force_login(collaborator())
    assert client.post(f"/id/ikrar/ulangan/{repeat.pk}/end/", form).status_code == 404


def test_announcement_reaches_the_giver_once() -> None:
    repeat = promised()
    jobs("2026-02-21", "2026-02-22")
    told = Notice.objects.filter(kind="repeat.coming")
    assert [notice.person for notice in told] == [repeat.first.pledge.submitted_by]


@pytest.mark.django_db(transaction=True)
def test_job_that_runs_twice_at_once_makes_one() -> None:
    repeat = promised()
    jobs("2026-02-21")
    start = threading.Barrier(3)
    made: list[int] = []

    def run() -> None:
        try:
            with clock.at(datetime(2026, 2, 28, 5, tzinfo=UTC)):
                start.wait(10)
                made.append(make_due())
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _one in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert (sum(made), repeat.commitments.count()) == (1, 1)
