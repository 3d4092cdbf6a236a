"""The map: the list without a script, what the script fetches, and that both say the same."""

import gzip
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from regions.codes import Level
from regions.models import Boundary
from regions.outlines import draw_layer
from tests.factories import AidTypeFactory, make_commitment, make_need, tree

pytestmark = pytest.mark.django_db
ADDRESS = "/id/peta/"


def figures(client, query=""):
    return client.get("/data/map/figures.json" + query)


def test_map_works_without_a_program(client):
    tree()
    assert client.get(ADDRESS).status_code == 200
    assert figures(client).json()["levels"] == {}


def test_list_and_figures_say_the_same(client):
    make_need(code="31.74.01.1001.001", target=300)
    make_need(code="31.74.01.1001.002", target=20)
    rows = client.get(ADDRESS).context["list"].rows
    assert [(row["code"], row["missing"]) for row in rows] == [
        ("31.74.01.1001.001", 300),
        ("31.74.01.1001.002", 20),
    ]
    said = figures(client).json()["said"]
    assert said == {"31.74.01.1001.001": "300 paket", "31.74.01.1001.002": "20 paket"}


def test_search_opens_a_village_and_offers_others(client):
    make_need(code="31.74.01.1001.001")
    tree("31.74.01.1001.002")
    tree("31.74.01.1002")
    context = client.get(ADDRESS + "?q=31.74.01.100").context
    assert context["choice"].scope.code == "31.74.01.1001"
    assert context["list"].without_target == "RW 02"
    # RW of the village itself are in the list already.
    assert [one.code for one in context["choice"].others] == ["31.74.01.1002"]


def test_search_that_fits_nothing_says_so(client):
    make_need()
    answer = client.get(ADDRESS + "?q=Atlantis")
    assert "“Atlantis” tidak ditemukan" in answer.content.decode()


def test_picked_rw_opens_the_list_with_the_way_to_help(client):
    make_need(code="31.74.01.1001.001", target=5000)
    need = make_need(code="31.74.01.1001.002", target=20)
    answer = client.get(ADDRESS + "?pilih=31.74.01.1001.002")
    rows = answer.context["list"].rows
    assert (rows[0]["code"], rows[0]["picked"]) == ("31.74.01.1001.002", True)
    assert f'href="{need.get_absolute_url()}"' in answer.content.decode()


def test_picked_rw_without_target_has_its_page_and_no_button(client):
    make_need(code="31.74.01.1001.001")
    tree("31.74.01.1001.002")
    answer = client.get(ADDRESS + "?pilih=31.74.01.1001.002")
    assert "Beri bantuan" not in answer.content.decode()
    assert "/id/wilayah/31.74.01.1001.002/" in answer.content.decode()


@pytest.mark.parametrize(
    "query", ["?pilih=99.99", "?wilayah=x", "?ukuran=x", "?program=x&bantuan=y", "?q=%00"]
)
def test_nonsense_in_the_address_is_left_out(client, query):
    make_need()
    assert client.get(ADDRESS + query).status_code == 200


@pytest.mark.parametrize("measure", ["kurang", "cakupan", "prioritas", "keluarga"])
def test_each_measure_counts_all_rw_in_its_legend(client, measure):
    make_commitment("accepted", need=make_need(code="31.74.01.1001.001", target=10), quantity=10)
    make_need(code="31.74.01.1001.002")
    tree("31.74.01.1001.003")
    answer = figures(client, f"?ukuran={measure}").json()
    assert sum(count for _css, _label, count in answer["legend"]) == 3
    assert client.get(f"{ADDRESS}?ukuran={measure}").status_code == 200


def test_figures_are_not_sent_again_while_they_hold(client):
    make_need()
    first = figures(client)
    again = client.get("/data/map/figures.json", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    make_need(code="31.74.01.1001.009")
    changed = client.get("/data/map/figures.json", headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200


def test_figures_speak_the_readers_language(client):
    AidTypeFactory()
    make_need()
    assert "packages" in figures(client, "?bahasa=en").json()["said"]["31.74.01.1001.003"]


def test_outlines_may_be_kept_for_good(client):
    layer = _layer()
    answer = client.get(f"/data/map/outlines/{layer.hash}.json", headers={"Accept-Encoding": "gzip"})
    assert "immutable" in answer["Cache-Control"]
    assert json.loads(gzip.decompress(answer.content))["codes"] == ["31.74.01.1001.003"]
    plain = client.get(f"/data/map/outlines/{layer.hash}.json")
    assert json.loads(plain.content)["codes"] == ["31.74.01.1001.003"]
    assert client.get("/data/map/outlines/0000.json").status_code == 404


def _layer():
    rw = tree()
    square = [[[106.8, -6.2], [106.81, -6.2], [106.81, -6.21], [106.8, -6.21], [106.8, -6.2]]]
    Boundary.objects.create(
        region=rw, geometry={"type": "Polygon", "coordinates": square}, min_lon=106.8, max_lon=106.81,
        min_lat=-6.21, max_lat=-6.2, is_approximate=True, source="contoh",
    )  # fmt: skip
    layer = draw_layer("31", Level.RW)
    layer.save()
    return layer


def test_map_says_when_outlines_are_approximate(client):
    _layer()
    make_need()
    assert "perkiraan, bukan batas resmi" not in client.get(ADDRESS).content.decode()
    for code in ("31.74",):
        square = [[[106.8, -6.2], [106.81, -6.2], [106.81, -6.21], [106.8, -6.21], [106.8, -6.2]]]
        Boundary.objects.create(
            region_id=code, geometry={"type": "Polygon", "coordinates": square}, min_lon=106.8, max_lon=106.81,
            min_lat=-6.21, max_lat=-6.2, is_approximate=True, source="contoh",
        )  # fmt: skip
    assert "perkiraan, bukan batas resmi" in client.get(ADDRESS).content.decode()


def test_queries_do_not_grow_with_needs(client):
    make_need(code="31.74.01.1001.001")
    client.get(ADDRESS)
    with CaptureQueriesContext(connection) as one:
        client.get(ADDRESS)
    for number in range(2, 31):
        make_need(code=f"31.74.01.1001.{number:03}")
    with CaptureQueriesContext(connection) as many:
        client.get(ADDRESS)
    assert len(many) == len(one)
