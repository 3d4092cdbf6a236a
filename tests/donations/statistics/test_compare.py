"""Two periods beside one another, and the seminar's charts: known answers from rows made here."""

import re

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from donations.statistics.charts.compared import compared, ratio
from donations.statistics.charts.sheet import Sheet
from donations.statistics.queries import Reading, months_between
from donations.statistics.seminar import CHARTS
from tests.donations.statistics.test_pages import WHEN, row
from tests.factories import AidTypeFactory, tree

MONTHS = ("2026-05", "2026-06", "2026-07", "2026-08", "2026-09", "2026-10", "2026-11")


@pytest.fixture
def months(db: None) -> None:
    cache.clear()
    translation.activate("id")
    AidTypeFactory()
    tree("31.74")
    tree("31.75")
    for n, month in enumerate(MONTHS):
        row("31.74", "delivered", 10 * n, "aid_type:month", f"sembako:{month}")
        row("31.75", "delivered", 100, "aid_type:month", f"sembako:{month}")
        row("31.74", "commitments", n, "aid_type:month", f"sembako:{month}")
    for measure, value in (("committed", 40), ("commitments", 2)):
        row("31", measure, value, "aid_type:month", "sembako:2026-09")


def told(query: str = "", page: str = "banding/", status: int = 200) -> str:
    response = Client().get(f"/id/statistik/{page}?{query}")
    assert response.status_code == status
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode())).replace("\xa0", " ")


@pytest.mark.usefixtures("months")
def test_the_last_whole_quarter_stands_beside_the_one_before() -> None:
    said = told()
    # May to July: 300 + 0 + 10 + 20; August to October: 300 + 30 + 40 + 50.
    assert "Diterima definisi 330 420 +90 1,27×" in said
    assert "Mei 2026–Jul 2026" in said
    assert "Agu 2026–Okt 2026" in said
    # What is placed in no city yet counts as well, as on the page of statistics.
    assert "Komitmen definisi 0 40 +40" in said
    assert "Banyaknya komitmen definisi 3 14 +11 4,67×" in said


@pytest.mark.usefixtures("months")
def test_months_of_a_district_are_its_own() -> None:
    tree("31.74.01")
    row("31.74", "delivered", 7, "aid_type:district:month", "sembako:31.74.01:2026-08")
    assert "Diterima definisi 0 7 +7" in told("wilayah=31.74.01")
    # Also where the months of the chart are not chosen but usual.
    assert "Agu 2026 7 0 Sep 2026 0 0" in told("wilayah=31.74.01", page="")


@pytest.mark.usefixtures("months")
def test_ratio_without_a_base_is_not_available_and_says_why() -> None:
    said = told()
    assert "Terverifikasi definisi 0 0 0 n/a masa pertama nol" in said


@pytest.mark.usefixtures("months")
def test_periods_turned_round_are_put_right_and_unequal_ones_are_named() -> None:
    said = told("wilayah=31.74&dari=2026-06&sampai=2026-05&dari2=2026-11&sampai2=2026-09")
    assert "Diterima definisi 10 150 +140 15,00×" in said
    assert "Kedua masa tidak sama panjang: 2 dan 3 bulan." in said


@pytest.mark.usefixtures("months")
@pytest.mark.parametrize(
    ("query", "status"),
    [("dari2=2031-01", 404), ("program=<script>", 400), ("wilayah=32.73", 404), ("sampai=kemarin", 404)],
)
def test_unknown_choices_are_answered_with_why(query: str, status: int) -> None:
    assert "Pilihan ini tidak dikenal" in told(query, status=status)


@pytest.mark.django_db
def test_without_months_there_is_nothing_to_compare() -> None:
    assert "Belum ada yang dapat dibandingkan" in told()


@given(st.integers(0, 10**12), st.integers(0, 10**12))
def test_ratio_is_the_second_over_the_first(first: int, second: int) -> None:
    written = ratio(first, second)
    assert (written == "") == (first == 0)


@given(
    st.lists(st.integers(0, 10**6), min_size=6, max_size=6),
    st.integers(0, 5),
    st.integers(0, 5),
    st.integers(0, 5),
)
def test_spans_add_up_their_months(values: list[int], begin: int, end: int, other: int) -> None:
    begin, end = sorted((begin, end))
    names = months_between("2026-01", "2026-06")
    counted = {("31.74", "delivered_value", "month", name): v for name, v in zip(names, values, strict=True)}
    sheet = Sheet(Reading(counted, WHEN), None, "", {"31.74": "Selatan"})
    with translation.override("id"):
        found = compared(sheet, (names[begin], names[end]), (names[other], names[other]))
    delivered = found["rows"][3]
    assert delivered["bars"][:2] == (sum(values[begin : end + 1]), values[other])


def test_published_shares_of_the_seminar_are_whole() -> None:
    assert [chart.rest_share for chart in CHARTS] == [0, 4, 15, 10]
    assert all(bool(chart.rest) == bool(chart.rest_share) for chart in CHARTS)


@pytest.mark.django_db
def test_seminar_stands_beside_the_platform_and_says_when_there_is_nothing() -> None:
    cache.clear()
    said = told(page="seminar/")
    assert "n/a belum ada komitmen 32% –" in said
    AidTypeFactory()
    AidTypeFactory(code="siap-saji", name="Makanan siap saji")
    tree("31.74")
    tree("31.75")
    cache.clear()
    for city, value in (("31.74", 300), ("31.75", 100)):
        row(city, "committed_packages", value)
    for dimension, shares in (("collaborator_kind", {"social": 200, "government": 200}),
                              ("recipient_kind", {"rw": 100, "orphanage": 60, "pesantren": 40, "open": 200}),
                              ("aid_type", {"sembako": 320, "siap-saji": 80})):  # fmt: skip
        for key, value in shares.items():
            row("31.74", "committed_packages", value, dimension, key)
    said = told(page="seminar/")
    assert "Wilayah 31.74 75% 32% +43" in said
    assert "Instansi pemerintah (sisanya) 50% 4% +46" in said
    assert "RW 50% 85% −35 Lembaga (sisanya) 50% 15% +35 Panti asuhan 30% tidak dirinci" in said
    assert "Paket sembako 80% 90% −10" in said
    assert "Jakarta Smart City, Future Cities Seminar Vol. 3, 21 Mei 2021" in said
