"""Moving part of a commitment to another need: both sides agree, nothing is overfilled, nothing is a trap."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.errors import NotNow, Refused
from accounts.roles import Role
from donations.deliveries import actions as deliveries
from donations.ledger import faults
from donations.pledges import actions
from donations.pledges.actions import NeedFull
from donations.pledges.models import Commitment, Redirect
from programs.actions import pause
from tests.donations.test_races import at_once
from tests.factories import (
    AidTypeFactory,
    assessor,
    assign,
    collaborator,
    make_commitment,
    make_delivery,
    make_need,
    organisation_of,
    someone,
    tree,
)

pytestmark = pytest.mark.django_db
OTHER = "31.74.01.1001.009"


def asked(item: Commitment, need=None, quantity: int = 100, begin=actions.ask_redirect) -> Redirect:
    return begin(
        allocation=item.allocations.get(), need=need or make_need(code=OTHER), quantity=quantity, by=None,
        reason="Lebih dekat.",
    )  # fmt: skip


@pytest.mark.parametrize("state", ["submitted", "accepted"])
def test_all_of_it_goes_and_the_commitment_aims_at_the_new_place(state: str) -> None:
    item = make_commitment(state)
    source, target = item.allocations.get().need, make_need(code=OTHER)
    done = actions.agree_redirect(redirect=asked(item, target), by=assessor())
    item.refresh_from_db()
    for need in (source, target):
        need.refresh_from_db()
    counter = "held" if state == "submitted" else "reserved"
    assert (getattr(source, counter), getattr(target, counter), getattr(item, counter)) == (0, 100, 100)
    assert item.region_id == OTHER
    assert done.result is not None
    assert done.result.expires_at == (item.allocations.order_by("pk")[0].expires_at)
    assert [move.verb for move in item.moves.order_by("pk")][-1] == "divert"
    assert list(faults()) == []


def test_a_part_leaves_the_rest_where_it_was() -> None:
    item = make_commitment("accepted")
    actions.accept_redirect(redirect=asked(item, quantity=30, begin=actions.propose_redirect), by=None)
    item.refresh_from_db()
    assert item.region_id == "31.74.01.1001.003"
    assert sorted(one.live for one in item.allocations.all()) == [30, 70]


def test_only_what_is_free_goes_and_only_to_the_same_aid_with_room() -> None:
    item = make_commitment("accepted")
    make_delivery(commitment=item, quantity=80)
    with pytest.raises(Refused, match="tinggal 20"):
        asked(item, quantity=21)
    with pytest.raises(NeedFull):
        asked(item, make_need(code=OTHER, target=5), quantity=20)
    with pytest.raises(Refused, match="bentuk bantuan yang sama"):
        asked(item, make_need(code=OTHER, aid_type=AidTypeFactory(code="lain")), quantity=5)
    with pytest.raises(Refused, match="sedang tidak menerima"):
        asked(item, pause(need=make_need(code=OTHER), by=None, reason="x"), quantity=5)
    asked(item, quantity=20)
    with pytest.raises(Refused, match="menunggu jawaban"):
        asked(item, quantity=1)


def test_what_was_sent_meanwhile_does_not_go() -> None:
    item = make_commitment("accepted")
    redirect = asked(item)
    deliveries.dispatch(delivery=make_delivery(commitment=item), by=None)
    with pytest.raises(Refused, match="tinggal 0"):
        actions.agree_redirect(redirect=redirect, by=None)
    actions.withdraw_redirect(redirect=redirect, by=None)  # no trap: there is a way out


def test_it_ends_with_its_commitment() -> None:
    item = make_commitment("accepted")
    redirect = asked(item)
    actions.cancel(commitment=item, by=None, reason="x")
    redirect.refresh_from_db()
    assert redirect.state == "lapsed"
    with pytest.raises(NotNow):
        actions.agree_redirect(redirect=redirect, by=None)


def test_nobody_agrees_for_both_sides_or_outside_their_area() -> None:
    giver = collaborator()
    item = make_commitment("accepted", collaborator=organisation_of(giver))
    assign(giver, Role.ASSESSOR, tree("31.74"))
    redirect = asked(item)
    with pytest.raises(Refused, match="organisasi Anda sendiri"):
        actions.agree_redirect(redirect=redirect, by=giver)
    actions.decline_redirect(redirect=redirect, by=assessor(), reason="Sudah cukup.")
    abroad = asked(item, make_need(code="31.75.01.1001.001"))
    with pytest.raises(Refused, match="di luar wilayah Anda"):
        actions.agree_redirect(redirect=abroad, by=assessor())
    assert actions.agree_redirect(redirect=abroad, by=assessor("31")).state == "done"


@pytest.mark.django_db(transaction=True)
def test_agreeing_at_once_never_overfills_the_need() -> None:
    source, target = make_need(target=1000), make_need(code=OTHER, target=50)
    items = [make_commitment("accepted", need=source, quantity=20) for _number in range(4)]
    redirects = [asked(item, target, quantity=20) for item in items]
    calls = [lambda one=one: actions.agree_redirect(redirect=one, by=None) for one in redirects]
    assert at_once(*calls, calls[0]) in (
        {"done": 2, "NeedFull": 3}, {"done": 2, "NeedFull": 2, "NotNow": 1},
    )  # fmt: skip
    target.refresh_from_db()
    source.refresh_from_db()
    assert (target.reserved, source.reserved) == (40, 40)


def test_asking_and_answering_by_pages(client: Client) -> None:
    giver = collaborator()
    item = make_commitment("accepted", collaborator=organisation_of(giver))
    target, allocation = make_need(code=OTHER), item.allocations.get()
    client.force_login(giver)
    address = reverse("redirect_new", args=[item.pk])
    form = {
        "allocation": allocation.pk,
        "need": target.pk,
        "quantity": "40",
        "reason": "Lebih dekat.",
        "seen": "",
    }
    assert target.recipient_name in client.get(address).content.decode()
    assert client.post(address, {**form, "reason": ""}).status_code == 422
    assert client.post(address, form).status_code == 302
    assert client.post(address, form).status_code == 302  # sent twice: still one
    redirect = Redirect.objects.get()
    assert "meminta pengalihan" in client.get(item.get_absolute_url()).content.decode()
    answer = reverse("redirect_verb", args=[redirect.pk, "agree"])
    assert client.get(answer).status_code == 403
    client.force_login(someone(Role.COLLABORATOR, organisation_of(collaborator())))
    assert client.get(answer).status_code == client.get(address).status_code == 404
    client.force_login(assessor())
    assert "Jawab pengalihan" in client.get(reverse("desk")).content.decode()
    assert client.post(answer, {"seen": ""}).status_code == 302
    redirect.refresh_from_db()
    assert redirect.state == "done"
