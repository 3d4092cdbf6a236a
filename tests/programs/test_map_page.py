"""The map: the list without a script, what the script fetches, and that both say the same."""

import gzip
import json
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.actions.layers import load as load_layers
from programs.models import Need
from programs.tiles import district_tiles
from regions.codes import Level
from regions.indicators import Series
from regions.models import Boundary, Region
from regions.outlines import draw_layer
from regions.queries import drawn_province
from tests.factories import AidTypeFactory, ProgramFactory, SiteFactory, make_commitment, make_need, tree

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


def test_map_says_which_outlines_are_approximate(client):
    _layer()
    boundary_of("31.74")
    make_need()
    assert "Batas RW perkiraan, bukan batas resmi" in client.get(ADDRESS).content.decode()
    tree("31.74.01.1001.004")
    boundary_of("31.74.01.1001.004")
    Boundary.objects.filter(region="31.74.01.1001.004").update(is_approximate=False)
    assert "Batas 1 RW perkiraan, bukan batas resmi" in client.get(ADDRESS).content.decode()
    Boundary.objects.update(is_approximate=False)
    assert "bukan batas resmi" not in client.get(ADDRESS).content.decode()


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


def test_delivered_counts_what_a_report_says_arrived(client):
    make_commitment("accepted", need=make_need(code="31.74.01.1001.001", target=10), quantity=10)
    Need.objects.update(dispatched=10, received=6)
    answer = figures(client, "?ukuran=sampai").json()
    assert answer["said"] == {"31.74.01.1001.001": "6 paket"}
    assert answer["ramp"] == "c"
    assert client.get(f"{ADDRESS}?ukuran=sampai").context["list"].parts[0]["value"] == "6 paket"


def test_whole_of_the_map_is_the_sum_of_the_home_pages_tiles(client):
    make_need(code="31.74.01.1001.001", target=30)
    make_need(code="31.74.02.1001.001", target=20)
    SiteFactory(region=tree("31.75.01.1001"))
    make_need(site=SiteFactory(region=tree("31.75.01.1001")), target=7)
    page = client.get(ADDRESS)
    tiles = district_tiles(AidTypeFactory(), drawn_province())
    assert tiles is not None
    assert page.context["whole"] == {"missing": 57, "elsewhere": 7, "unit": "paket"}
    assert sum(tile["value"] or 0 for tile in tiles.items) == 57
    assert "7 di antaranya di lembaga yang RW-nya belum diketahui" in page.content.decode()


def test_one_goes_down_from_city_to_rw_and_up_again(client):
    make_need(code="31.74.01.1001.001", target=30)
    make_need(code="31.74.02.1001.001", target=20)

    def seen(query):
        found = client.get(ADDRESS + query).context["list"]
        return (
            [crumb["label"] for crumb in found.crumbs],
            [(part["label"], part["value"]) for part in found.parts],
        )

    assert seen("") == ([], [("Wilayah 31.74", "50 paket")])
    names = ["Semua wilayah", "Wilayah 31.74", "Wilayah 31.74.01", "Wilayah 31.74.01.1001", "RW 01"]
    assert seen("?wilayah=31.74") == (
        names[:2],
        [("Wilayah 31.74.01", "30 paket"), ("Wilayah 31.74.02", "20 paket")],
    )
    assert seen("?wilayah=31.74.01") == (names[:3], [("Wilayah 31.74.01.1001", "30 paket")])
    assert seen("?wilayah=31.74.01.1001") == (names[:4], [])
    assert seen("?pilih=31.74.01.1001.001") == (names, [])


