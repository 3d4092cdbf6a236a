"""Writing a report: every step keeps, nothing is lost, one arrival is one report."""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import clock
from accounts.models import User
from accounts.roles import Role
from donations.deliveries.models import Delivery
from donations.handovers import actions as handovers
from donations.handovers.models import Handover
from tests.accounts.test_photos import with_place
from tests.factories import (
    PARTIES,
    OrganisationFactory,
    assessor,
    make_commitment,
    make_delivery,
    make_handover,
    make_need,
    official,
    picture,
    someone,
    tree,
)
from tests.html import flat

pytestmark = pytest.mark.django_db


@pytest.fixture
def receiver() -> User:
    return official(tree())


@pytest.fixture
def client(receiver: User) -> Client:
    client = Client()
    client.force_login(receiver)
    return client


@pytest.fixture
def delivery() -> Delivery:
    return make_delivery("dispatched")  # 100 packages


@pytest.fixture
def report(delivery: Delivery, receiver: User) -> Handover:
    return handovers.start(delivery=delivery, by=receiver)


# A line up, down and up again.
SIGNATURE = "[[100,300,200,100,300,300,400,90,500,310]]"


def step(report: Handover, name: str) -> str:
    return reverse("report_step", args=[report.pk, name])


def upload(stream: io.BytesIO, name: str = "IMG_0001.jpg", kind: str = "image/jpeg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, stream.getvalue(), kind)


def counts(report: Handover, good: object, damaged: object = "", missing: object = "") -> dict[str, object]:
    pk = report.delivery.lines.get().pk
    found = {f"line_{pk}_good": good, f"line_{pk}_damaged": damaged, f"line_{pk}_missing": missing}
    return found | (
        {f"line_{pk}_why": "weather", f"line_{pk}_why_words": "Kena hujan"} if damaged or missing else {}
    )


def place(**changes: str) -> dict[str, str]:
    now = timezone.localtime(clock.now())
    return {
        "place": "Balai warga RW 03",
        "day": now.date().isoformat(),
        "time": now.strftime("%H:%M"),
    } | changes


def test_report_from_the_first_photo_to_the_receipt(client: Client, delivery: Delivery) -> None:
    start = reverse("report_start", args=[delivery.pk])
    assert "100 paket sembako" in client.get(start).content.decode()
    first = client.post(start)
    report = Handover.objects.get()
    assert first.url == step(report, "foto")
    pages = [
        ("foto", {"photos": [upload(picture("red")), upload(picture("blue"), "b.png", "image/png")]}),
        ("jumlah", counts(report, "90", "6", "4")),
        ("keluarga", {"families": "30", "residents": "120"}),
        ("saksi", PARTIES),
        ("tempat", place(latitude="-6.21", longitude="106.85", note="Hujan deras")),
        ("tanda-tangan", {"how": "drawn", "receiver": SIGNATURE}),
    ]
    following = ["jumlah", "keluarga", "saksi", "tempat", "tanda-tangan", "periksa"]
    for (name, data), next_step in zip(pages, following, strict=True):
        assert client.get(step(report, name)).status_code == 200
        assert client.post(step(report, name), data).url == step(report, next_step)
    review = flat(client.get(step(report, "periksa")).content.decode())
    for shown in (
        "90 paket sembako diterima baik",
        "Siti Contoh",
        "Budi Contoh",
        "Balai warga RW 03",
        "Hujan deras",
        "Kena hujan",
        "30 keluarga, 120 warga",
        "di layar: yang menerima",
    ):
        assert shown in review
    receipt = reverse("report_receipt", args=[report.pk])
    assert client.post(step(report, "periksa"), {"agreed": "on"}).url == receipt
    report.refresh_from_db()
    assert (report.state, report.version, report.photos.count()) == ("submitted", 1, 2)
    assert (report.latitude, report.longitude, report.witness_name) == (-6.21, 106.85, "Budi Contoh")
    body = client.get(receipt).content.decode()
    for shown in (report.number, report.code_in_groups, 'class="qr"', report.get_absolute_url()):
        assert shown in body


def test_report_handed_in_twice_is_one(client: Client, delivery: Delivery, receiver: User) -> None:
    report = make_handover(delivery=delivery, by=receiver)
    answers = [client.post(step(report, "periksa"), {"agreed": "on"}) for _i in range(2)]
    assert {answer.url for answer in answers} == {reverse("report_receipt", args=[report.pk])}
    assert report.moves.filter(verb="submit").count() == 1
    # going back in the browser leads to the receipt, and writes nothing
    for name in ("foto", "jumlah", "saksi", "tempat", "periksa"):
        assert client.get(step(report, name)).url == reverse("report_receipt", args=[report.pk])
    client.post(step(report, "jumlah"), counts(report, "1"))
    assert report.lines.get().good == 100


def test_start_twice_is_one_draft(client: Client, delivery: Delivery) -> None:
    start = reverse("report_start", args=[delivery.pk])
    assert client.post(start).url == client.post(start).url == client.get(start).url
    assert Handover.objects.count() == 1


def test_start_needs_a_delivery_on_the_road(client: Client) -> None:
    planned = make_delivery()
    start = reverse("report_start", args=[planned.pk])
    assert "Belum ada yang dapat dilaporkan" in client.get(start).content.decode()
    assert client.post(start).status_code == 422
    assert not Handover.objects.exists()


def test_report_is_for_the_recipients_official_alone(delivery: Delivery, report: Handover) -> None:
    people = [
        (official(tree("31.74.01.1001.004")), 404, 404),
        (assessor("31.75"), 404, 404),
        (assessor(), 403, 404),
        (someone(Role.FACILITATOR, tree("31.74")), 403, 404),
        (someone(Role.COLLABORATOR, delivery.executor), 403, 404),
        (someone(Role.COLLABORATOR, OrganisationFactory()), 404, 404),
    ]
    for user, at_start, at_draft in people:
        client = Client()
        client.force_login(user)
        assert client.post(reverse("report_start", args=[delivery.pk])).status_code == at_start
        assert client.get(step(report, "jumlah")).status_code == at_draft  # a draft is its writers' alone
        assert client.post(step(report, "periksa"), {"agreed": "on"}).status_code == at_draft
    assert Client().get(step(report, "jumlah")).status_code == 302


def test_submitted_report_is_not_the_assessors_to_write(report: Handover) -> None:
    done = make_handover("submitted")
    client = Client()
    client.force_login(assessor())
    assert client.get(step(done, "jumlah")).status_code == 403
    assert client.get(step(done, "tidak-ada")).status_code == 404


@pytest.mark.parametrize(
    ("good", "message"),
    [
        ("101", "Terhitung 101"),
        ("-1", "0 atau lebih"),
        ("1000000000000", "triliun"),
        ("9" * 60, "angka saja"),
        ("seratus", "angka saja"),
        ("1,5", "bilangan bulat"),
        ("", "Tulis berapa yang tiba"),
        ("0", "Tulis berapa yang tiba"),
        ("98", "Masih 2 paket belum terhitung"),
    ],
)
def test_counts_that_cannot_be_are_refused_and_stay_on_the_page(client, report, good, message) -> None:
    response = client.post(step(report, "jumlah"), counts(report, good))
    body = response.content.decode()
    assert response.status_code == 422
    assert message in body
    assert f'value="{good}"' in body or good == ""


def test_counts_are_kept_even_while_some_are_missing(client, report) -> None:
    client.post(step(report, "jumlah"), counts(report, "90", "8"))
    line = report.lines.get()
    assert (line.good, line.damaged, line.missing) == (90, 8, 0)
    assert 'value="90"' in client.get(step(report, "jumlah")).content.decode()


def test_counts_read_thousands_as_people_write_them(client, receiver) -> None:
    commitment = make_commitment("accepted", need=make_need(target=5000), quantity=1200)
    report = handovers.start(delivery=make_delivery("dispatched", commitment=commitment), by=receiver)
    assert client.post(step(report, "jumlah"), counts(report, "1.200")).status_code == 302
    assert report.lines.get().good == 1200


def test_arrival_in_two_parts_is_two_reports(client, delivery, receiver) -> None:
    report = make_handover(delivery=delivery, by=receiver, good=60)
    assert client.post(step(report, "jumlah"), counts(report, "60")).status_code == 422
    later = counts(report, "60") | {"rest_later": "on"}
    assert client.post(step(report, "jumlah"), later).status_code == 302
    client.post(step(report, "periksa"), {"agreed": "on"})
    receipt = client.get(reverse("report_receipt", args=[report.pk])).content.decode()
    assert reverse("report_start", args=[delivery.pk]) in receipt
    client.post(reverse("report_start", args=[delivery.pk]))
    second = Handover.objects.exclude(pk=report.pk).get()
    body = client.get(step(second, "jumlah")).content.decode()
    assert "Sudah dilaporkan 60" in body
    assert client.post(step(second, "jumlah"), counts(report, "41")).status_code == 422
    assert client.post(step(second, "jumlah"), counts(report, "40")).status_code == 302


def test_photo_refused_leaves_the_good_ones_and_says_why(client, report) -> None:
    pdf = SimpleUploadedFile("bukti.jpg", b"%PDF-1.7 bukan foto", "image/jpeg")
    response = client.post(step(report, "foto"), {"photos": [upload(picture("red")), pdf]})
    body = response.content.decode()
    assert response.status_code == 422
    assert "bukti.jpg: Berkas ini PDF, bukan foto" in body
    assert report.photos.count() == 1


def test_photo_of_forty_megabytes_gets_a_sentence(client, report) -> None:
    heavy = SimpleUploadedFile("besar.jpg", b"\xff\xd8" + bytes(40 * 1024 * 1024), "image/jpeg")
    response = client.post(step(report, "foto"), {"photos": heavy})
    assert response.status_code == 422
    assert "besar.jpg: Foto ini 40 MB; paling besar 15 MB" in response.content.decode()


def test_photo_twenty_thousand_pixels_wide_gets_a_sentence(client, report) -> None:
    wide = upload(picture(size=(20_000, 10_000), format="PNG"), "lebar.png")
    response = client.post(step(report, "foto"), {"photos": wide})
    assert response.status_code == 422
    assert "lebar.png: Foto ini lebih dari 80 juta piksel" in response.content.decode()


def test_photo_with_a_place_is_kept_without_it(client, report) -> None:
    client.post(step(report, "foto"), {"photos": upload(with_place())})
    photo = report.photos.get()
    assert (photo.latitude, photo.longitude) == (pytest.approx(-6.2), pytest.approx(106.8))
    answer = client.get(reverse("handover_photo", args=[photo.pk]))
    assert b"Exif" not in answer.content


def test_photos_go_no_further_without_one_and_stop_at_twelve(client, report) -> None:
    assert client.post(step(report, "foto")).status_code == 422
    many = [upload(picture(size=(20 + i, 20))) for i in range(13)]
    response = client.post(step(report, "foto"), {"photos": many})
    assert "Paling banyak 12 foto" in response.content.decode()
    assert report.photos.count() == 12


def test_photo_is_captioned_and_removed(client, report) -> None:
    client.post(step(report, "foto"), {"photos": upload(picture()), "add": "1"})
    photo = report.photos.get()
    client.post(step(report, "foto"), {f"caption_{photo.pk}": "Paket di teras\x00", "caption_999": "x"})
    photo.refresh_from_db()
    assert photo.caption == "Paket di teras"
    remove = reverse("report_photo_remove", args=[report.pk, photo.pk])
    assert client.get(remove).status_code == 405
    for _i in range(2):
        assert client.post(remove).url == step(report, "foto")
    assert not report.photos.exists()


def test_parties_keep_what_was_typed(client, report, receiver) -> None:
    assert receiver.name in client.get(step(report, "saksi")).content.decode()
    response = client.post(
        step(report, "saksi"), PARTIES | {"receiver_position": "", "witness_name": "siti  contoh"}
    )
    body = response.content.decode()
    assert response.status_code == 422
    for shown in (
        "Tulis jabatan yang menerima",
        "Saksi harus orang lain",
        "Siti Contoh",
        "Petugas kelurahan",
    ):
        assert shown in body


def test_report_without_a_witness_says_why(client: Client, delivery: Delivery, receiver: User) -> None:
    report = make_handover(delivery=delivery, by=receiver)
    alone = PARTIES | {"witness_name": "", "witness_position": ""}
    response = client.post(step(report, "saksi"), alone)
    assert response.status_code == 422
    assert "sebabnya kalau tidak ada saksi" in response.content.decode()
    handovers.save(handover=report, by=None, **alone)
    refused = client.post(step(report, "periksa"), {"agreed": "on"})
    assert refused.status_code == 422
    assert "sebabnya kalau tidak ada saksi" in refused.content.decode()
    why = "Barang tiba malam hari, tidak ada orang lain."
    assert client.post(step(report, "saksi"), alone | {"no_witness": why}).status_code == 302
    report.refresh_from_db()
    assert (report.witness_name, report.why_no_witness) == ("", why)
    assert client.get(step(report, "saksi")).context["form"]["witness_position"].value() == ""
    assert f"tidak ada: {why}" in client.get(step(report, "periksa")).content.decode()
    assert client.post(step(report, "periksa"), {"agreed": "on"}).status_code == 302
    public = Client().get(report.get_absolute_url()).content.decode()
    assert "Tidak ada; sebabnya pada dokumen asli" in public
    assert why not in public


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"day": (timezone.localdate() + timedelta(days=2)).isoformat()}, "belum sampai"),
        ({"day": (timezone.localdate() - timedelta(days=30)).isoformat()}, "lebih awal"),
        ({"day": "31/02/2026"}, "Tulis tanggalnya"),
        ({"time": "pagi"}, "Tulis jamnya"),
        ({"place": "  "}, "Tulis tempat serah terimanya"),
        ({"place": "x" * 201}, "200"),
        ({"latitude": "91", "longitude": "0"}, ""),
        ({"latitude": "nan", "longitude": "0"}, ""),
    ],
)
def test_place_that_cannot_be_is_refused_and_stays_on_the_page(client, report, changes, message) -> None:
    response = client.post(step(report, "tempat"), place(note="Catatan tetap ada", **changes))
    body = response.content.decode()
    assert response.status_code == 422
    assert message in body
    assert "Catatan tetap ada" in body


