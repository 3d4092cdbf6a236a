"""The statistics page: known answers from rows made here, in both languages, under any filter."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import quote

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from donations.models import StatisticRow
from donations.statistics.definitions import MEASURES
from programs.models import PublishedFigure
from tests.factories import AidTypeFactory, ProgramFactory, tree

pytestmark = pytest.mark.django_db
WHEN = datetime(2026, 11, 22, 5, 40, tzinfo=UTC)
STEPS = ("target", "committed", "allocated", "delivered", "verified")
CITIES = {"31.74": (184, 160, 149, 120, 113), "31.75": (816, 340, 300, 280, 200), "31.01": (0, 0, 0, 0, 0)}


@pytest.fixture(autouse=True)
def _in_indonesian() -> Iterator[None]:
    cache.clear()
    translation.activate("id")
    yield
    translation.activate("id")


def row(city: str, measure: str, value: int, dimension: str = "total", key: str = "", **more: object) -> None:
    StatisticRow.objects.create(
        **{"city_code": city, "program_code": "pangan", "measure": measure, "dimension": dimension, "key": key,
           "value": value, "as_of": WHEN, **more}
    )  # fmt: skip


@pytest.fixture
def ledger() -> None:
    """Pangan with sembako in two of three cities, something unplaced, two months, shares."""
    AidTypeFactory()
    AidTypeFactory(code="thr", name="THR", unit="rupiah", kind="money", guide_value=1, position=200)
    for city, values in CITIES.items():
        tree(city)
        for step, value in zip(STEPS, values, strict=True):
            if value:
                row(city, step, value, "aid_type", "sembako")
                row(city, f"{step}_value", value * 200_000)
                row(city, f"{step}_value", value * 200_000, program_code="")
    for city, points in (("31.74", 6522), ("31.75", 3431)):
        row(city, "coverage", points, "aid_type", "sembako")
        row(city, "committed_packages", 3, "collaborator_kind", "social")
    row("31.74", "committed_packages", 6)
    row("31.74", "committed_packages", 4, "recipient_kind", "rw")
    row("31.74", "committed_packages", 2, "recipient_kind", "open")
    row("31", "committed", 50, "aid_type", "sembako")
    row("31", "collaborators_province", 7, "aid_type", "sembako")
    for month, delivered, verified in (("2026-09", 150, 150), ("2026-11", 250, 163)):
        row("31.75", "delivered", delivered, "aid_type:month", f"sembako:{month}")
        row("31.75", "verified", verified, "aid_type:month", f"sembako:{month}")


def told(address: str = "/id/statistik/") -> str:
    """The page's words, spaces made plain."""
    response = Client().get(address)
    assert response.status_code == 200
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", text)


@pytest.mark.usefixtures("ledger")
def test_figures_of_all_cities_add_up_with_what_is_unplaced() -> None:
    page = told()
    assert "313 paket terverifikasi sampai, 31,3% dari 1.000 yang dibutuhkan" in page
    assert "dari 7 kolaborator , 101 belum dialokasikan" in page  # 160 + 340 + 50 − 449
    assert "44,9% dari target" in page
    assert "40,0% dari target" in page
    assert "87 menunggu diperiksa" in page
    assert "Belum ditempatkan komitmen tanpa kota 50 " in page
    assert "1.000 550 449 400 313 40,0%" in page
    assert "22 November 2026 pukul 12.40 WIB" in page


@pytest.mark.usefixtures("ledger")
def test_shares_of_cities_are_of_what_is_placed() -> None:
    page = told()
    assert (
        "Belum. Wilayah 31.74 mendapat 32% komitmen dengan 18% kebutuhan; Wilayah 31.75 kurang 14 poin."
        in page
    )
    assert "Wilayah 31.75 68% 82% 28,8% −14" in page
    assert "Wilayah 31.01 0% 0% 0,3% 0" in page


@pytest.mark.usefixtures("ledger")
def test_coverage_stands_beside_the_average_or_says_why_not() -> None:
    page = told()
    assert "Wilayah 31.75 34,3% −5,7 poin Wilayah 31.74 65,2% +25,2 poin" in page
    assert "Tanpa target, jadi tanpa cakupan: Wilayah 31.01." in page


