"""A recipient asks for less, for a pause, or to go on; an assessor answers."""

from itertools import product

import pytest
from django.test import Client
from django.urls import reverse

from accounts.actions import perform
from accounts.errors import NotAllowed, NotNow, OutOfReach, Refused
from accounts.models import Notice
from accounts.roles import Role
from donations.ledger import faults
from programs.actions import close, pause
from programs.adjustments import actions
from programs.adjustments.states import ADJUSTMENT, AdjustmentState, Wanted
from programs.adjustments.wording import asking
from programs.models import Adjustment, Need
from tests.factories import make_commitment, make_need, someone, tree

pytestmark = pytest.mark.django_db

REASON = "Gudang RW hanya muat separuhnya."


def official(need: Need):
    return someone(Role.OFFICIAL, need.region)


def assessor(need: Need):
    return someone(Role.ASSESSOR, tree("31.74"))


def asked(need: Need, wanted: str = Wanted.PAUSE, **more) -> Adjustment:
    return actions.ask(need=need, wanted=wanted, by=official(need), reason=REASON, **more)


def test_less_is_asked_agreed_and_revised_with_what_the_public_reads():
    need = make_need(target=1000)
    make_commitment(need=need, quantity=300)
    found = asked(need, Wanted.LESS, target=600)
    assert list(Adjustment.objects.answerable()) == [found]
    actions.agree(adjustment=found, by=assessor(need), reason="Gudangnya kecil.")
    need.refresh_from_db()
    assert (need.target, need.state) == (600, "published")
    assert need.moves.last().reason == "Gudangnya kecil."
    assert not list(faults())


@pytest.mark.parametrize("target", [None, 0, 299, 1000, 5000])
def test_less_is_fewer_than_now_and_not_fewer_than_promised(target):
    need = make_need(target=1000)
    make_commitment(need=need, quantity=300)
    with pytest.raises(Refused):
        asked(need, Wanted.LESS, target=target)
    assert not Adjustment.objects.exists()


def test_pause_and_going_on_again():
    need = make_need()
    actions.agree(adjustment=asked(need), by=assessor(need), reason="Balai warga direnovasi.")
    need.refresh_from_db()
    assert need.state == "paused"
    with pytest.raises(Refused):
        asked(need, Wanted.PAUSE)
    actions.agree(adjustment=asked(need, Wanted.RESUME), by=assessor(need), reason="Sudah siap.")
    need.refresh_from_db()
    assert need.state == "published"


def test_one_waits_at_a_time_and_a_need_is_not_closed_over_it():
    need = make_need()
    first = asked(need)
    with pytest.raises(Refused, match="menunggu"):
        asked(need)
    with pytest.raises(Refused, match="permintaan penerima"):
        close(need=need, by=None, reason="Selesai.")
    actions.decline(adjustment=first, by=assessor(need), reason="Sedang sangat dibutuhkan.")
    close(need=need, by=None, reason="Selesai.")
    assert first.moves.last().to_state == "declined"


def test_agreeing_what_was_taken_back_or_done_already_changes_nothing():
    need = make_need()
    taken_back = actions.withdraw(adjustment=asked(need), by=None)
    with pytest.raises(NotNow):
        actions.agree(adjustment=taken_back, by=assessor(need), reason="Ya.")
    overtaken = asked(need)
    pause(need=need, by=None, reason="Karena hal lain.")
    with pytest.raises(NotNow):
        actions.agree(adjustment=overtaken, by=assessor(need), reason="Ya.")
    overtaken.refresh_from_db()
    assert overtaken.is_open


WHO = {
    "ask": {Role.OFFICIAL},
    "withdraw": {Role.OFFICIAL},
    "agree": {Role.ASSESSOR},
    "decline": {Role.ASSESSOR},
}


def test_permissions_by_state_verb_role_and_area():
    need = make_need()
    inside = {
        Role.OFFICIAL: need.region, Role.ASSESSOR: tree("31.74"), Role.FACILITATOR: tree("31.74"),
        Role.ADMINISTRATOR: tree("31"),
    }  # fmt: skip
    people = {(role, True): someone(role, place) for role, place in inside.items()}
    people |= {
        (Role.OFFICIAL, False): someone(Role.OFFICIAL, tree("31.74.01.1001.009")),
        (Role.ASSESSOR, False): someone(Role.ASSESSOR, tree("31.72")),
    }
    found = asked(need)
    for state, verb, ((role, reaches), user) in product(
        AdjustmentState, ("withdraw", "agree", "decline"), people.items()
    ):
        Adjustment.objects.filter(pk=found.pk).update(state=state)
        found.refresh_from_db()
        expected = (
            OutOfReach if not reaches else NotAllowed if role not in WHO[verb]
            else None if state in ADJUSTMENT[verb].sources else NotNow
        )  # fmt: skip
        try:
            with perform(found, verb, by=user, reason="ya"):
                got = None
                raise Undone
        except Undone:
            pass
        except (OutOfReach, NotAllowed, NotNow) as error:
            got = type(error)
        assert got is expected, (state, verb, role, reaches)


class Undone(Exception):
    """Takes back what was allowed."""


def test_pages_lead_from_the_ask_to_the_answer():
    need = make_need(target=1000)
    client, officer = Client(), Client()
    who, judge = official(need), assessor(need)
    client.force_login(who)
    officer.force_login(judge)
    page = reverse("adjustment_new", args=[need.pk])
    label = "Minta dikurangi atau dijeda"
    for there in (reverse("desk_need", args=[need.pk]), reverse("desk")):
        shown = client.get(there).content.decode()
        assert page in shown
        assert label in shown
    # What is paused already can be opened again, and of what is closed nothing is asked.
    need.state = "paused"
    assert asking(need)["label"] == "Minta dikurangi atau dibuka lagi"
    need.state = "closed"
    assert asking(need) == {}
    form = client.get(page).context["form"]
    sent = {"seen": form["seen"].value(), "wanted": "less", "target": "", "reason": REASON}
    wrong = client.post(page, sent)
    assert wrong.status_code == 422
    assert "Tulis jumlah yang cukup" in wrong.content.decode()
    for _time in range(2):  # a double click asks once
        assert client.post(page, {**sent, "target": "600"}).status_code == 302
    found = Adjustment.objects.get()
    assert Notice.objects.filter(person=judge, kind="adjustment.asked").count() == 1
    desk = officer.get(
        reverse("desk"), {"jenis": "permintaan", "pilih": f"adjust-{found.pk}"}
    ).content.decode()
    assert "menjadi 600 paket" in desk
    assert REASON in desk
    answer = reverse("adjustment_verb", args=[found.pk, "agree"])
    assert client.get(answer).status_code == 403
    assert officer.get(answer).context["form"]["target"].value() == 600
    assert officer.post(answer, {"target": "700", "reason": "Cukup 700."}).status_code == 302
    need.refresh_from_db()
    assert need.target == 700
    assert Notice.objects.filter(person=who, kind="adjustment.agreed").exists()
    stranger = Client()
    stranger.force_login(someone(Role.OFFICIAL, tree("31.74.01.1001.009")))
    assert stranger.get(page).status_code == 404
    assert stranger.get(answer).status_code == 404
