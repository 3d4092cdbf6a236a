"""The page of the rows behind a figure: what it says, which questions it takes, and whom it names."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from donations.models import StatisticRow
from donations.statistics.actions import recompute
from donations.statistics.definitions import FIGURES
from donations.statistics.rows import BEHIND
from tests.factories import OrganisationFactory, make_commitment, make_need

pytestmark = pytest.mark.django_db


def test_every_measure_has_rows_behind_it() -> None:
    assert set(BEHIND) == set(FIGURES)


def test_page_names_itself_by_its_question_alone(client: Client) -> None:
    make_need()
    page = client.get("/id/statistik/baris/?urut=baru&angka=needs&program=pangan&hal=1").content.decode()
    address = "http://testserver/{}/statistik/baris/?angka=needs&amp;program=pangan"
    assert f'<link rel="canonical" href="{address.format("id")}">' in page
    assert f'hreflang="en" href="{address.format("en")}"' in page


def test_index_of_nothing_is_no_index(client: Client) -> None:
    make_commitment("accepted")
    recompute("31.74")
    assert not StatisticRow.objects.filter(measure="gini").exists()
    for address in (
        "/id/statistik/baris/?angka=gini&program=pangan&wilayah=31.74",
        "/id/statistik/?wilayah=31.74",
    ):
        said = plain(client.get(address))
        assert "n/a" in said
        assert "belum ada yang tiba" in said


def page(query: str, status: int = 200) -> str:
    response = Client().get(f"/id/statistik/baris/?{query}")
    assert response.status_code == status, query
    return plain(response)


def plain(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode())).replace("\xa0", " ")


def test_page_shows_the_sum_and_that_it_is_the_published_one() -> None:
    shy = OrganisationFactory(name="Pemberi Pemalu", may_be_named=False)
    need = make_need(target=900)
    make_commitment("accepted", need=need, quantity=300)
    make_commitment("accepted", need=need, quantity=45, collaborator=shy)
    recompute("31.74")
    said = page("angka=allocated&program=pangan&bentuk=sembako&wilayah=31.74")
    assert "345 paket dalam 2 baris" in said
    assert "Sama dengan angka yang diterbitkan" in said
    assert "Tidak ingin disebut" in said
    assert "Pemberi Pemalu" not in said
    make_commitment("accepted", need=need, quantity=5)
    said = page("angka=allocated&program=pangan&bentuk=sembako&wilayah=31.74")
    assert "350 paket dalam 3 baris" in said
    assert "Buku besar sudah berubah sejak angka terakhir diterbitkan" in said


def test_figure_of_nothing_says_that_no_row_fits() -> None:
    make_need()
    assert "Tidak ada baris" in page("angka=delivered&program=pangan&bentuk=sembako")
    assert "Tidak ada baris" in page("angka=rw_reached")


def test_months_turned_round_are_put_right() -> None:
    make_need()
    said = page("angka=needs&program=pangan&dari=2026-12&sampai=2026-01")
    assert "Jan 2026–Des 2026" in said


@pytest.mark.parametrize(
    ("query", "status", "message"),
    [
        ("", 400, "Angka"),
        ("angka=uang", 404, "Angka itu tidak ada."),
        ("angka=<script>alert(1)</script>", 400, "Angka itu tidak ada."),
        ("angka=needs&program=<script>", 400, "Program itu tidak ada."),
        ("angka=needs&program=lain", 404, "Program itu tidak ada."),
        ("angka=needs&wilayah=32.73", 404, "Wilayah itu tidak ada di sini."),
        ("angka=needs&wilayah=Jakarta", 404, "Wilayah itu tidak ada di sini."),
        ("angka=needs&dari=2026-13", 404, "Tulis bulan seperti 2026-05."),
        ("angka=needs&dari='%20OR%201=1", 400, "Tulis bulan seperti 2026-05."),
        ("angka=committed&program=pangan", 400, "Jumlah hanya dijumlahkan dalam satu bentuk bantuan"),
        ("angka=needs&penerima=raja", 404, "Jenis penerima itu tidak ada."),
        ("angka=needs&urut=acak", 404, "Urutan"),
        ("angka=needs&kolaborator=social", 404, "Angka ini tidak dibagi menurut itu"),
        ("angka=handovers_verified&penerima=rw", 404, "Angka ini tidak dibagi menurut itu"),
        ("angka=committed_value&kolaborator=social,raja", 404, "Jenis kolaborator itu tidak ada."),
        (
            "angka=committed_value&bagian_dari=needs",
            404,
            "Bagian hanya dihitung dari angka dengan satuan yang sama.",
        ),
    ],
)
def test_wrong_questions_are_answered_with_why(query: str, status: int, message: str) -> None:
    make_need()
    said = page(query, status)
    assert message in said
    assert "<script>alert" not in said


def test_page_beyond_the_last_is_the_last() -> None:
    make_need()
    assert "dalam 1 baris" in page("angka=needs&hal=1000000000")


def test_number_of_queries_does_not_grow_with_rows() -> None:
    need = make_need(target=5000)
    make_commitment("accepted", need=need)
    recompute("31.74")
    address = "/id/statistik/baris/?angka=committed&program=pangan&bentuk=sembako"
    Client().get(address)
    with CaptureQueriesContext(connection) as few:
        Client().get(address + "&a=1")
    for _ in range(20):
        make_commitment("accepted", need=need, quantity=7)
    with CaptureQueriesContext(connection) as many:
        Client().get(address + "&a=2")
    assert len(many) == len(few) <= 12


def test_giver_is_named_for_what_it_gave_under_its_name_alone() -> None:
    usually_named = OrganisationFactory(name="Pemberi Sekali Ini Diam", may_be_named=True)
    usually_silent = OrganisationFactory(name="Pemberi Sekali Ini Bernama", may_be_named=False)
    for giver, may_be_named in ((usually_named, False), (usually_silent, True)):
        commitment = make_commitment("accepted", collaborator=giver)
        commitment.pledge.may_be_named = may_be_named
        commitment.pledge.save()
    recompute("31.74")
    said = page("angka=collaborators&program=pangan&wilayah=31.74")
    assert "dalam 2 baris" in said
    assert "Sama dengan angka yang diterbitkan" in said
    assert "Pemberi Sekali Ini Diam" not in said
    assert "Tidak ingin disebut" in said
    assert "Pemberi Sekali Ini Bernama" in said


@pytest.mark.parametrize("place", ["31.74.01.1001", "31.74.01.1001.003"])
def test_rows_of_a_village_or_an_rw_are_not_held_against_the_figure_of_their_city(place: str) -> None:
    make_need(target=10)
    make_need(target=10, code="31.74.02.1001.001")
    recompute("31.74")
    said = page(f"angka=needs&program=pangan&wilayah={place}")
    assert "dalam 1 baris" in said
    assert "diterbitkan, per" not in said
    assert "Buku besar sudah berubah" not in said
