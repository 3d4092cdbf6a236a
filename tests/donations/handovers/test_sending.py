"""What a phone sends that wrote a report without signal: once, whole, and with an answer that a script understands."""

import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts import clock
from accounts.models import User
from accounts.roles import Role
from donations.deliveries import actions as deliveries
from donations.deliveries.models import Delivery
from donations.handovers import actions as handovers
from donations.handovers.models import Handover
from donations.handovers.sending import Told, clock_off, clock_warning, newest_submit
from tests.donations.handovers.test_report import place, step, upload
from tests.factories import PARTIES, make_delivery, make_handover, official, picture, someone, tree

pytestmark = pytest.mark.django_db

JSON = {"HTTP_ACCEPT": "application/json"}
STEPS = ("foto", "jumlah", "keluarga", "saksi", "tempat", "tanda-tangan", "periksa")


@pytest.fixture
def receiver() -> User:
    return official(tree())


@pytest.fixture
def delivery() -> Delivery:
    return make_delivery("dispatched")  # 100 packages


@pytest.fixture
def phone(receiver: User, delivery: Delivery) -> "Phone":
    return Phone(receiver, delivery)


class Phone:
    """Sends what was written in the pages of a delivery, as the script does."""

    def __init__(self, who: User, delivery: Delivery, **more: object) -> None:
        self.client, self.delivery, self.who = Client(), delivery, who
        self.client.force_login(who)
        self.told = {"_kunci": str(uuid.uuid4()), "_dilihat": newest_submit(delivery), **more}

    def send(self, name: str, fields: dict | None = None):
        address = reverse("report_blank", args=[self.delivery.pk, name])
        return self.client.post(address, {**(fields or {}), **self.told}, **JSON)

    def send_all(self) -> list:
        line = self.delivery.lines.get().pk
        photo = {"photos": upload(picture("red")), "_satu": "1"}
        return [
            self.send("foto", photo),
            self.send("foto"),
            self.send("jumlah", {f"line_{line}_good": "100"}),
            self.send("saksi", PARTIES),
            self.send("tempat", place()),
            self.send("periksa", {"agreed": "on"}),
        ]


def test_report_is_written_before_it_is_begun(phone: Phone, delivery: Delivery) -> None:
    kit = phone.client.get(reverse("report_kit", args=[delivery.pk]))
    pages = kit.json()["pages"]
    assert list(pages) == [reverse("report_blank", args=[delivery.pk, name]) for name in STEPS]
    assert not Handover.objects.exists()
    for address, page in pages.items():
        # nothing leads to the draft that the pages were drawn of
        assert "/id/laporan/" not in page.replace("/id/laporan/menunggu/", "").replace(
            "/id/laporan/gerbang/", ""
        )
        assert f'href="{address.replace("/id/", "/en/")}"' in page
        assert phone.client.get(address).status_code == 200
    assert not Handover.objects.exists()
    answers = phone.send_all()
    assert [answer.status_code for answer in answers] == [200] * 6
    assert [answer.json()["done"] for answer in answers] == [False] * 5 + [True]
    report = Handover.objects.get()
    assert (report.state, report.lines.get().good, report.photos.count()) == ("submitted", 100, 1)


def test_report_sent_twice_is_one(phone: Phone) -> None:
    first, second = phone.send_all(), phone.send_all()
    assert second[-1].json()["next"] == first[-1].json()["next"]
    assert all(answer.json()["done"] for answer in second)
    assert (Handover.objects.count(), Handover.objects.get().photos.count()) == (1, 1)
    assert Handover.objects.get().moves.filter(verb="submit").count() == 1


def test_pages_of_a_begun_report_are_its_own(phone: Phone, delivery: Delivery, receiver: User) -> None:
    report = handovers.start(delivery=delivery, by=receiver)
    kit = phone.client.get(reverse("report_kit", args=[delivery.pk])).json()
    assert list(kit["pages"]) == [step(report, name) for name in STEPS]
    blank = phone.client.get(reverse("report_blank", args=[delivery.pk, "saksi"]))
    assert blank.url == step(report, "saksi")


def test_what_is_wrong_is_told_field_by_field(phone: Phone, delivery: Delivery) -> None:
    line = delivery.lines.get().pk
    answer = phone.send("jumlah", {f"line_{line}_good": "seratus"})
    assert (answer.status_code, answer.json()["code"]) == (422, "fields")
    assert [error["field"] for error in answer.json()["errors"]] == [f"line_{line}_good"]
    answer = phone.send("foto", {"photos": SimpleUploadedFile("x.jpg", b"x"), "_satu": "1"})
    assert "x.jpg: Berkas ini bukan foto" in answer.json()["errors"][0]["text"]
    # nothing is said of the form that the file did not come with
    answer = phone.send("tanda-tangan", {"sheets": SimpleUploadedFile("y.jpg", b"x"), "_satu": "1"})
    assert [error["text"][:6] for error in answer.json()["errors"]] == ["y.jpg:"]
    answer = phone.send("periksa", {"agreed": "on"})
    assert (answer.json()["mend"], answer.status_code) == ("jumlah", 422)


