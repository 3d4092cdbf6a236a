"""The public page of a need: what it says in each state, and what it never says."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import clock
from donations.pledges import actions as pledges
from programs.actions import close, pause, revise
from tests.factories import (
    AidTypeFactory,
    OrganisationFactory,
    assessor,
    make_commitment,
    make_delivery,
    make_handover,
    make_need,
)

pytestmark = pytest.mark.django_db


def page(client, need):
    return client.get(need.get_absolute_url())


def text(client, need):
    return page(client, need).content.decode()


def test_draft_is_404(client):
    assert page(client, make_need("draft")).status_code == 404


def test_open_need_leads_to_a_pledge(client):
    need = make_need(target=640)
    answer = page(client, need)
    assert "640 paket sembako untuk RW 03" in answer.content.decode()
    assert f'action="/id/kebutuhan/{need.pk}/ikrar/"' in answer.content.decode()
    assert answer.context["amount"] == "100"
    assert not answer.cookies


def test_suggested_amount_is_never_more_than_is_missing(client):
    assert page(client, make_need(target=16)).context["amount"] == "16"


@pytest.mark.parametrize("state", ["full", "closed", "paused", "late"])
def test_need_that_takes_no_pledge_says_so_and_offers_the_nearest(client, state):
    need = make_need(target=100)
    other = make_need(code="31.74.01.1001.009")
    if state == "full":
        make_commitment(need=need, quantity=100)
    elif state == "closed":
        close(need=need, by=None, reason="Cukup.")
    elif state == "paused":
        pause(need=need, by=None, reason="Menunggu data.")
    later = clock.now() + timedelta(days=40 if state == "late" else 0)
    if state == "late":
        other.__class__.objects.filter(pk=other.pk).update(deadline=clock.today() + timedelta(days=90))
    with clock.at(later):
        answer = page(client, need)
    words = answer.content.decode()
    assert answer.context["standing"] == state
    assert str(answer.context["standing"].headline) in words
    assert "/ikrar/" not in words
    assert other.get_absolute_url() in words


def test_only_those_are_named_who_agreed(client):
    need = make_need()
    make_commitment(
        need=need, quantity=10, collaborator=OrganisationFactory(name="Yayasan Rahasia", may_be_named=False)
    )
    make_commitment(need=need, quantity=10, collaborator=OrganisationFactory(name="Yayasan Terang"))
    words = text(client, need)
    assert "Yayasan Rahasia" not in words
    assert "Tidak ingin disebut" in words
    assert words.count("menunggu asesor") == 2


def test_gift_leads_to_its_evidence(client):
    handover = make_handover("verified")
    need = handover.lines.get().delivery_line.allocation.need
    [gift] = page(client, need).context["gifts"]
    assert gift.mark == "verified"
    assert [(one.href, one.good, one.is_verified) for one in gift.evidence] == [
        (handover.get_absolute_url(), 100, True)
    ]


def test_many_gifts_are_listed_page_by_page(client, monkeypatch):
    monkeypatch.setattr("donations.views.need.GIFTS_SHOWN", 2)
    need = make_need()
    given = [make_commitment(need=need, quantity=number).allocations.get() for number in (10, 20, 30)]
    first, second = (client.get(f"{need.get_absolute_url()}?pemberi={number}") for number in (1, 2))
    assert [gift.allocation for gift in first.context["gifts"]] == given[:2]
    assert [gift.allocation for gift in second.context["gifts"]] == given[2:]
    assert "?pemberi=2#yang-memberi" in first.content.decode()
    assert first.context["held_until"] == second.context["held_until"] == max(one.expires_at for one in given)


def test_draft_of_a_report_is_no_evidence(client):
    handover = make_handover("draft")
    need = handover.lines.get().delivery_line.allocation.need
    [gift] = page(client, need).context["gifts"]
    assert gift.evidence == []
    assert gift.sent_on == clock.today()


def test_history_names_offices_and_neither_people_nor_reasons(client):
    officer = assessor()
    officer.name = "Ibu Pegawai"
    officer.save()
    need = make_need(target=580)
    revise(need=need, by=officer, reason="Rahasia dapur.", changes={"target": 640})
    words = text(client, need)
    assert "target naik dari 580 menjadi 640 paket" in words
    assert "Rahasia dapur" not in words
    assert "Ibu Pegawai" not in words
    assert "Asesor" in words or "asesor" in words


def test_money_is_said_in_rupiah(client):
    money = AidTypeFactory(code="thr", name="THR tunai", unit="rupiah", kind="money", guide_value=1)
    words = text(client, make_need(aid_type=money, target=20_000_000))
    assert "Rp20.000.000 untuk THR tunai" in words
    assert "Satu rupiah" not in words


def test_queries_do_not_grow_with_gifts(client):
    need = make_need()
    make_need(code="31.74.01.1001.009")
    make_delivery("dispatched", commitment=make_commitment("accepted", need=need, quantity=10))
    page(client, need)
    with CaptureQueriesContext(connection) as one:
        page(client, need)
    for number in range(10):
        make_commitment("accepted", need=need, quantity=10)
        make_need(code=f"31.74.01.1001.{number + 10:03}")
    with CaptureQueriesContext(connection) as many:
        page(client, need)
    assert len(many) == len(one)


def test_name_of_a_pledge_is_shown_once_an_officer_accepted_it(client):
    need = make_need()
    waiting = make_commitment(need=need, collaborator=OrganisationFactory(name="Nama Palsu Siapa Saja"))
    assert "Nama Palsu" not in text(client, need)
    assert "Nama tampil setelah diterima" in text(client, need)
    pledges.accept(commitment=waiting, by=None)
    assert "Nama Palsu Siapa Saja" in text(client, need)
