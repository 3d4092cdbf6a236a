"""The same form sent by two threads at once."""

import threading

import pytest
from django.db import connections
from django.test import Client

from accounts.roles import Role
from donations.pledges.models import Receipt, Route
from programs.models import Need
from tests.factories import AidTypeFactory, aggregator, assessor, make_commitment, someone, tree


def send_twice(client: Client, address: str, data: dict[str, object]) -> list[int]:
    """The statuses of one form that arrives twice at the same time."""
    found: list[int] = []
    start = threading.Barrier(2)

    def send() -> None:
        mine = Client()
        mine.cookies = client.cookies
        start.wait()
        try:
            found.append(mine.post(address, data).status_code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


@pytest.mark.django_db(transaction=True)
def test_money_is_recorded_once_however_often_its_form_arrives() -> None:
    collector = aggregator()
    item = make_commitment("accepted", route=Route.AGGREGATOR, aggregator=collector)
    client = Client()
    client.force_login(someone(Role.AGGREGATOR, collector))
    address = f"/id/komitmen/{item.pk}/fund/"
    seen = client.get(address).context["form"]["seen"].value()
    data = {"amount": 5_000_000, "received_on": "2026-01-05", "reference": "TR-1", "seen": seen}
    assert send_twice(client, address, data) == [302, 302]
    assert Receipt.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_target_is_drafted_once_however_often_its_form_arrives() -> None:
    region = tree()
    client = Client()
    client.force_login(assessor())
    address = "/id/kebutuhan/baru/"
    data = {
        "aid_type": AidTypeFactory().pk, "recipient": region.pk, "target": 10, "people": 10, "people_kind": "families",
        "reason": "Contoh.", "priority": 1, "deadline": "2999-01-01",
        "key": client.get(address).context["form"]["key"].value(),
    }  # fmt: skip
    assert send_twice(client, address, data) == [302, 302]
    assert Need.objects.count() == 1