def test_position_is_forgotten_on_request(client, report) -> None:
    client.post(step(report, "tempat"), place(latitude="-6.2", longitude="106.8"))
    report.refresh_from_db()
    assert report.latitude == -6.2
    client.post(step(report, "tempat"), place(latitude="-6.2", longitude="106.8", forget_position="on"))
    report.refresh_from_db()
    assert (report.latitude, report.longitude) == (None, None)


def test_place_is_filled_in_from_the_need(client, receiver) -> None:
    need = make_need(handover_place="Lapangan bulu tangkis RW 03")
    report = handovers.start(
        delivery=make_delivery("dispatched", commitment=make_commitment("accepted", need=need)), by=receiver
    )
    assert "Lapangan bulu tangkis RW 03" in client.get(step(report, "tempat")).content.decode()


def test_review_leads_to_what_is_missing(client, report) -> None:
    response = client.post(step(report, "periksa"), {"agreed": "on"})
    assert response.status_code == 422
    assert step(report, "jumlah") in response.content.decode()
    assert client.post(step(report, "periksa")).status_code == 422  # not agreed
    report.refresh_from_db()
    assert report.state == "draft"


def test_returned_report_says_why_and_is_sent_again(client, delivery, receiver) -> None:
    report = make_handover("submitted", delivery=delivery, by=receiver)
    handovers.send_back(handover=report, by=assessor(), reason="Jumlah rusak belum ditulis.")
    start = client.get(reverse("report_start", args=[delivery.pk]))
    assert start.url == step(report, "foto")
    for name in ("foto", "jumlah"):
        assert "Jumlah rusak belum ditulis." in client.get(step(report, name)).content.decode()
    client.post(step(report, "jumlah"), counts(report, "95", "5"))
    assert client.post(step(report, "periksa"), {"agreed": "on"}).status_code == 302
    report.refresh_from_db()
    assert (report.state, report.version) == ("submitted", 2)
    assert "Versi ke-2" in client.get(reverse("report_receipt", args=[report.pk])).content.decode()


def test_draft_is_discarded(client, report) -> None:
    address = reverse("handover_verb", args=[report.pk, "discard"])
    assert client.get(address).status_code == 200
    assert client.post(address).url == report.delivery.get_absolute_url()
    report.refresh_from_db()
    assert report.state == "discarded"
    assert client.get(step(report, "jumlah")).url == report.delivery.get_absolute_url()