@pytest.mark.usefixtures("ledger")
def test_city_shows_its_own_figures() -> None:
    page = told("/id/statistik/?wilayah=31.74")
    assert "Paket sembako, Wilayah 31.74" in page
    assert "113 paket terverifikasi sampai, 61,4% dari 184 yang dibutuhkan" in page
    assert (
        'href="/data/statistics.csv?program=pangan&amp;city=31.74"'
        in Client().get("/id/statistik/?wilayah=31.74").content.decode()
    )


@pytest.mark.usefixtures("ledger")
def test_recipients_without_a_need_are_left_out_and_said() -> None:
    page = told()
    assert "Penerima Kelompok Grafik Bagian RW 100%" in page
    assert "tidak ikut dalam bagian penerima: 2 ." in page


@pytest.mark.usefixtures("ledger")
def test_months_are_those_asked_for() -> None:
    page = told()
    assert " dalam Des 2025–Nov 2026. Masih menunggu verifikasi: 87 ." in page
    assert "Okt 2026 0 0 Nov 2026 250 163" in page
    for query in ("dari=2026-09&sampai=2026-10", "dari=2026-10&sampai=2026-09"):
        page = told(f"/id/statistik/?{query}")
        assert "150 paket terverifikasi yang tiba dalam Sep 2026–Okt 2026" in page
        assert "150 dalam Sep 2026–Okt 2026." in page
        assert "Sep 2026 150 150 Okt 2026 0 0 " in page


@pytest.mark.usefixtures("ledger")
def test_index_needs_an_rw_with_a_target_and_leads_to_its_rows() -> None:
    for month in ("2026-09", "2026-11"):
        for measure in ("target", "committed"):
            row("31.75", measure, 10, "aid_type:month", f"sembako:{month}")
    query = "?dari=2026-09&sampai=2026-11"
    assert "Indeks Gini: n/a, karena tidak ada RW yang punya target bantuan ini." in told(
        f"/id/statistik/{query}"
    )
    row("31.75", "rw_targeted", 3, "aid_type", "sembako")
    row("31", "gini_province", 2500, "aid_type:month", "sembako:2026-11")
    cache.clear()
    page = Client().get(f"/id/statistik/{query}").content.decode()
    # Before the first target of an RW, and while nothing had come, there is no index: which is not an even one.
    assert page.count("n/a: belum ada target RW, atau belum ada yang tiba") == 2
    assert re.search(r'angka=gini_province[^"]*dari=2026-11&amp;sampai=2026-11">0,25</a>', page)


@pytest.mark.usefixtures("ledger")
def test_all_forms_are_counted_in_rupiah() -> None:
    for address in ("/id/statistik/?bentuk=semua", "/id/statistik/?program=semua"):
        assert "Rp62,6 juta nilai terverifikasi sampai" in told(address)
    assert "Nilai bantuan, seluruh Jakarta" in told("/id/statistik/?bentuk=semua")


@pytest.mark.usefixtures("ledger")
def test_form_without_rows_has_no_share_and_says_why() -> None:
    page = told("/id/statistik/?bentuk=thr")
    assert "Rp0" in page
    assert "belum ada target" in page
    assert "Belum bisa dibandingkan" in page


def test_page_without_rows_says_what_comes() -> None:
    assert "Belum ada angka yang diterbitkan" in told()
    AidTypeFactory()
    assert "Belum ada angka yang diterbitkan" in told()


def test_scale_of_shares_ends_with_the_whole() -> None:
    AidTypeFactory()
    tree("31.74")
    for step in ("target", "committed"):
        row("31.74", step, 10, "aid_type", "sembako")
    assert Client().get("/id/statistik/").context["plot"]["maximum"] == 100


@pytest.mark.usefixtures("ledger")
def test_time_of_the_page_is_the_oldest_of_its_rows() -> None:
    StatisticRow.objects.filter(city_code="31.01").update(as_of=WHEN)
    row("31.74", "needs", 4, as_of=datetime(2026, 11, 20, 3, 0, tzinfo=UTC))
    assert "Per 20 November 2026 pukul 10.00 WIB" in told()


