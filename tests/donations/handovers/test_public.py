"""The public page of a report: counts, places and roles; no person, and no organisation that stays unnamed."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from accounts import clock, photos
from accounts.roles import Role
from donations.deliveries import actions as deliveries
from donations.handovers import actions as handovers
from donations.handovers.models import Handover
from donations.handovers.writing import Explained
from tests.factories import (
    WHY,
    OrganisationFactory,
    UserFactory,
    assign,
    make_commitment,
    make_delivery,
    make_handover,
    official,
    picture,
    someone,
    tree,
)

pytestmark = pytest.mark.django_db
PRIVATE = "Rahasia"


@pytest.fixture(autouse=True)
def _cold_cache_in_indonesian() -> Iterator[None]:
    cache.clear()
    translation.activate("id")  # a page in English leaves its language to the thread
    yield
    translation.activate("id")


def page(report: Handover, client: Client | None = None) -> str:
    response = (client or Client()).get(reverse("bast", args=[report.code]))
    assert response.status_code == 200
    return response.content.decode()


def private_report() -> Handover:
    """A report with a name in every field that is not for the public, walked by people with such names."""
    secretive = OrganisationFactory(
        name=f"{PRIVATE} Pemberi", may_be_named=False, email="rahasia@contoh.test"
    )

    def person(role: Role, place: object) -> object:
        user = UserFactory(name=f"{PRIVATE} {role}", email=f"rahasia.{role}@contoh.test")
        assign(user, role, place)
        return user

    giver, receiver = person(Role.COLLABORATOR, secretive), person(Role.OFFICIAL, tree())
    officer, helper = person(Role.ASSESSOR, tree("31.74")), person(Role.FACILITATOR, tree("31.74"))
    commitment = make_commitment("accepted", collaborator=secretive)
    delivery = deliveries.plan(
        executor=secretive, quantities={commitment.allocations.get(): 100}, planned_on=clock.today(),
        by=giver, note=f"Catatan {PRIVATE}", window=PRIVATE,
    )  # fmt: skip
    deliveries.dispatch(delivery=delivery, by=giver)
    report = handovers.start(delivery=delivery, by=receiver)
    handovers.save(
        handover=report, by=receiver, counts={delivery.lines.get().pk: (90, 6, 4)},
        explained={delivery.lines.get().pk: Explained("lost", f"Sebab {PRIVATE}", 3, f"Lebih {PRIVATE}")},
        arrived_at=delivery.dispatched_at or commitment.accepted_at, place="Balai warga RW 03",
        note=f"Catatan {PRIVATE}", receiver_name=f"{PRIVATE} Penerima", receiver_position=f"Ketua {PRIVATE}",
        witness_name=f"{PRIVATE} Saksi", witness_position=f"Petugas {PRIVATE}", latitude=-6.23456, longitude=106.87654,
    )  # fmt: skip
    handovers.add_photo(handover=report, by=receiver, photo=photos.clean(picture()), caption="Paket di teras")
    report = handovers.submit(handover=report, by=receiver)
    report = handovers.dispute(handover=report, by=helper, reason=f"Alasan {PRIVATE}")
    report = handovers.settle(handover=report, by=officer, reason=f"Alasan {PRIVATE}")
    report = handovers.send_back(handover=report, by=officer, reason=f"Alasan {PRIVATE}")
    report = handovers.submit(handover=report, by=receiver)
    return handovers.verify(handover=report, by=officer, note=f"Catatan {PRIVATE}")


def test_public_page_names_nobody() -> None:
    report = private_report()
    body = page(report)
    for secret in (PRIVATE, "rahasia", "6.23456", "106.87654", "6,23456"):
        assert secret not in body
    for shown in (
        "90 paket sembako telah diterima", "Balai warga RW 03", "Paket di teras", "Tidak ingin disebut",
        "Terverifikasi", "Pemeriksa bukan pelapor", report.number, report.code_in_groups, "versi 2",
        "sembilan puluh paket", "10 paket sembako",
    ):  # fmt: skip
        assert shown in body, shown


def test_public_page_is_the_same_in_english() -> None:
    report = private_report()
    response = Client().get(f"/en/bast/{report.code}/")
    assert "90 staple-food packages" in response.content.decode()
    assert PRIVATE not in response.content.decode()


def test_public_page_names_who_agreed() -> None:
    report = make_handover("submitted")
    executor = report.delivery.executor
    assert f"{executor.name}, kolaborator dan pelaksana" in page(report)


def test_public_page_names_a_giver_as_its_pledge_says() -> None:
    report = make_handover("submitted")
    pledge = report.delivery.lines.get().allocation.commitment.pledge
    type(pledge).objects.filter(pk=pledge.pk).update(may_be_named=False)
    someone(Role.COLLABORATOR, report.delivery.executor)
    body = page(report)
    assert report.delivery.executor.name not in body
    assert "Tidak ingin disebut" in body


def test_public_page_says_each_state() -> None:
    submitted = make_handover("submitted")
    returned = handovers.send_back(handover=make_handover("submitted"), by=None, reason="x")
    disputed = handovers.dispute(handover=make_handover("submitted"), by=None, reason="x")
    withdrawn = handovers.discard(
        handover=handovers.send_back(handover=make_handover("submitted"), by=None, reason="x"),
        by=None,
        reason="x",
    )
    for report, words in (
        (submitted, "Menunggu verifikasi"), (returned, "Sedang diperbaiki"), (disputed, "Disengketakan"),
        (withdrawn, "Ditarik"), (make_handover("verified"), "Terverifikasi"),
    ):  # fmt: skip
        assert f"<b>{words}</b>" in page(report)


def test_correction_is_not_public_before_it_is_handed_in() -> None:
    report = make_handover("submitted", damaged=10)
    report = handovers.send_back(handover=report, by=None, reason="x")
    line = report.delivery.lines.get()
    handovers.save(
        handover=report,
        by=None,
        counts={line.pk: (55, 40, 5)},
        explained={line.pk: WHY},
        place="Tempat yang baru",
    )
    added = handovers.add_photo(handover=report, by=None, photo=photos.clean(picture("black")))
    body = page(report)
    assert "90 paket sembako" in body
    assert "Tempat yang baru" not in body
    address = reverse("bast_photo", args=[report.code, added.pk])
    assert address not in body
    assert Client().get(address).status_code == 404
    handovers.submit(handover=report, by=None)
    assert "55 paket sembako" in page(report)
    assert Client().get(address).status_code == 200


def test_codes_that_are_not_public_are_not_found() -> None:
    draft = make_handover()
    for code in (draft.code, "K7QF2M9X4TRD", "x", "0" * 300, "%00"):
        assert Client().get(f"/id/bast/{code}/").status_code == 404
    photo = draft.photos.get()
    assert Client().get(reverse("bast_photo", args=[draft.code, photo.pk])).status_code == 404
    other = make_handover("submitted")
    assert Client().get(reverse("bast_photo", args=[other.code, photo.pk])).status_code == 404


def test_code_as_it_is_printed_leads_to_its_page() -> None:
    report = make_handover("submitted")
    for written in (report.code_in_groups, report.code.lower()):
        assert Client().get(f"/id/bast/{written}/").url == f"/id/bast/{report.code}/"


def test_lookup_finds_by_code_and_number() -> None:
    report, lookup = make_handover("submitted"), reverse("bast_lookup")
    assert Client().get(lookup).status_code == 200
    for text in (report.code, report.code_in_groups.lower(), f" {report.number} ", f"BAST {report.number}", "001/31.74/"
                 + report.number[-4:]):  # fmt: skip
        assert Client().get(lookup, {"q": text}).url == report.get_absolute_url(), text
    for text in ("", "K7QF-2M9X-4TRD", "9/31.74/1999", "' OR 1=1", "\x00", "x" * 200, make_handover().code):
        response = Client().get(lookup, {"q": text})
        assert response.status_code == 404
        assert "alert-warn" in response.content.decode()


def test_public_photo_is_kept_long_and_not_guessed_at() -> None:
    report = make_handover("submitted")
    answer = Client().get(reverse("bast_photo", args=[report.code, report.photos.get().pk]))
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert answer["Cache-Control"] == "public, max-age=604800"


def test_public_pages_touch_no_session() -> None:
    report = make_handover("submitted")
    for address in (reverse("bast", args=[report.code]), reverse("bast_lookup")):
        client = Client()
        response = client.get(address)
        assert response.wsgi_request.public_page
        assert not response.wsgi_request.session.accessed
        assert not response.cookies


def test_public_page_takes_the_same_queries_for_few_and_many() -> None:
    few, many = make_handover("submitted"), make_handover()
    for i in range(8):
        handovers.add_photo(handover=many, by=None, photo=photos.clean(picture(size=(30 + i, 30))))
    many = handovers.submit(handover=many, by=None)
    for _version in range(4):
        handovers.send_back(handover=many, by=None, reason="x")
        many = handovers.submit(handover=many, by=None)
    counts = []
    for report in (few, many):
        page(report)
        with CaptureQueriesContext(connection) as captured:
            page(report)
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_parts_of_one_delivery_lead_to_each_other() -> None:
    delivery = make_delivery("dispatched")
    first = make_handover("submitted", delivery=delivery, good=60)
    second = make_handover("submitted", delivery=delivery)
    assert second.get_absolute_url() in page(first)
    assert first.get_absolute_url() in page(second)
    official(tree())