def test_links_keep_the_view(client):
    make_need(code="31.74.01.1001.001", target=30)
    page = client.get(f"{ADDRESS}?wilayah=31.74.01.1001&ukuran=cakupan")
    [row] = page.context["list"].rows
    assert row["href"] == "?program=pangan&bantuan=sembako&ukuran=cakupan&pilih=31.74.01.1001.001"
    assert page.context["measures"][0]["href"].endswith("ukuran=kurang&wilayah=31.74.01.1001")
    assert page.context["list"].crumbs[0]["href"] == "?program=pangan&bantuan=sembako&ukuran=cakupan"


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?wilayah=32.73", "“32.73” tidak ditemukan"),
        ("?pilih=31.74.01.1001.999", "“31.74.01.1001.999” tidak ditemukan"),
        ("?wilayah=<script>", "“&lt;script&gt;” tidak ditemukan"),
        ("?lembaga=999999", "“999999” tidak ditemukan"),
        ("?lembaga=99999999999999999999", "tidak ditemukan"),
        ("?lembaga=x%00", "tidak ditemukan"),
        ("?pilih=31.74.01.1001.001%27--", "tidak ditemukan"),
    ],
)
def test_unknown_places_are_said_to_be_unknown(client, query, said):
    make_need()
    answer = client.get(ADDRESS + query)
    assert answer.status_code == 200
    assert said in answer.content.decode()


@pytest.mark.parametrize(
    "query", ["?program=<script>", "?lapis=<script>&bantuan=<b>", "?ukuran=kurang&ukuran=x"]
)
def test_nothing_of_a_wrong_address_comes_back(client, query):
    make_need()
    answer = client.get(ADDRESS + query)
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "<script>" not in page.replace('<script type="module"', "")
    assert "Sebagian pilihan di alamat ini tidak dikenal." in page
    assert figures(client, query).status_code == 200


@pytest.mark.parametrize(
    "query", ["", "?program=pangan&ukuran=kurang&bantuan=sembako", "?program=didik&bantuan=sembako"]
)
def test_known_choices_are_not_called_unknown(client, query):
    """Whoever changes the program sends the aid type of the one before along."""
    make_need()
    ProgramFactory(code="didik", name="Didik")
    assert not client.get(ADDRESS + query).context["choice"].is_unknown


def test_whole_province_is_all_there_is(client):
    make_need()
    assert client.get(f"{ADDRESS}?wilayah=31").context["choice"].scope is None


def test_rw_without_families_says_so_and_divides_by_nothing(client):
    make_need(code="31.74.01.1001.001")
    Region.objects.filter(level="rw").update(families=None)
    for measure in ("kurang", "cakupan", "keluarga"):
        page = client.get(f"{ADDRESS}?pilih=31.74.01.1001.001&ukuran={measure}")
        assert "keluarga belum didata" in page.content.decode()
    assert figures(client, "?ukuran=keluarga").json()["levels"] == {}


def test_institutions_stand_on_the_map_and_in_the_list(client):
    home = SiteFactory(region=tree("31.74.01.1001.001"), kind="orphanage", name="Panti Contoh")
    full = SiteFactory(region=tree("31.74.01.1001"), kind="school", latitude=-6.2, longitude=106.8)
    need = make_need(site=home, target=40)
    make_need(site=full, target=5)
    Region.objects.filter(code="31.74.01.1001.001").update(latitude=-6.21, longitude=106.81)
    Need.objects.filter(site=full).update(held=5)
    marks = {mark["id"]: mark for mark in figures(client).json()["sites"]}
    assert (marks[home.pk]["mark"], marks[home.pk]["on"], marks[home.pk]["said"]) == (
        "diamond",
        True,
        "40 paket",
    )
    assert (marks[full.pk]["mark"], marks[full.pk]["on"], marks[full.pk]["at"]) == (
        "triangle",
        False,
        [-6.2, 106.8],
    )
    assert marks[home.pk]["at"] == pytest.approx([-6.21, 106.81], abs=0.001)
    page = client.get(f"{ADDRESS}?lembaga={home.pk}")
    assert page.context["list"].sites[0]["picked"]
    assert page.context["list"].action == {
        "href": need.get_absolute_url(),
        "label": "Bantu Panti Contoh, masih kurang 40",
    }
    assert [row["count"] for row in page.context["site_legend"]["rows"]] == [1, 1]