def test_other_official_is_not_overtaken_unasked(phone: Phone, delivery: Delivery) -> None:
    other = Phone(official(tree()), delivery)
    phone.send("saksi", PARTIES)
    answer = other.send("saksi", PARTIES)
    assert (answer.status_code, answer.json()["code"]) == (409, "begun")
    assert phone.who.name in answer.json()["text"]
    # who read that, and wants it, goes on with the one draft there is
    other.told["_tetap"] = "1"
    assert other.send("saksi", PARTIES | {"witness_name": "Orang Lain"}).status_code == 200
    assert Handover.objects.get().witness_name == "Orang Lain"


def test_report_that_somebody_handed_in_meanwhile_is_told(phone: Phone, delivery: Delivery) -> None:
    other = Phone(official(tree()), delivery)
    phone.send_all()
    for answer in other.send_all():
        assert (answer.status_code, answer.json()["code"]) == (409, "reported")
    assert Handover.objects.count() == 1
    # nothing is left to report, wanted or not
    other.told["_tetap"] = "1"
    assert other.send("saksi", PARTIES).json()["code"] == "all_counted"


def test_begun_report_handed_in_by_somebody_else_is_told(delivery: Delivery, receiver: User) -> None:
    report = make_handover(delivery=delivery, by=receiver)
    handovers.submit(handover=report, by=receiver)
    other = Phone(official(tree()), delivery)
    for name, data in (("saksi", PARTIES), ("periksa", {"agreed": "on"})):
        answer = other.client.post(step(report, name), data | other.told, **JSON)
        assert (answer.status_code, answer.json()["code"]) == (409, "reported")


def test_returned_report_is_mended_before_another_is_sent(
    phone: Phone, delivery: Delivery, receiver: User
) -> None:
    part = make_handover("submitted", delivery=delivery, by=receiver, good=60)
    phone.told["_dilihat"] = newest_submit(delivery)
    handovers.send_back(handover=part, by=None, reason="Foto kurang jelas")
    phone.told["_tetap"] = "1"
    answer = phone.send("saksi", PARTIES)
    assert (answer.status_code, answer.json()["code"]) == (409, "returned")


def test_failed_delivery_refuses_and_says_so(phone: Phone, delivery: Delivery) -> None:
    deliveries.fail(delivery=delivery, by=None, reason="Truk mogok")
    answer = phone.send("saksi", PARTIES)
    assert (answer.status_code, answer.json()["code"]) == (422, "not_on_its_way")
    assert "tercatat gagal" in answer.json()["text"]


def test_delivery_that_fails_meanwhile_is_said_at_each_step_and_keeps_the_draft(
    phone: Phone, delivery: Delivery, client: Client
) -> None:
    phone.send("saksi", PARTIES)
    report = step(Handover.objects.get(), "jumlah")
    client.force_login(someone(Role.EXECUTOR, delivery.executor))
    asked = client.get(reverse("delivery_verb", args=[delivery.pk, "fail"])).content.decode()
    assert "sedang menulis berita acaranya" in asked
    deliveries.fail(delivery=delivery, by=None, reason="Truk mogok")
    for address in (report, delivery.get_absolute_url()):
        page = phone.client.get(address).content.decode()
        assert f"hubungi {delivery.executor} atau kelurahan" in page
    assert Handover.objects.get().receiver_name == PARTIES["receiver_name"]


def test_term_that_ended_refuses_until_there_is_another(phone: Phone, receiver: User) -> None:
    receiver.assignments.update(ends=clock.today() - timedelta(days=1))
    answer = phone.send("saksi", PARTIES)
    assert (answer.status_code, answer.json()["code"]) == (404, "official")
    assert not Handover.objects.exists()
    # what waits on the phone can still be read, and saved as a file
    assert "data-queue-list" in phone.client.get(reverse("report_queue")).content.decode()
    receiver.assignments.update(ends=None)
    assert phone.send_all()[-1].json()["done"]


@pytest.mark.parametrize("role", [Role.ASSESSOR, Role.FACILITATOR])
def test_officers_get_no_kit(delivery: Delivery, role: Role) -> None:
    client = Client()
    client.force_login(someone(role, tree("31.74")))
    assert client.get(reverse("report_kit", args=[delivery.pk])).status_code == 403
    assert client.get(reverse("report_blank", args=[delivery.pk, "foto"])).status_code == 403
    assert client.get(reverse("report_queue")).status_code == 403


