"""The page of a region at each level."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import escape

from donations.handovers.actions import dispute, send_back, settle
from programs.actions import publish
from regions.models import Boundary, Region
from tests.factories import SiteFactory, make_commitment, make_delivery, make_handover, make_need, tree
from tests.html import flat

pytestmark = pytest.mark.django_db


def page(client, code):
    return client.get(f"/id/wilayah/{code}/")


@pytest.mark.parametrize("code", ["31", "31.74", "31.74.01", "31.74.01.1001", "31.74.01.1001.003"])
def test_every_level_shows_the_need_inside(client, code):
    need = make_need()
    SiteFactory(name="Panti Melati")
    answer = page(client, code)
    assert answer.status_code == 200
    assert [row["name"] for row in answer.context["needs"]] == [need.recipient_name]
    assert "Panti Melati" in answer.content.decode()
    assert not answer.cookies


def test_publishing_shows_at_once_on_the_region(client):
    need = make_need("draft")
    assert page(client, "31.74").context["open_count"] == 0
    publish(need=need, by=None)
    assert page(client, "31.74").context["open_count"] == 1


def test_need_of_another_region_is_not_shown(client):
    make_need(code="31.75.01.1001.003")
    tree()
    assert page(client, "31.74").context["needs"] == []


def test_children_have_families_and_figures(client):
    need = make_need(target=10)
    make_commitment("accepted", need=need, quantity=10)
    tree("31.74.02.1001.001")
    children = page(client, "31.74").context["children"]
    assert [(child["region"].code, child["families"], child["figures"].needs) for child in children] == [
        ("31.74.01", 900, 1),
        ("31.74.02", 900, 0),
    ]
    assert page(client, "31.74.01.1001.003").context["children"] == []


def test_unknown_families_are_said_to_be_unknown(client):
    tree("31.74.02.1001.001")
    Region.objects.update(families=None)
    assert page(client, "31.74.02.1001.001").context["numbers"][0] == {
        "value": "n/a",
        "label": "keluarga",
        "note": "belum didata",
    }
    assert "belum didata" in page(client, "31.74.02.1001").content.decode().partition("<table")[2]


@pytest.mark.parametrize("length", [2, 5, 8, 13, 17])
def test_arrivals_are_those_in_force(client, length):
    handover = make_handover("submitted")
    code = handover.delivery.region_id[:length]
    assert len(page(client, code).context["arrivals"]) == 1
    dispute(handover=handover, by=None, reason="Jumlahnya lain.")
    assert len(page(client, code).context["arrivals"]) == 1
    settle(handover=handover, by=None, reason="Sudah jelas.")
    send_back(handover=handover, by=None, reason="Fotonya kabur.")
    assert page(client, code).context["arrivals"] == []


def test_arrivals_inside_are_listed(client):
    handover = make_handover("submitted")
    [arrival] = page(client, "31.74").context["arrivals"]
    assert (arrival.href, arrival.aid, arrival.is_verified) == (
        handover.get_absolute_url(),
        "100 paket sembako",
        False,
    )
    tree("31.75.01.1001.001")
    assert page(client, "31.75").context["arrivals"] == []


def test_outline_is_drawn_and_said_to_be_approximate(client):
    rw = tree()
    square = [[[106.8, -6.2], [106.81, -6.2], [106.81, -6.21], [106.8, -6.21], [106.8, -6.2]]]
    Boundary.objects.create(
        region=rw, geometry={"type": "Polygon", "coordinates": square}, min_lon=106.8, max_lon=106.81,
        min_lat=-6.21, max_lat=-6.2, is_approximate=True, source="contoh",
    )  # fmt: skip
    words = page(client, rw.code).content.decode()
    assert 'class="pick"' in words
    assert "perkiraan, bukan batas resmi" in words


def test_former_region_says_what_replaced_it(client):
    old, new = tree("31.74.01.1001.001"), tree("31.74.01.1001.002")
    old.valid_until = timezone.localdate() - timedelta(days=1)
    old.save()
    old.successors.add(new)
    words = page(client, old.code).content.decode()
    assert "berlaku sampai" in words
    assert new.get_absolute_url() in words


@pytest.mark.parametrize("code", ["31.99", "3174", "31.74.1", "x", "31.74.01.1001.003.01"])
def test_codes_that_are_no_region_are_404(client, code):
    tree()
    assert page(client, code).status_code == 404


def test_queries_do_not_grow_with_what_is_inside(client):
    make_need(code="31.74.01.1001.001")
    SiteFactory()
    page(client, "31.74.01")
    with CaptureQueriesContext(connection) as one:
        page(client, "31.74.01")
    for number in range(2, 31):
        make_need(code=f"31.74.01.{1000 + number}.{number:03}")
        SiteFactory()
    with CaptureQueriesContext(connection) as many:
        page(client, "31.74.01")
    assert len(many) == len(one)
    assert Region.objects.filter(parent="31.74.01").count() == 30


def test_shares_of_the_parts_and_of_a_program_open_what_they_are_made_of(client):
    need = make_need(target=300)
    commitment = make_commitment("accepted", need=need, quantity=75)
    make_handover("submitted", delivery=make_delivery("dispatched", commitment=commitment))
    [part] = page(client, "31.74").context["children"]
    words = flat(page(client, "31.74").content.decode())
    assert f'<a href="{escape(part["received_rows"])}">25%</a>' in words
    assert client.get(part["received_rows"]).context["share"] == "25,0%"
    program = client.get("/id/program/pangan/").context["leading"]
    rows = client.get(program["share_rows"])
    assert rows.context["part"]["share"] == "25,0%"
    assert rows.context["part"]["value"].startswith("300")
    assert client.get(program["missing_rows"]).context["page"].object_list