def test_phone_has_the_picked_rws_action_at_hand(client):
    need = make_need(code="31.74.01.1001.001", target=30)
    page = client.get(f"{ADDRESS}?pilih=31.74.01.1001.001").content.decode()
    assert "Bantu RW 01, masih kurang 30" in page
    assert page.count(f'href="{need.get_absolute_url()}"') == 2
    assert "actionbar" not in client.get(ADDRESS).content.decode()


@pytest.fixture
def flooded():
    make_need(code="31.74.01.1001.001", target=30)
    facts = {
        "name_id": "Banjir", "name_en": "Floods", "unit_id": "hari", "unit_en": "days", "source": "Dinas Contoh",
        "direction": "high", "breaks": "",
    }  # fmt: skip
    series = Series("banjir", facts, date(2025, 12, 31), (1, 3, 6, 10), {"31.74.01.1001": 4})
    load_layers(several=[series], by=None)


def test_layer_lies_under_the_measure_and_says_its_source(client, flooded):
    page = client.get(f"{ADDRESS}?lapis=banjir&pilih=31.74.01.1001.001")
    text = page.content.decode()
    assert "Sumber: Dinas Contoh, 2025." in text
    assert page.context["layer_href"] == "/data/map/layers/banjir.json?bahasa=id"
    assert page.context["list"].rows[0]["around"][0][1:] == ("4 hari", "Wilayah 31.74.01.1001")
    assert "lapis=banjir" in page.context["measures"][1]["href"]
    assert client.get(f"{ADDRESS}?lapis=tidak-ada").context["layer"] is None


def test_layer_is_revalidated_and_speaks_both_languages(client, flooded):
    first = client.get("/data/map/layers/banjir.json?bahasa=en")
    assert first.json()["levels"] == {"31.74.01.1001": 3}
    assert (first.json()["title"], first.json()["said"]) == ("Floods", {"31.74.01.1001": "4 days"})
    again = client.get("/data/map/layers/banjir.json?bahasa=en", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    assert client.get("/data/map/layers/tidak-ada.json").status_code == 404


def test_queries_do_not_grow_with_institutions_and_layers(client, flooded):
    address = f"{ADDRESS}?wilayah=31.74&lapis=banjir"
    make_need(site=SiteFactory(region=tree("31.74.01.1001.001")))
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for _number in range(30):
        make_need(site=SiteFactory(region=tree("31.74.01.1001.001")))
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(one)


def test_background_is_there_only_where_it_is_set(client, settings):
    _layer()
    boundary_of("31.74")
    make_need()
    assert "data-tiles" not in client.get(ADDRESS).content.decode()
    settings.MAP_TILES_URL = "https://tiles.example.id/{z}/{x}/{y}.png"
    settings.MAP_TILES_ATTRIBUTION = "Peta <contoh>"
    page = client.get(ADDRESS).content.decode()
    assert 'data-tiles="https://tiles.example.id/{z}/{x}/{y}.png"' in page
    assert "Latar: Peta &lt;contoh&gt;" in " ".join(page.split())


def boundary_of(code):
    square = [[[106.8, -6.2], [106.81, -6.2], [106.81, -6.21], [106.8, -6.21], [106.8, -6.2]]]
    return Boundary.objects.create(
        region_id=code, geometry={"type": "Polygon", "coordinates": square}, min_lon=106.8, max_lon=106.81,
        min_lat=-6.21, max_lat=-6.2, is_approximate=True, source="contoh",
    )  # fmt: skip


def test_map_reads_the_province_it_draws_and_nothing_of_the_rest_of_the_country(client) -> None:
    make_need(target=50)
    tree("32.01.01.2001.001")
    make_need(code="32.01.01.2001.001", target=900)
    page = client.get(ADDRESS)
    assert page.context["whole"] == {"missing": 50, "elsewhere": 0, "unit": "paket"}
    assert [row["label"] for row in page.context["list"].parts] == ["Wilayah 31.74"]
    figures = client.get("/data/map/figures.json").json()
    assert set(figures["said"]) == {"31.74.01.1001.003"}
    assert set(figures["villages"]) == {"31.74.01.1001"}