def test_gate_says_who_sends(phone: Phone, receiver: User) -> None:
    first = phone.client.get(reverse("report_gate"))
    assert first["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    assert first.json()["person"] == first["KSBB-Person"]
    other = Client()
    other.force_login(official(tree()))
    assert other.get(reverse("report_gate")).json()["person"] != first.json()["person"]
    assert Client().get(reverse("report_gate")).status_code == 302


def test_token_of_the_gate_is_good_for_sending(receiver: User, delivery: Delivery) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(receiver)
    address = reverse("report_blank", args=[delivery.pk, "saksi"])
    assert client.post(address, PARTIES, **JSON).status_code == 403
    token = client.get(reverse("report_gate")).json()["token"]
    assert client.post(address, PARTIES | {"csrfmiddlewaretoken": token}, **JSON).status_code == 200


def test_place_and_time_come_beside_a_photo_made_small(phone: Phone) -> None:
    told = {
        "photos_taken_at": "2026-11-20T03:00:00.000Z",
        "photos_latitude": "-6.21",
        "photos_longitude": "106.85",
        "photos_sha256": "ab" * 32,
        "photos_caption": "Paket di teras\x00",
    }
    phone.send("foto", {"photos": upload(picture("red")), "_satu": "1"} | told)
    photo = Handover.objects.get().photos.get()
    assert (photo.latitude, photo.longitude, photo.caption) == (-6.21, 106.85, "Paket di teras")
    assert (photo.taken_at.isoformat(), photo.original_sha256) == ("2026-11-20T03:00:00+00:00", "ab" * 32)
    # words that were written while it was on its way come with the same photo again
    again = {"photos": upload(picture("red")), "_satu": "1"}
    for caption in ("Di balai warga", ""):
        phone.send("foto", again | {"photos_caption": caption})
        again["photos"] = upload(picture("red"))
    assert Handover.objects.get().photos.get().caption == "Di balai warga"


@pytest.mark.parametrize(
    ("latitude", "taken_at", "sha256"),
    [
        ("nan", "kemarin", "x"),
        ("91", "99999-01-01", "AB" * 32),
        ("", "", ""),
        ("1e999", "0001-01-01", "ab" * 33),
    ],
)
def test_nonsense_beside_a_photo_is_left_out(latitude: str, taken_at: str, sha256: str) -> None:
    told = {"photos_latitude": latitude, "photos_longitude": "106.8", "photos_taken_at": taken_at}
    read = Told.of(told | {"photos_sha256": sha256})
    assert (read.latitude, read.longitude, read.original_sha256) == (None, None, "")


def test_wrong_clock_is_warned_of_and_kept(phone: Phone) -> None:
    phone.told["_jam"] = (clock.now() + timedelta(days=800)).isoformat()
    assert "2 tahun lebih cepat" in phone.send("saksi", PARTIES).json()["warning"].replace("\u00a0", " ")
    report = Handover.objects.get()
    assert abs(report.phone_clock_off - 800 * 86400) < 60
    phone.send_all()
    assert report.moves.get(verb="submit").data["phone_clock_off"] == Handover.objects.get().phone_clock_off


@pytest.mark.parametrize(
    ("told", "found"), [("", None), ("9999-12-31T23:59:59Z", 2**31 - 1), ("kemarin", None), (None, None)]
)
def test_clock_that_says_nothing_readable(told: str | None, found: int | None) -> None:
    assert clock_off(told) == found
    assert bool(clock_warning(found)) == bool(found)


def test_a_few_minutes_off_are_nobodys_trouble() -> None:
    assert (clock_warning(600), clock_warning(-600)) == ("", "")
    assert "lebih lambat" in clock_warning(-601)


def test_two_officials_write_in_turn_and_neither_overwrites_unasked(phone: Phone, delivery: Delivery) -> None:
    line = delivery.lines.get().pk
    phone.send("jumlah", {f"line_{line}_good": "100"})
    report = Handover.objects.get()
    colleague = official(tree())
    other = Client()
    other.force_login(colleague)
    counts = {f"line_{line}_good": "98", f"line_{line}_damaged": "2", f"line_{line}_why": "weather"}
    seen = other.get(step(report, "jumlah")).content.decode()
    assert f"{phone.who.name} menulis laporan ini sejak" in seen
    asked = other.post(step(report, "jumlah"), counts)
    page = asked.content.decode()
    assert (asked.status_code, report.lines.get().good) == (409, 100)
    assert f'name="line_{line}_good" value="98"' in page
    assert 'name="_tetap" value="1"' in page
    # What was typed was in the page that asked; a photo takes nothing from anybody.
    assert other.post(step(report, "jumlah"), {**counts, "_tetap": "1"}).status_code == 302
    assert phone.send("foto", {"photos": upload(picture("red")), "_satu": "1"}).status_code == 200
    answer = phone.send("jumlah", {f"line_{line}_good": "100"})
    assert (answer.status_code, answer.json()["code"]) == (409, "begun")
    assert colleague.name in answer.json()["text"]
    # Nor is what another one wrote handed in by who did not see it.
    assert phone.client.post(step(report, "periksa"), {"agreed": "on"}).status_code == 409
    assert phone.client.post(step(report, "periksa"), {"_tetap": "1"}).status_code == 422
    assert report.lines.get().good == 98
    assert [move.actor for move in report.moves.filter(verb="take").order_by("pk")] == [colleague, phone.who]
