"""Every published figure opens rows that add up to it, to the digit, with the same filters."""

import csv
import io
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from donations.models import StatisticRow
from donations.statistics.actions import recompute
from donations.statistics.definitions import DIFFERENCES, FIGURES, coverage_points
from donations.statistics.queries import published_value
from donations.statistics.rows import BEHIND, Question, in_order, lines_of, narrower, parts_of, total_of
from donations.statistics.wording import written
from programs.models import AidType
from tests.donations.statistics.test_dimensions import a_ledger
from tests.factories import OrganisationFactory, make_commitment, make_need

pytestmark = pytest.mark.django_db
PLACES = ("31.74", "31.75", "31")


@pytest.fixture(autouse=True)
def _in_indonesian() -> None:
    translation.activate("id")


def question_of(row: StatisticRow, aids: dict[str, AidType]) -> Question:
    """The question that a published row answers."""
    parts = [] if row.dimension == "total" else row.dimension.split(":")
    keys = dict(zip(parts, row.key.split(":"), strict=False))
    district, month = keys.get("district", ""), keys.get("month", "")
    return Question(
        row.measure, row.program_code, aids.get(keys.get("aid_type", "")), district or row.city_code, month, month,
        keys.get("collaborator_kind", ""), keys.get("recipient_kind", ""), keys.get("people_kind", ""),
        exact=bool(district) and len(district) < len("31.74.01"),
    )  # fmt: skip


def summed(question: Question) -> int:
    totals = total_of(question, parts_of(question))
    if question.measure == "coverage":
        return coverage_points(totals.value, totals.whole) or 0
    return totals.value if totals.index is None else totals.index


def test_every_measure_has_rows_behind_it() -> None:
    assert set(BEHIND) == set(FIGURES)


def test_rows_add_up_to_every_published_figure() -> None:
    a_ledger(0)
    for place in PLACES:
        recompute(place)
    aids = {aid.code: aid for aid in AidType.objects.all()}
    checked = 0
    known: dict[Question, int] = {}
    for row in StatisticRow.objects.all():
        if row.measure.endswith("_province"):
            continue
        question = question_of(row, aids)
        known[question] = summed(question)
        assert known[question] == row.value, row
        found = published_value(question)
        assert found is not None
        assert found[0] == row.value, row
        checked += 1
    assert checked > 400
    differences_add_up(known)


def differences_add_up(known: dict[Question, int]) -> None:
    """A difference has the rows of one measure that the other leaves out."""
    found = [
        (question.but(measure=name), value - known.get(question.but(measure=less), 0))
        for name, (more, less) in DIFFERENCES.items()
        for question, value in known.items()
        # What is committed in a month may be allocated in another.
        if question.measure == more
        and question.program
        and not (question.since and more.startswith("committed"))
    ]
    for question, value in found:
        published = published_value(question)
        assert published is not None
        assert summed(question) == published[0] == value, question
    assert sum(value > 0 for _question, value in found) > 20


def test_rows_of_the_whole_province_add_up_over_its_cities() -> None:
    a_ledger(2)
    for place in PLACES:
        recompute(place)
    sembako = AidType.objects.get(code="sembako")
    for measure in ("target", "committed", "allocated", "delivered", "verified"):
        question = Question(measure, "pangan", sembako)
        whole = StatisticRow.objects.filter(measure=measure, dimension="aid_type", key="sembako")
        assert summed(question) == sum(whole.values_list("value", flat=True))
        found = published_value(question)
        assert found is not None
        assert found[0] == summed(question)
        months = question.but(since="2026-02", until="2026-05")
        found = published_value(months)
        assert found is not None
        assert found[0] == summed(months)
    kinds = StatisticRow.objects.filter(measure="committed", dimension="aid_type:collaborator_kind")
    unplaced = kinds.filter(city_code="31", program_code="pangan")[0]
    code, kind = unplaced.key.split(":")
    placed = Question("committed", "pangan", AidType.objects.get(code=code), collaborator=kind, placed=True)
    found = published_value(placed)
    assert found is not None
    assert summed(placed) == found[0] == summed(placed.but(placed=False)) - unplaced.value
    for several, one in (
        ("social,enterprise", "collaborator"),
        ("rw,site", "recipient"),
        ("open,rw", "recipient"),
    ):
        both = Question("committed_value", "pangan", **{one: several})
        each = [both.but(**{one: kind}) for kind in several.split(",")]
        found = published_value(both)
        assert found is not None
        assert summed(both) == found[0] == sum(map(summed, each)) > 0
    both = Question("committed_packages", "pangan", among=(sembako, AidType.objects.get(code="siap-saji")))
    assert summed(both) == sum(summed(both.but(among=(), aid=aid)) for aid in both.aids) > 0
    assert Client().get(both.href).context["question"].aids == both.aids
    # One giver of both is one giver: no published figures are added up for it.
    assert published_value(both.but(measure="collaborators", place="31.74")) is None
    for measure in ("gini_province", "collaborators_province"):
        row = StatisticRow.objects.get(measure=measure, dimension="total", program_code="")
        assert summed(Question(measure)) == row.value


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


def test_lines_say_what_adds_up() -> None:
    a_ledger(1)
    sembako = AidType.objects.get(code="sembako")
    for measure in FIGURES:
        question = Question(measure, "pangan", sembako if FIGURES[measure].unit == "quantity" else None)
        parts = parts_of(question)
        for order in ("besar", "kecil", "baru", "lama"):
            lines = lines_of(list(in_order(parts, order)))
            assert sum(line.value for line in lines) == total_of(question, parts).value
            values = [line.value for line in lines]
            assert order != "besar" or values == sorted(values, reverse=True)
    as_csv_add_up(Question("unverified", "pangan", sembako), Question("coverage", "pangan", sembako))


def as_csv_add_up(*questions: Question) -> None:
    for question in questions:
        text = Client().get(f"/id/statistik/baris.csv?{question.query}&hxl=0").getvalue().decode()
        rows = list(csv.DictReader(io.StringIO(text)))
        totals = total_of(question, parts_of(question))
        assert (len(rows), sum(int(row["value"]) for row in rows)) == (totals.count, totals.value)
        assert totals.count
    refused = Client().get("/id/statistik/baris.csv?angka=target&program=pangan")
    assert (refused.status_code, b"bentuk: " in refused.content) == (400, True)


def test_what_is_too_long_to_read_leads_to_its_parts(monkeypatch) -> None:
    a_ledger(2)
    for place in PLACES:
        recompute(place)
    monkeypatch.setattr("donations.statistics.rows.length.MOST_ROWS", 0)
    aid = AidType.objects.get(code="sembako")
    for measure in ("allocated", "delivered", "target"):
        for place in ("", "31.74"):
            question = Question(measure, "pangan", aid, place)
            answer = Client().get(question.href)
            rows = answer.context["rows"]
            assert answer.context["total"] == written(question, summed(question))
            codes = [part.place for _region, part in narrower(question)]
            assert [row["value"] for row in rows] == [
                written(question, summed(question.but(place=code))) for code in codes
            ]
            assert [row["href"] for row in rows] == [question.but(place=code).href for code in codes]
    village = Question("target", "pangan", aid, "31.74.01.1001")
    assert {row["value"] for row in Client().get(village.href).context["rows"]} == {""}
    [_region, rw], *_others = narrower(village)
    assert "lines" in Client().get(rw.href).context


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
