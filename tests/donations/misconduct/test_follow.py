"""The bearer of a code follows the report, writes, adds, and may ask that it is looked at again."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts import clock
from donations.misconduct import actions, codes
from donations.misconduct.models import CaseEntry
from tests.donations.misconduct.making import inspector, make_case, pdf
from tests.factories import picture

pytestmark = pytest.mark.django_db
FOLLOW = "/id/lapor/pantau/"
CODE = "K7QF-2M9X-4TRD-8WHB-3NPC"


def enter(client, code: str = CODE):
    return client.post(FOLLOW, {"code": code})


@pytest.mark.parametrize("typed", [CODE, CODE.lower(), CODE.replace("-", " "), f"  {CODE.replace('-', '')} "])
def test_code_opens_however_it_is_typed(client, typed):
    case = make_case(code=CODE)
    assert enter(client, typed)["Location"] == FOLLOW
    assert case.number in client.get(FOLLOW).content.decode()
    client.post("/id/lapor/pantau/tutup/")
    assert case.number not in client.get(FOLLOW).content.decode()


@pytest.mark.parametrize(
    "typed", ["", "K7QF", "K7QF-2M9X-4TRD-8WHB-3NPD", "🙈" * 20, "I" * 20, "A" * 101, CODE + "A"]
)
def test_wrong_code_opens_nothing(client, typed):
    make_case(code=CODE)
    assert enter(client, typed).status_code == 422
    assert "ksbb_lapor" not in client.cookies


def test_guessing_is_limited(client):
    make_case(code=CODE)
    for _i in range(12):
        assert enter(client, codes.new_code()).status_code == 422
    response = enter(client)
    assert response.status_code == 429
    assert int(response["Retry-After"]) > 0
    assert "ksbb_lapor" not in client.cookies


def test_cookie_of_somebody_elses_making_or_an_old_one_opens_nothing(client):
    case = make_case(code=CODE)
    for token in (str(case.pk), "x", "gAAAAA", "é"):
        client.cookies["ksbb_lapor"] = token
        assert case.number not in client.get(FOLLOW).content.decode()
    enter(client)
    token = client.cookies["ksbb_lapor"].value
    assert client.cookies["ksbb_lapor"]["httponly"]
    import time
    from unittest.mock import patch

    with patch("time.time", return_value=time.time() + 31 * 60):
        client.cookies["ksbb_lapor"] = token
        assert case.number not in client.get(FOLLOW).content.decode()


def test_messages_go_both_ways_and_notes_stay_inside(client):
    officer = inspector("31.74")
    case = make_case(code=CODE)
    enter(client)
    assert client.post(FOLLOW, {"text": "Masih ada kuitansinya."})["Location"] == FOLLOW
    actions.reply(case=case, by=officer, text="Boleh difoto?")
    actions.note(case=case, by=officer, text="Hati-hati, lurahnya kerabat.")
    actions.acknowledge(case=case, by=officer)
    actions.coordinate(case=case, by=officer, reason="Dengan suku dinas.")
    shown = client.get(FOLLOW).content.decode()
    for words in ("Masih ada kuitansinya.", "Boleh difoto?"):
        assert words in shown
    for secret in ("kerabat", "suku dinas", officer.name):
        assert secret not in shown
    client.post(FOLLOW, {"text": "Ini fotonya.", "bukti": [picture(), pdf()]})
    assert case.evidence.count() == 2
    assert [move.verb for move in case.moves.order_by("pk")][-2:] == ["attach", "write"]


def test_same_message_sent_twice_is_one(client):
    case = make_case(code=CODE)
    enter(client)
    for _i in range(3):
        assert client.post(FOLLOW, {"text": "Sekali saja."}).status_code == 302
    assert case.entries.filter(kind=CaseEntry.Kind.REPORTER).count() == 1
    actions.reply(case=case, by=None, text="Ya?")
    client.post(FOLLOW, {"text": "Sekali saja."})
    assert case.entries.filter(kind=CaseEntry.Kind.REPORTER).count() == 2


def test_what_was_typed_as_the_half_hour_ended_is_shown_again_after_the_code(client):
    case = make_case(code=CODE)
    response = client.post(FOLLOW, {"text": "Sudah panjang <b>sekali</b>"})
    assert response.status_code == 422
    assert "Sudah panjang &lt;b&gt;" in response.content.decode()
    response = client.post(FOLLOW, {"code": CODE, "text": "Sudah panjang"})
    assert response.status_code == 200
    assert "Sudah panjang" in response.content.decode()
    assert not case.entries.filter(kind=CaseEntry.Kind.REPORTER).exists()


@pytest.mark.parametrize("data", [{"text": "  "}, {"text": "x" * 6001}, {"apa": "lagi", "lagi-text": ""}])
def test_what_cannot_be_sent_is_said(client, data):
    make_case("resolved", code=CODE)
    enter(client)
    assert client.post(FOLLOW, data).status_code == 422


def test_decision_can_be_contested_for_thirty_days_and_goes_to_the_province(client):
    inspector("31.74")
    inspector("31")
    case = make_case("rejected", code=CODE)
    assert case.office_id == "31.74"
    enter(client)
    assert "Sudah diperiksa." in client.get(FOLLOW).content.decode()
    assert client.post(FOLLOW, {"apa": "lagi", "lagi-text": "Saksinya tidak ditanya."}).status_code == 302
    case.refresh_from_db()
    assert (case.state, case.office_id, case.decided_at) == ("received", "31", None)
    assert case.due_on == clock.today() + timedelta(days=3)
    assert case.moves.order_by("pk").last().reason == ""
    assert client.post(FOLLOW, {"apa": "lagi", "lagi-text": "Lagi."}).status_code == 409


def test_contest_comes_too_late_after_thirty_days(client):
    with clock.at(timezone.now() - timedelta(days=31)):
        case = make_case("rejected", code=CODE)
    enter(client)
    assert "Minta diperiksa lagi" not in client.get(FOLLOW).content.decode()
    assert client.post(FOLLOW, {"apa": "lagi", "lagi-text": "Lagi."}).status_code == 422
    case.refresh_from_db()
    assert case.state == "rejected"


def test_state_and_deadline_are_told(client):
    case = make_case(code=CODE)
    enter(client)
    assert "paling lambat" in client.get(FOLLOW).content.decode()
    with clock.at(timezone.now() + timedelta(days=5)):
        assert "terlambat" in client.get(FOLLOW).content.decode()
    assert case.due_on == clock.today() + timedelta(days=3)
