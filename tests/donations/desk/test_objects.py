"""The pages of one commitment and of one need."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts import clock
from accounts.models import User
from accounts.roles import Role
from donations.pledges import actions
from donations.pledges.models import Commitment, Route
from regions.notation import when
from tests.factories import (
    aggregator,
    assessor,
    collaborator,
    make_commitment,
    make_delivery,
    make_handover,
    make_need,
    official,
    someone,
    tree,
)

pytestmark = pytest.mark.django_db


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def status(user: User, address: str) -> int:
    return as_(user).get(address).status_code


def queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def page(item: Commitment) -> str:
    return f"/id/komitmen/{item.pk}/"


def test_commitment_is_seen_by_those_in_reach() -> None:
    collector = aggregator()
    item = make_commitment("accepted", route=Route.AGGREGATOR, aggregator=collector)
    inside = [
        assessor(), someone(Role.FACILITATOR, tree("31.74")), someone(Role.AGGREGATOR, collector),
        someone(Role.EXECUTOR, collector), someone(Role.COLLABORATOR, item.pledge.collaborator),
    ]  # fmt: skip
    assert [status(user, page(item)) for user in inside] == [200] * 5
    outside = [
        assessor("31.75"),
        collaborator(),
        official(tree()),
        someone(Role.AGGREGATOR, aggregator("Lain")),
    ]
    assert [status(user, page(item)) for user in outside] == [404] * 4
    assert Client().get(page(item)).status_code == 302


def offered(user: User, item: Commitment) -> set[str]:
    return {offer.verb for offer in as_(user).get(page(item)).context["offers"]}


def changeable(user: User, item: Commitment) -> set[str]:
    changes = as_(user).get(page(item)).context["changes"]
    return {change["href"].rstrip("/").rpartition("/")[2] for change in changes if change["href"]} | {
        "divert" for change in changes if change["href"].endswith("alihkan/")
    }


def test_verbs_are_offered_by_role_and_state() -> None:
    officer = assessor()
    item = make_commitment()
    giver = someone(Role.COLLABORATOR, item.pledge.collaborator)
    assert offered(officer, item) == {"accept", "contact", "decline", "reduce", "cancel", "divert"}
    assert offered(giver, item) == set()  # in a list of their own, with reasons
    assert {"divert", "reduce", "cancel", "name"} <= changeable(giver, item)
    actions.accept(commitment=item, by=officer)
    assert offered(officer, item) == {"contact", "entrust", "release", "divert", "reduce", "lapse", "cancel"}
    actions.release(allocation=item.allocations.get(), by=officer, reason="x")
    assert "allocate" in offered(officer, item)
    actions.cancel(commitment=item, by=officer, reason="x")
    assert offered(officer, item) == offered(giver, item) == {"restore"}


def test_aggregator_is_offered_what_concerns_money() -> None:
    collector = aggregator()
    item = make_commitment("accepted", quantity=10, route=Route.AGGREGATOR, aggregator=collector)
    clerk = someone(Role.AGGREGATOR, collector)
    assert offered(clerk, item) == {"fund", "entrust"}
    actions.fund(commitment=item, by=clerk, amount=1_000_000, reference="TR-9")
    assert offered(clerk, item) == {"fund", "convert", "entrust"}
    assert "TR-9" in as_(clerk).get(page(item)).content.decode()


def test_commitment_shows_deliveries_reports_and_reasons() -> None:
    item = make_commitment("accepted")
    delivery = make_delivery("dispatched", commitment=item)
    report = make_handover("submitted", delivery=delivery, damaged=2)
    text = as_(assessor()).get(page(item)).content.decode()
    assert delivery.number in text
    assert str(report) in text


def test_commitment_asks_the_same_queries_for_1_and_more_rows() -> None:
    item = make_commitment("accepted", quantity=100)
    client = as_(assessor())
    actions.release(allocation=item.allocations.get(), by=None, reason="x", quantity=50)
    make_delivery(commitment=item, quantity=1)
    before = queries(client, page(item))
    allocation = item.allocations.get()
    for _ in range(10):
        make_delivery(commitment=item, quantity=1)
    for number in range(10):
        need = make_need(code=f"31.74.01.1001.{number + 10:03d}")
        actions.allocate(commitment=item, need=need, quantity=2, by=None)
    allocation.refresh_from_db()
    assert queries(client, page(item)) == before


def test_desk_need_is_for_officers_of_its_area() -> None:
    need = make_need("draft")
    address = f"/id/meja/kebutuhan/{need.pk}/"
    for user in (assessor(), someone(Role.FACILITATOR, tree("31.74")), official(tree())):
        assert status(user, address) == 200
    for user in (assessor("31.75"), collaborator(), assessor(program="umkm")):
        assert status(user, address) == 404


def test_desk_need_offers_verbs_by_state_and_role() -> None:
    def names(user: User, pk: int) -> set[str]:
        return {verb["name"] for verb in as_(user).get(f"/id/meja/kebutuhan/{pk}/").context["verbs"]}

    officer, helper = assessor(), someone(Role.FACILITATOR, tree("31.74"))
    draft, open_need = make_need("draft"), make_need()
    assert names(officer, draft.pk) == {"edit", "publish", "close"}
    assert names(helper, draft.pk) == {"edit"}
    assert names(officer, open_need.pk) == {"revise", "pause", "close"}
    assert names(helper, open_need.pk) == set()


def test_desk_need_asks_the_same_queries_for_1_and_30_rows() -> None:
    need = make_need(target=100_000)
    make_delivery(commitment=make_commitment("accepted", need=need))
    client = as_(assessor())
    address = f"/id/meja/kebutuhan/{need.pk}/"
    before = queries(client, address)
    for _ in range(30):
        make_delivery(commitment=make_commitment("accepted", need=need))
    assert queries(client, address) == before


def test_commitment_leads_whoever_delivers_to_the_plan() -> None:
    item = make_commitment("accepted")
    giver = someone(Role.COLLABORATOR, item.pledge.collaborator)
    address = f"/id/pengiriman/rencana/?komitmen={item.pk}"
    assert f'class="button button-primary" href="{address}"' in as_(giver).get(page(item)).content.decode()
    assert address not in as_(assessor()).get(page(item)).content.decode()
    make_delivery("planned", commitment=item)
    assert address not in as_(giver).get(page(item)).content.decode()


def test_commitment_asks_for_no_more_money_first_once_all_is_bought() -> None:
    collector = aggregator()
    item = make_commitment("accepted", route=Route.AGGREGATOR, aggregator=collector, quantity=10)
    keeper = someone(Role.AGGREGATOR, collector)
    first = as_(keeper).get(page(item)).context
    assert (first["offers"][0].verb, first["offers"][0].kind, first["plan_first"]) == (
        "fund",
        "primary",
        False,
    )
    today = clock.today()
    actions.fund(commitment=item, by=keeper, amount=2_000_000, received_on=today)
    item.refresh_from_db()
    actions.convert(commitment=item, by=keeper, quantity=10, unit_price=200_000, cost=0, converted_on=today)
    later = as_(keeper).get(page(item)).context
    assert (later["offers"][0].verb, later["offers"][0].kind, later["plan_first"]) == ("fund", "", True)


def test_commitment_says_until_when_the_permit_was_valid() -> None:
    item = make_commitment("accepted", route=Route.AGGREGATOR, aggregator=aggregator())
    until = when(clock.today() + timedelta(days=300), "day")
    assert f"berlaku sampai {until}" in as_(assessor()).get(page(item)).content.decode()
