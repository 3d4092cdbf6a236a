"""The document of a report says what was handed in, for those in reach; who holds it can find out a change of either."""

import io
import threading
from datetime import datetime
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, connections, transaction
from django.test import Client
from django.urls import reverse
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from pypdfium2 import PdfDocument

from accounts import clock
from accounts.roles import Role
from donations.handovers import actions, document_parts
from donations.handovers.actions import draw
from donations.handovers.contents import digest_of
from donations.handovers.document import day_in_words, set_document
from donations.handovers.filing import document_of
from donations.handovers.models import Handover, HandoverCounter, HandoverRecord
from donations.ledger import faults
from regions.notation import JAKARTA, words
from tests.factories import (
    OrganisationFactory,
    assessor,
    make_handover,
    official,
    someone,
    tree,
)

BASE = "https://ksbb.test"
YEAR = 2026


def said(content: bytes) -> str:
    """All words of a PDF, one space between them."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())


def behind_its_back(model: type[Any], pk: int, **changes: Any) -> None:
    """Change a row as somebody would who has the database, and leaves no event."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        model.objects.filter(pk=pk).update(**changes)
        cursor.execute("SET LOCAL session_replication_role = origin")


# --- numbers


@pytest.mark.django_db(transaction=True)
def test_numbers_have_no_gap_and_no_double_under_threads() -> None:
    """Eight hand in at once, every other one fails after it has drawn: 1, 2, 3 … all the same."""
    drawn: list[int] = []
    start = threading.Barrier(8)

    def run(turn: int) -> None:
        start.wait()
        try:
            for _time in range(5):
                try:
                    with transaction.atomic():
                        number = draw("31.74", YEAR)
                        if turn % 2:
                            raise InterruptedError
                    drawn.append(number)
                except InterruptedError:
                    pass
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(turn,)) for turn in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(drawn) == list(range(1, 21))


@pytest.mark.django_db
def test_number_is_of_its_city_and_year_and_stays_with_a_correction(monkeypatch: pytest.MonkeyPatch) -> None:
    with clock.at(datetime(YEAR, 12, 31, 23, 30, tzinfo=JAKARTA)):
        first, second = make_handover("submitted"), make_handover()
        with pytest.raises(DatabaseError), transaction.atomic(), monkeypatch.context() as broken:
            broken.setattr("donations.handovers.actions.mark_stale", _fails)
            actions.submit(handover=second, by=None)
        second = actions.submit(handover=Handover.objects.get(pk=second.pk), by=None)
    with clock.at(datetime(YEAR + 1, 1, 1, 0, 30, tzinfo=JAKARTA)):
        third = make_handover("submitted")
        actions.send_back(handover=first, by=None, reason="x")
        corrected = actions.submit(handover=first, by=None)
    assert [first.number, second.number, third.number] == ["1/31.74/2026", "2/31.74/2026", "1/31.74/2027"]
    assert (corrected.number, corrected.version) == ("1/31.74/2026", 2)
    assert [record.version for record in corrected.records.all()] == [1, 2]
    assert list(faults()) == []
    HandoverCounter.objects.filter(year=YEAR).update(last=3)
    assert list(faults()) == ["numbers of 31.74/2026: 3 drawn, 2 used, the last of them 2"]


def _fails(*_arguments: object) -> None:
    raise DatabaseError("after the number was drawn")


# --- words

TO_ELEVEN = [
    "nol",
    "satu",
    "dua",
    "tiga",
    "empat",
    "lima",
    "enam",
    "tujuh",
    "delapan",
    "sembilan",
    "sepuluh",
    "sebelas",
]
UNITS = {word: value for value, word in enumerate(TO_ELEVEN)}
SCALES = {"ribu": 10**3, "juta": 10**6, "miliar": 10**9, "triliun": 10**12}


def read(text: str) -> int:
    """The number that Indonesian words say, read by its own rules."""
    total = group = unit = 0
    for word in text.split():
        if word in SCALES:
            total, group, unit = total + (group + unit) * SCALES[word], 0, 0
        elif word == "seribu":
            total, group, unit = total + 1000, 0, 0
        elif word in ("ratus", "puluh"):
            group, unit = group + unit * (100 if word == "ratus" else 10), 0
        elif word == "belas":
            unit += 10
        elif word == "seratus":
            group += 100
        else:
            unit += UNITS[word]
    return total + group + unit


