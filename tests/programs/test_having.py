"""What somebody says they have, and the needs that it fits."""

import pytest
from django.test import Client

from programs.having import read
from tests.factories import AidTypeFactory, ProgramFactory, make_need, tree


@pytest.mark.parametrize(
    ("text", "words", "quantity", "rupiah"),
    [
        ("50 laptops", ("laptop",), 50, None),
        ("Rp 25 juta", (), None, 25_000_000),
        ("25jt", (), None, 25_000_000),
        ("Rp 2,5 juta", (), None, 2_500_000),
        ("rp25.000.000,-", (), None, 25_000_000),
        ("IDR 1,000,000", (), None, 1_000_000),
        ("Rp 1.000.000,50", (), None, 1_000_000),
        ("dua ratus lima puluh ribu rupiah", (), None, 250_000),
        ("dua pelatih seminggu", ("pelatih",), 2, None),
        ("two trainers for a week", ("trainer",), 2, None),
        ("seratus nasi kotak", ("nasi", "kotak"), 100, None),
        ("two hundred and fifty laptops", ("laptop",), 250, None),
        ("1.000 laptop", ("laptop",), 1000, None),
        ("100 laptop untuk 3 hari", ("laptop",), 100, None),
        ("laptop", ("laptop",), None, None),
        ("0 laptop", ("laptop",), None, None),
        ("", (), None, None),
    ],
)
def test_what_somebody_has_is_read(
    text: str, words: tuple[str, ...], quantity: int | None, rupiah: int | None
) -> None:
    having = read(text)
    assert (having.words, having.quantity, having.rupiah) == (words, quantity, rupiah)


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "\u202e50 potpal", "💻" * 500, "9" * 10_000, "\x00"]
)
def test_anything_typed_is_read_without_failing(text: str) -> None:
    read(text)


@pytest.fixture
def laptops(db) -> dict[str, object]:
    """Needs of laptops and of staple food: RW 3 misses 20 laptops, RW 4 misses 80."""
    aid = AidTypeFactory(
        program=ProgramFactory(code="pendidikan", name="Pendidikan"), code="laptop", name="Laptop atau komputer",
        name_en="Laptop or computer", unit="unit", unit_en="units", guide_value=4_000_000,
    )  # fmt: skip
    small = make_need(aid_type=aid, target=20)
    large = make_need(aid_type=aid, target=80, code="31.74.01.1001.004")
    return {"small": small, "large": large, "food": make_need(code="31.74.01.1001.005")}


def found(client: Client, query: str) -> list[int]:
    page = client.get(f"/id/kebutuhan/?{query}")
    assert page.status_code == 200
    return [need["href"].strip("/").split("/")[-1] for need in page.context["rows"]]


@pytest.mark.parametrize("text", ["50 laptops", "50 leptop", "lima puluh komputer", "50 notebook bekas"])
def test_needs_that_take_more_of_it_come_first(client: Client, laptops, text: str) -> None:
    large, small = laptops["large"], laptops["small"]
    assert found(client, f"punya={text}") == [str(large.pk), str(small.pk)]
    page = client.get(f"/id/kebutuhan/?punya={text}").content.decode().replace("\u00a0", " ")
    assert "Menerima seluruh 50 unit" in page
    assert f"/id/kebutuhan/{small.pk}/ikrar/?jumlah=20" in page


def test_money_buys_what_it_can_and_fits_any_need(client: Client, laptops) -> None:
    page = client.get("/id/kebutuhan/?punya=Rp 25 juta").content.decode().replace("\u00a0", " ")
    assert "dua puluh lima juta rupiah" in page
    assert "Menerima 6 unit" in page
    assert len(found(client, "punya=Rp 25 juta")) == 3
    assert found(client, "punya=Rp 300 ribu") == [str(laptops["food"].pk)]


def test_trainers_mean_training_and_are_not_counted_as_participants(client: Client, laptops) -> None:
    aid = AidTypeFactory(
        program=ProgramFactory(code="umkm", name="UMKM"), code="pelatihan", name="Pelatihan usaha",
        name_en="Business training", unit="peserta", unit_en="participants", kind="service", guide_value=None,
    )  # fmt: skip
    need = make_need(aid_type=aid, target=30, code="31.74.01.1001.006")
    for text in ("dua pelatih seminggu", "two trainers for a week", "2 instruktur"):
        assert found(client, f"punya={text}") == [str(need.pk)]
    page = client.get("/id/kebutuhan/?punya=dua pelatih seminggu").content.decode()
    assert "tuliskan saat berikrar" in page
    page = client.get("/id/kebutuhan/?punya=20 peserta pelatihan").content.decode().replace("\u00a0", " ")
    assert "Menerima seluruh 20 peserta" in page


def test_unknown_things_are_said_beside_the_field(client: Client, laptops) -> None:
    page = client.get("/id/kebutuhan/?punya=zzqx").content.decode()
    assert "tidak kami kenali" in page


def test_list_reads_the_links_of_the_map_and_leads_back_to_it(client: Client, laptops) -> None:
    assert len(found(client, "program=pendidikan&bantuan=laptop&wilayah=31.74.01.1001.003")) == 1
    page = client.get("/id/kebutuhan/?program=pendidikan&bantuan=laptop&wilayah=31.74").content.decode()
    assert "program=pendidikan&amp;bantuan=laptop&amp;wilayah=31.74" in page


def test_nearest_to_a_point_and_inside_a_part_of_the_map(client: Client, laptops) -> None:
    for code, longitude in (("31.74.01.1001.003", 106.80), ("31.74.01.1001.004", 106.90)):
        region = tree(code)
        region.latitude, region.longitude = -6.2, longitude
        region.save()
    laptop = "program=pendidikan&bantuan=laptop"
    small, large = str(laptops["small"].pk), str(laptops["large"].pk)
    assert found(client, f"{laptop}&titik=-6.2,106.91") == [large, small]
    assert found(client, f"{laptop}&titik=-6.2,106.79") == [small, large]
    assert found(client, f"{laptop}&kotak=106.85,-6.3,106.95,-6.1") == [large]
    assert found(client, f"{laptop}&urut=dekat&wilayah=31.74.01.1001.003") == [small, large]
    for nonsense in ("titik=x", "titik=999,999", "kotak=1,2", "kotak=a,b,c,d", "kotak=106.9,-6.3,106.8,-6.1"):
        client.get(f"/id/kebutuhan/?{nonsense}")
