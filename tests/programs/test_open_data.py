"""Downloads: needs as CSV and the parts of a region as GeoJSON."""

import csv
import io

import pytest

from regions.models import SampleData
from regions.queries import forget_sample_data
from tests.factories import AidTypeFactory, SiteFactory, make_commitment, make_need, tree

pytestmark = pytest.mark.django_db


def rows(client):
    answer = client.get("/data/needs.csv?hxl=0")
    return list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode())))


def test_csv_holds_public_needs_with_their_counters(client):
    need = make_need(target=1000)
    make_commitment("accepted", need=need, quantity=300)
    make_commitment("submitted", need=need, quantity=50)
    make_need("draft", code="31.74.01.1001.009")
    [row] = rows(client)
    assert row["number"] == need.number
    assert (row["target"], row["held"], row["reserved"], row["missing"]) == ("1000", "50", "300", "650")
    assert (row["region_code"], row["city_code"], row["recipient_kind"]) == (
        "31.74.01.1001.003",
        "31.74",
        "rw",
    )
    assert row["as_of"].endswith("+07:00")
    assert row["note"] == ""


def test_csv_of_invented_data_says_so_in_every_row(client):
    make_need()
    SampleData.objects.create()
    forget_sample_data()
    try:
        assert rows(client)[0]["note"].startswith("data contoh")
    finally:
        forget_sample_data()


def test_csv_runs_no_formula(client):
    make_need(site=SiteFactory(name="=HYPERLINK(1)"))
    assert rows(client)[0]["recipient"] == "'=HYPERLINK(1)"


def test_csv_has_no_need_of_sign_in_or_cookies(client):
    answer = client.get("/data/needs.csv")
    assert answer.status_code == 200
    assert not answer.cookies


def test_geojson_gives_children_with_their_figures(client):
    make_need(code="31.74.01.1001.001", target=10)
    make_need(code="31.75.01.1001.001", target=5, aid_type=AidTypeFactory(code="lain"))
    answer = client.get("/data/regions/31.geojson").json()
    found = {feature["id"]: feature["properties"] for feature in answer["features"]}
    assert set(found) == {"31.74", "31.75"}
    assert (found["31.74"]["needs"], found["31.74"]["open_needs"], found["31.74"]["coverage"]) == (1, 1, 0)
    [aid] = found["31.75"]["aid"]
    assert (aid["aid_type"], aid["target"], aid["missing"]) == ("lain", 5, 5)
    assert answer["as_of"]


def test_geojson_of_an_rw_is_empty_and_of_nothing_404(client):
    tree()
    assert client.get("/data/regions/31.74.01.1001.003.geojson").json()["features"] == []
    assert client.get("/data/regions/31.99.geojson").status_code == 404
    assert client.get("/data/regions/3199.geojson").status_code == 404


def test_geojson_of_invented_data_says_so(client):
    tree("31.74")
    assert client.get("/data/regions/31.geojson").json()["note"] == ""
    SampleData.objects.create()
    forget_sample_data()
    try:
        assert client.get("/data/regions/31.geojson").json()["note"].startswith("data contoh")
    finally:
        SampleData.objects.all().delete()
        forget_sample_data()