@given(st.integers(0, 10**12))
@settings(max_examples=80, deadline=None)
@example(0)
@example(11)
@example(119)
@example(1000)
@example(1100)
@example(21_001)
@example(101_000)
@example(1_000_000)
@example(1_001_001_001)
@example(10**12)
def test_quantity_in_words_reads_back(quantity: int) -> None:
    text = words(quantity)
    assert read(text) == quantity
    # "satu ratus" and "satu ribu" are no Indonesian (but "dua puluh satu ribu" is).
    assert not any(wrong in text for wrong in ("satu ratus", "satu puluh", "satu belas"))
    assert not text.startswith("satu ribu")


def test_day_in_words_is_jakartas() -> None:
    moment = datetime(YEAR, 11, 22, 0, 30, tzinfo=JAKARTA)
    assert day_in_words(moment) == (
        "Minggu, tanggal dua puluh dua bulan November tahun dua ribu dua puluh enam"
    )  # fmt: skip
    assert day_in_words(datetime(YEAR, 11, 22, 17, 30, tzinfo=clock.now().tzinfo)).startswith(
        "Senin, tanggal dua"
    )


# --- the document


@pytest.mark.django_db
def test_document_says_what_was_handed_in_and_stays_as_it_is() -> None:
    with clock.at(datetime(YEAR, 11, 23, 9, 40, tzinfo=JAKARTA)):
        report = make_handover("submitted", damaged=6, missing=4)
        delivery = report.delivery
    record = report.records.get()
    content = document_of(record, base_url=BASE)
    text = said(content)
    opening = (
        "Pada hari ini, Senin, tanggal dua puluh tiga bulan November tahun dua ribu dua puluh enam, pukul 09.40 WIB, "
        "bertempat di Balai warga"
    )
    for part in (
        "BERITA ACARA SERAH TERIMA", f"Nomor: {report.number}", report.code_in_groups,
        opening, "PIHAK PERTAMA", "PIHAK KEDUA", delivery.executor.name, delivery.recipient_name,
        "Siti Contoh", "Ketua RW 03", "Budi Contoh", "Petugas kelurahan", "kolaborator dan pelaksana", "Mengetahui",
        "Lurah Wilayah 31.74.01.1001", "diterima baik sembilan puluh paket; rusak enam paket; tidak ada empat paket",
        delivery.number, "KM-", "IK-", "K-2026-", "dipergunakan sebagaimana mestinya", "Lampiran: foto", "Foto 1",
    ):  # fmt: skip
        assert part in text, part
    assert record.digest.replace(" ", "") in text.replace(" ", "")
    assert "Versi" not in text
    record = HandoverRecord.objects.get(pk=record.pk)
    assert document_of(record, base_url="https://other.test") == content
    for changes in ({"content": {}}, {"digest": "0" * 64}, {"sha256": "0" * 64}):
        with pytest.raises(DatabaseError), transaction.atomic():
            HandoverRecord.objects.filter(pk=record.pk).update(**changes)
    with pytest.raises(DatabaseError), transaction.atomic():
        record.delete()
    assert list(faults()) == []


@pytest.mark.django_db
def test_document_of_many_lines_and_endless_names_stays_on_its_pages() -> None:
    """Words stay with their row, signatures with what they declare, and nothing is set over the edge of a page."""
    content = make_handover("submitted").records.get().content
    facts, named = content["facts"], content["words"]
    [[pk, *counts]] = facts["lines"]
    facts["lines"] = [[place, *counts] for place in range(30)]
    named["lines"] = {str(place): named["lines"][str(pk)] | {"aid": f"Aid {place}."} for place in range(30)}
    facts["receiver"], facts["place"] = ["W" * 150, "M" * 150], "Z" * 200
    pages = PdfDocument(set_document(content, digest_of(content), [], f"{BASE}/x"))
    texts = []
    for page in pages:
        text = page.get_textpage()
        texts.append(text.get_text_range())
        assert all(0 < left < right < page.get_width() for left, _low, right, _high in
                   (text.get_rect(place) for place in range(text.count_rects())))  # fmt: skip
    assert len(texts) > 2
    assert [text.count("Aid ") for text in texts] == [text.count("Terbilang: ") for text in texts]
    assert "para pihak menyatakan" in texts[-1]
    assert "Saksi" in texts[-1]


def test_sessions_of_several_services_say_which_one_they_were() -> None:
    held = [[line, "2026-11-20", "09:00", "11:30", "Aula", 12, None, None, "", line] for line in (1, 2)]
    named = {"lines": {"1": {"aid": "Menjahit"}, "2": {"aid": "Memasak"}}}
    content = {"facts": {"place": "Balai", "sessions": held}, "words": named}
    assert [row[3] for row in document_parts.sessions(content)["sessions"]] == [
        "Menjahit, Aula",
        "Memasak, Aula",
    ]
    content = {"facts": {"place": "Balai", "sessions": held[:1]}, "words": named}
    assert [row[3] for row in document_parts.sessions(content)["sessions"]] == ["Aula"]