@pytest.mark.usefixtures("ledger")
@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("program=<script>alert(1)</script>", 400, "Program itu tidak ada."),
        ("program=lain", 404, "Program itu tidak ada."),
        ("wilayah=32.73", 404, "Kota atau kecamatan itu tidak ada di sini."),
        ("wilayah=31.74.99", 404, "Kota atau kecamatan itu tidak ada di sini."),
        ("wilayah='; DROP TABLE", 400, "Kota atau kecamatan itu tidak ada di sini."),
        ("bentuk=emas", 404, "Program ini tidak punya bentuk bantuan itu."),
        ("ukuran=janji", 404, "Ukuran itu tidak ada"),
        ("dari=1066-01&sampai=x", 404, "Bulan itu di luar masa yang ada."),
        ("program=pangan&program=semua&bentuk=" + "x" * 5000, 200, "Semua program"),
    ],
)
def test_wrong_filter_is_named_and_nothing_is_shown(query: str, status: int, said: str) -> None:
    response = Client().get(f"/id/statistik/?{quote(query, safe='=&')}")
    assert response.status_code == status
    page = response.content.decode()
    assert said in page
    assert "<script>alert" not in page
    assert status == 200 or "terverifikasi sampai" not in page


@pytest.mark.usefixtures("ledger")
def test_another_program_forgets_the_form_of_the_one_before() -> None:
    AidTypeFactory(program=ProgramFactory(code="umkm", name="UMKM"), code="pelatihan", name="Pelatihan")
    page = told("/id/statistik/?program=umkm&bentuk=sembako")
    assert "Pelatihan, seluruh Jakarta" in page
    assert "tidak punya bentuk bantuan itu" not in page


@pytest.mark.usefixtures("ledger")
def test_long_spans_are_refused() -> None:
    row("31.75", "delivered", 1, "aid_type:month", "sembako:2021-01")
    response = Client().get("/id/statistik/?dari=2021-01&sampai=2026-11")
    assert response.status_code == 404
    assert "Paling banyak 36 bulan" in response.content.decode()


@pytest.mark.usefixtures("ledger")
def test_published_figures_show_source_and_date() -> None:
    PublishedFigure.objects.create(
        program_id="pangan",
        label="RW penerima",
        value="1.000",
        source="Sumber Contoh",
        published="2021-10-27",
    )
    assert "RW penerima 1.000 Sumber Contoh 27 Oktober 2021" in told()


@pytest.mark.usefixtures("ledger")
@pytest.mark.parametrize("language", ["id", "en"])
def test_pages_answer_in_both_languages(language: str) -> None:
    for path in ("statistik/", "statistik/?bentuk=semua", "definisi/"):
        response = Client().get(f"/{language}/{path}")
        assert response.status_code == 200
        assert f'<html lang="{language}">' in response.content.decode()


@pytest.mark.usefixtures("ledger")
def test_number_of_queries_does_not_grow_with_rows() -> None:
    Client().get("/id/statistik/")
    with CaptureQueriesContext(
        connection,
    ) as few:
        Client().get("/id/statistik/?a=1")
    StatisticRow.objects.bulk_create(
        StatisticRow(city_code=city, program_code="pangan", measure=measure, dimension="aid_type", key=f"b{n}",
                     value=n, as_of=WHEN)
        for city in CITIES for measure in STEPS for n in range(100)
    )  # fmt: skip
    for n in range(5):
        AidTypeFactory(code=f"b{n}", name=f"Bantuan {n}")
    with CaptureQueriesContext(connection) as many:
        Client().get("/id/statistik/?a=2")
    assert len(many) == len(few) <= 8


def test_every_measure_has_its_definition_and_place() -> None:
    page = Client().get("/id/definisi/").content.decode()
    for measure in MEASURES.values():
        assert f'id="{measure.anchor}"' in page
        assert f"?measure={measure.name}" in page


@pytest.mark.usefixtures("ledger")
def test_terms_on_the_page_open_a_definition_that_exists() -> None:
    anchors = {measure.anchor for measure in MEASURES.values()}
    for address in ("/id/statistik/", "/id/statistik/?bentuk=semua", "/id/statistik/?program=semua"):
        page = Client().get(address).content.decode()
        opened = set(re.findall(r'popovertarget="def-([^"]+)"', page))
        assert opened <= anchors
        assert opened <= set(re.findall(r'id="def-([^"]+)"', page))
