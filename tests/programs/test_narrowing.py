"""What list and map narrow down to, in the same words, and areas with corners of their own."""

import re
from html import unescape
from urllib.parse import urlencode

import pytest
from django.test import Client

from programs.models import Need, Priority
from regions.areas import Area, around, box, read_area
from regions.models import Region
from tests.factories import AidTypeFactory, SiteFactory, collaborator, make_need
from tests.html import flat

RW = "31.74.01.1001."
SQUARE = "-6.21_106.79_-6.21_106.81_-6.19_106.81_-6.19_106.79"


def test_nonsense_is_no_area() -> None:
    nonsense = [
        "", "x", "-6.2_106.8", "-6.2_106.8_-6.3", "-6.2_106.8_-6.2_106.8_-6.2_106.8", "1_1_2_2_3_3", "99_1_2_3_4_5",
        "1e3_1_2_3_4_5", "_".join("12" for _ in range(200)), "1_1_2_2_3_1);drop", "nan_1_2_3_4_5",
    ]  # fmt: skip
    assert [text for text in nonsense if read_area(text) is not None] == []


def test_area_reads_what_it_writes() -> None:
    area = read_area(SQUARE)
    assert isinstance(area, Area)
    assert read_area(area.text) == area
    assert read_area(around(-6.2, 106.8, 2).text) is not None
    assert box(106.9, -6.3, 106.8, -6.1) is None


@pytest.fixture
def places(db) -> dict[str, Need]:
    """Two RW about 11 km apart, and an institution in the second; one aid type."""
    aid = AidTypeFactory()
    for number, longitude in (("003", 106.80), ("004", 106.90)):
        make_need(aid_type=aid, code=RW + number, target=30)
        Region.objects.filter(code=RW + number).update(latitude=-6.2, longitude=longitude)
    far = Need.objects.get(region=RW + "004")
    Need.objects.filter(pk=far.pk).update(priority=Priority.URGENT)
    site = make_need(
        aid_type=aid, target=5, site=SiteFactory(region=far.region, kind="orphanage"), code=RW + "004"
    )
    return {"near": Need.objects.get(region=RW + "003"), "far": far, "site": site}


CHOICES = [
    ({"penerima": "rw"}, {"near", "far"}),
    ({"penerima": "orphanage"}, {"site"}),
    ({"prioritas": "3"}, {"far"}),
    ({"prioritas": "9", "penerima": "x", "jarak": "7"}, {"near", "far", "site"}),
    ({"daerah": SQUARE}, {"near"}),
    ({"daerah": "1_2_3"}, {"near", "far", "site"}),
    ({"wilayah": RW + "003", "jarak": "2"}, {"near"}),
    ({"wilayah": RW + "003", "jarak": "10"}, {"near"}),
    ({"jarak": "2"}, {"near", "far", "site"}),
    ({"punya": "3 paket", "daerah": SQUARE}, {"near"}),
    ({"punya": "Rp1"}, set()),
]


def test_list_and_map_agree_and_lead_to_each_other(client: Client, places: dict[str, Need]) -> None:
    for query, names in CHOICES:
        wanted = {places[name].pk for name in names}
        page = client.get("/id/kebutuhan/", query)
        assert set(page.context["page"]) == wanted, query
        there = client.get(f"/id/peta/?{page.context['map_query']}")
        assert there.context["list"].open_needs == len(wanted), query
        back = client.get(there.context["list_href"])
        assert set(back.context["page"]) == wanted, query
        if names:
            assert f'href="{there.context["list_href"]}"' in unescape(there.content.decode())
        drawn = client.get(unescape(there.context["figures_href"])).json()
        assert set(drawn["levels"]) == {places[name].region_id for name in names}, query


def test_what_lay_around_a_place_stays_when_something_in_it_is_picked(client: Client, places) -> None:
    page = client.get("/id/peta/", {"wilayah": RW + "003", "jarak": "2"})
    assert "2 km dari" in page.content.decode()
    [row] = page.context["list"].rows
    picked = client.get("/id/peta/" + row["href"])
    assert (picked.context["choice"].picked, picked.context["list"].open_needs) == (RW + "003", 1)
    assert "Hanya yang di dalam daerah yang digambar" in picked.content.decode()


def test_aid_type_chosen_beside_what_one_has_counts_alone(client: Client, places) -> None:
    other = AidTypeFactory(program=places["near"].program, name="Laptop", unit="unit", code="laptop")
    chosen = {"program": other.program_id, "bantuan": places["near"].aid_type.code, "punya": "50 laptop"}
    assert client.get("/id/peta/", chosen).context["choice"].aid_type == places["near"].aid_type
    meant = client.get("/id/peta/", {"punya": "50 laptop"}).context
    assert (meant["choice"].aid_type, meant["understood"]) == (other, "50 unit, Laptop")


def test_own_places_are_offered_and_remembered(client: Client, places) -> None:
    assert client.post("/id/akun/tempat/", {"rw": RW + "003"}).status_code == 302
    user = collaborator()
    client.force_login(user)
    shown = client.get("/id/kebutuhan/", {"wilayah": RW + "003", "penerima": "rw"})
    form = {"region": RW + "003", "kind": "rw", "next": shown.wsgi_request.get_full_path()}
    assert "sebagai<button" in flat(shown.content.decode())
    assert client.post("/id/akun/tempat/", form)["Location"] == form["next"]
    for address in ("/id/kebutuhan/?penerima=rw", "/id/peta/", "/id/ikrar/tawarkan/"):
        page = unescape(client.get(address).content.decode())
        [href] = re.findall(r'<a href="([^"]*)"[^>]*>[^<]*<svg[^\n]*?RW saya: ', page)
        assert RW + "003" in client.get(address.partition("?")[0] + href).content.decode()


def test_own_places_are_named_in_the_account_and_forgotten_with_it(client: Client, places) -> None:
    user = collaborator()
    client.force_login(user)
    wrong = client.post("/id/akun/tempat/", {"rw": "Antah Berantah", "kantor": RW + "004"})
    assert wrong.status_code == 422
    assert not user.own_places.exists()
    client.post("/id/akun/tempat/", {"rw": RW + "003", "kantor": RW + "004"})
    assert {one.kind: one.region_id for one in user.own_places.all()} == {
        "rw": RW + "003",
        "kantor": RW + "004",
    }
    client.post("/id/akun/tempat/", {"rw": "", "kantor": user.own_places.get(kind="kantor").region.full_name})
    assert [one.region_id for one in user.own_places.all()] == [RW + "004"]
    for bad in ({"region": "x", "kind": "rw"}, {"region": RW + "003", "kind": "x"}):
        assert client.post("/id/akun/tempat/", bad).status_code == 404
    away = client.post(
        "/id/akun/tempat/",
        {"region": RW + "003", "kind": "rw", "next": f"//evil.test/?{urlencode({'a': 1})}"},
    )
    assert away["Location"] == "/id/akun/"