@pytest.mark.django_db
def test_document_is_for_those_in_reach(client: Client) -> None:
    report, draft = make_handover("submitted"), make_handover()
    address = reverse("handover_document", args=[report.pk])
    assert client.get(address).status_code == 302
    allowed = (official(tree()), assessor("31.74"), someone(Role.EXECUTOR, report.delivery.executor))
    for user in allowed:
        client.force_login(user)
        answer = client.get(address)
        assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
        assert "private" in answer["Cache-Control"]
        assert client.get(address, {"versi": "2"}).status_code == 404
        assert client.get(address, {"versi": "²"}).status_code == 200
        assert client.get(reverse("handover_document", args=[draft.pk])).status_code == 404
    for user in (
        assessor("31.75"),
        official(tree("31.74.01.1001.004")),
        someone(Role.EXECUTOR, OrganisationFactory()),
    ):
        client.force_login(user)
        assert client.get(address).status_code == 404


@pytest.mark.django_db
def test_file_that_was_changed_in_the_storage_is_not_handed_out(client: Client) -> None:
    report = make_handover("submitted")
    client.force_login(official(tree()))
    address = reverse("handover_document", args=[report.pk])
    assert client.get(address).status_code == 200
    record = report.records.get()
    with storages["default"].open(record.file.name, "wb") as stream:
        stream.write(b"%PDF-1.7 other")
    assert client.get(address).status_code == 503


# --- whoever holds the paper


def sent(client: Client, address: str, content: bytes) -> Any:
    return client.post(address, {"file": SimpleUploadedFile("x.pdf", content, "application/pdf")})


@pytest.mark.django_db
def test_stranger_checks_a_file_with_and_without_its_code(client: Client) -> None:
    report = make_handover("submitted", damaged=10)
    first = document_of(report.records.get(), base_url=BASE)
    page, anywhere = reverse("check_file", args=[report.code]), reverse("check_any_file")
    shown = client.get(reverse("check_proof", args=[report.code])).content.decode()
    assert "masih sama dengan ketika diajukan" in shown
    assert report.records.get().digest_in_groups in shown
    for name in ("Siti Contoh", "Budi Contoh"):
        assert name not in shown
    for address in (page, anywhere):
        assert "sama persis" in sent(client, address, first).content.decode()
    changed = sent(client, page, first.replace(b"%%EOF", b"%%EOF "))
    assert "bukan yang terbit" in changed.content.decode()
    assert sent(client, anywhere, first + b" ").status_code == 404
    assert client.post(anywhere).status_code == 422
    assert client.get(anywhere).url == reverse("check")
    actions.send_back(handover=report, by=None, reason="x")
    assert "sedang diperbaiki" in sent(client, page, first).content.decode()
    report = actions.submit(handover=report, by=None)
    second = document_of(report.records.get(version=2), base_url=BASE)
    assert "Versi 2 (dua): perbaikan" in said(second)
    assert "asli, tetapi versi 1" in sent(client, page, first).content.decode()
    assert "sama persis" in sent(client, page, second).content.decode()


@pytest.mark.django_db
def test_record_that_was_changed_behind_the_back_is_found_out(client: Client) -> None:
    report = make_handover("submitted")
    record, line, photo = report.records.get(), report.lines.get(), report.photos.get()
    move = report.moves.get(verb="submit")
    facts = {**record.content["facts"], "receiver": ["Orang Lain", "Ketua RW 03"]}
    content = {**record.content, "facts": facts}
    forged: list[list[tuple[Any, dict[str, Any]]]] = [
        [(line, {"good": 99, "damaged": 1})],
        [(report, {"receiver_name": "Orang Lain"})],
        [(photo, {"sha256": "0" * 64})],
        [(move, {"data": {**move.data, "lines": {str(line.delivery_line_id): [1, 0, 0]}}})],
        # Record and rows agree, and the digest was made to fit: the journal still has the first one.
        [
            (record, {"content": content, "digest": digest_of(content)}),
            (report, {"receiver_name": "Orang Lain"}),
        ],
        [(record, {"version": 2})],
    ]
    assert list(faults()) == []
    for changes in forged:
        cache.clear()
        point = transaction.savepoint()
        for row, fields in changes:
            behind_its_back(type(row), row.pk, **fields)
        assert any("not as it was handed in" in fault for fault in faults()), changes
        for name in ("check_proof", "bast"):
            page = client.get(reverse(name, args=[report.code])).content.decode()
            assert "tidak lagi sama dengan yang diajukan" in page, changes
        transaction.savepoint_rollback(point)
    assert list(faults()) == []
