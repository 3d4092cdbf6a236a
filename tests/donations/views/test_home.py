"""The front page: its figures come from the published rows and from the needs, and never from a cookie."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from donations.statistics.actions import recompute
from tests.factories import AidTypeFactory, make_commitment, make_handover, make_need, tree

pytestmark = pytest.mark.django_db


def values(client):
    return [figure["value"] for figure in client.get("/id/").context["figures"]]


def test_home_of_an_empty_platform(client):
    answer = client.get("/id/")
    assert answer.status_code == 200
    assert not answer.cookies


def test_root_leads_to_the_readers_language(client):
    assert client.get("/", headers={"Accept-Language": "en"})["Location"] == "/en/"
    assert client.get("/", headers={"Accept-Language": "id"})["Location"] == "/id/"


def test_figures_of_statistics_and_of_needs(client):
    make_handover("verified")
    need = make_need(code="31.75.01.1001.001", target=300)
    make_commitment("accepted", need=need, quantity=50)
    recompute("31.74")
    assert values(client) == ["100", "1.150", "1", "1"]


def test_tiles_sum_to_the_missing_figure(client):
    make_need(code="31.74.01.1001.001", target=100)
    make_need(code="31.75.02.1001.001", target=20)
    context = client.get("/id/").context
    assert sum(item["value"] for item in context["tiles"].items) == context["tiles"].missing == 120


def test_search_leads_to_the_map(client):
    tree()
    assert 'action="/id/peta/"' in client.get("/id/").content.decode()


def test_latest_arrivals_lead_to_their_reports(client):
    handover = make_handover("verified")
    assert handover.get_absolute_url() in client.get("/id/").content.decode()


def test_unnamed_giver_stays_unnamed(client):
    handover = make_handover("submitted")
    giver = handover.lines.get().delivery_line.allocation.commitment.pledge
    type(giver).objects.filter(pk=giver.pk).update(may_be_named=False)
    words = client.get("/id/").content.decode()
    assert giver.collaborator.name not in words
    assert "Tidak ingin disebut" in words


def test_queries_do_not_grow(client):
    make_need(code="31.74.01.1001.001")
    client.get("/id/")
    with CaptureQueriesContext(connection) as one:
        client.get("/id/")
    for number in range(2, 31):
        make_need(code=f"31.74.01.1001.{number:03}")
    AidTypeFactory(code="lain")
    with CaptureQueriesContext(connection) as many:
        client.get("/id/")
    assert len(many) == len(one)
