"""What officers see of a report, and what each verb answers."""

from itertools import product

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import photos
from accounts.models import User
from accounts.roles import Role
from donations.handovers import actions as handovers
from donations.handovers.checking import notice, unnoticed
from donations.handovers.models import Handover, HandoverPhoto
from donations.handovers.tasks import sweep_unnoticed
from regions.models import Region
from tests.factories import (
    WHY,
    OrganisationFactory,
    assessor,
    assign,
    make_delivery,
    make_handover,
    official,
    picture,
    someone,
    tree,
)
from tests.html import flat

pytestmark = pytest.mark.django_db

A, F, O = Role.ASSESSOR, Role.FACILITATOR, Role.OFFICIAL  # noqa: E741
DELIVERERS = (Role.COLLABORATOR, Role.AGGREGATOR, Role.EXECUTOR)
WHO = {"verify": {A}, "send_back": {A}, "dispute": {A, F}, "settle": {A}, "discard": {O}}


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def url(report: Handover, verb: str = "") -> str:
    return reverse("handover_verb", args=[report.pk, verb]) if verb else reverse("handover", args=[report.pk])


def in_state(state: str) -> Handover:
    if state in ("draft", "submitted", "verified"):
        return make_handover(state)
    made = make_handover("submitted")
    if state == "disputed":
        return handovers.dispute(handover=made, by=None, reason="x")
    made = handovers.send_back(handover=made, by=None, reason="x")
    return made if state == "returned" else handovers.discard(handover=made, by=None, reason="x")


def everyone(report: Handover, inside: bool) -> dict[Role, Client]:
    area, recipient = ("31.74", "31.74.01.1001.003") if inside else ("31.75", "31.74.01.1001.004")
    people = {role: someone(role, tree(area)) for role in (Role.ADMINISTRATOR, A, F)}
    people[O] = official(tree(recipient))
    for role in DELIVERERS:
        people[role] = someone(role, report.delivery.executor if inside else OrganisationFactory())
    return {role: signed_in(user) for role, user in people.items()}


# Whoever is out of the area is told nothing before the state is asked for: one state tells (all of them, of verbs
# alone: tests/donations/test_permissions.py).
@pytest.mark.parametrize(
    ("state", "inside"),
    [
        *product(["draft", "submitted", "returned", "verified", "disputed", "discarded"], [True]),
        ("submitted", False),
    ],
)
def test_verbs_answer_by_role_place_and_state(state: str, inside: bool) -> None:
    report = in_state(state)
    assert report.state == state
    for (role, client), verb in product(everyone(report, inside).items(), WHO):
        if not inside or (state == "draft" and role is not O):
            expected = 404
        elif role not in WHO[verb]:
            expected = 403
        else:
            expected = 302 if state in Handover.VERBS[verb].sources else 409
        with transaction.atomic():
            response = client.post(url(report, verb), {"reason": "Alasan contoh.", "note": ""})
            transaction.set_rollback(True)
        assert response.status_code == expected, (role, verb)
    if state != "draft":  # of those that were handed in: tests/donations/test_pages_by_role.py
        return
    photo = report.photos.get()
    for role, client in everyone(report, inside).items():
        seen = 200 if role is O else 404
        assert client.get(url(report)).status_code == seen, role
        assert client.get(reverse("handover_photo", args=[photo.pk])).status_code == seen, role


def test_pages_ask_for_sign_in() -> None:
    report = make_handover("submitted")
    photo = reverse("handover_photo", args=[report.photos.get().pk])
    for address in (url(report), url(report, "verify"), photo, reverse("report_receipt", args=[report.pk])):
        assert Client().get(address).status_code == 302


def test_verbs_without_a_reason_or_unknown_are_refused() -> None:
    report, client = make_handover("submitted"), signed_in(assessor())
    for verb in ("send_back", "dispute"):
        response = client.post(url(report, verb), {"reason": " "})
        assert response.status_code == 422
        assert "Tuliskan alasannya." in response.content.decode()
    for verb in ("submit", "save", "start", "tidak-ada"):
        assert client.post(url(report, verb)).status_code == 404
    assert client.get(url(report, "settle")).status_code == 409


def test_own_report_is_not_verified_and_says_why() -> None:
    both = official(tree())
    assign(both, A, tree("31.74"))
    report = make_handover("submitted", by=both)
    client = signed_in(both)
    body = client.get(url(report)).content.decode()
    assert "Pemeriksa bukan pelapor" in body
    assert url(report, "verify") not in body
    response = client.post(url(report, "verify"))
    assert response.status_code == 422
    assert "Pemeriksa bukan pelapor" in response.content.decode()
    assert signed_in(assessor()).post(url(report, "verify")).status_code == 302


def test_verify_sent_twice_is_done_once() -> None:
    report, client = make_handover("submitted"), signed_in(assessor())
    assert [client.post(url(report, "verify")).status_code for _i in range(2)] == [302, 302]
    assert report.moves.filter(verb="verify").count() == 1
    # Another note than the one that is kept is not taken for it, nor lost.
    other = client.post(url(report, "verify"), {"note": "Dihitung ulang."})
    assert (other.status_code, "Dihitung ulang." in other.content.decode()) == (409, True)


def test_page_shows_counts_people_photos_and_the_version_before() -> None:
    receiver = official(tree())
    report = make_handover("submitted", damaged=10, by=receiver)
    report = handovers.send_back(handover=report, by=None, reason="Foto belum jelas.")
    line = report.delivery.lines.get()
    handovers.save(
        handover=report, by=receiver, counts={line.pk: (77, 20, 3)}, explained={line.pk: WHY},
        receiver_name="Siti Contoh",
        witness_name="Budi Contoh", latitude=-6.2, longitude=106.8, note="Sudah difoto ulang",
    )  # fmt: skip
    report = handovers.submit(handover=report, by=receiver)
    region = tree()
    region.latitude, region.longitude = -6.21, 106.8
    region.save()
    body = signed_in(assessor()).get(url(report)).content.decode()
    for shown in (
        "77 paket sembako", "Siti Contoh", "Budi Contoh", "Sudah difoto ulang", "Foto belum jelas.", "versi 2",
        "Versi sebelumnya", "semula 90", "1.113 m dari pusat", reverse("handover_photo", args=[report.photos.get().pk]),
    ):  # fmt: skip
        assert shown in body, shown


def test_page_warns_of_a_photo_that_another_report_has() -> None:
    first, second = make_handover("submitted"), make_handover("draft")
    other = handovers.add_photo(handover=second, by=None, photo=photos.clean(picture("black")))
    handovers.remove_photo(photo=second.photos.exclude(pk=other.pk).get(), by=None)
    second = handovers.submit(handover=second, by=None)
    client = signed_in(assessor())
    warning = "berkasnya sama persis dengan foto pada"
    assert warning not in client.get(url(first)).content.decode()
    third = make_handover("submitted")  # the same picture as the first
    for report in (first, third):
        assert warning in client.get(url(report)).content.decode()
    # Once it was taken off there, the others are told that it was in an older version.
    third = handovers.send_back(handover=third, by=None, reason="x")
    handovers.add_photo(handover=third, by=None, photo=photos.clean(picture("white")))
    handovers.remove_photo(photo=third.photos.earliest("pk"), by=None)
    handovers.submit(handover=third, by=None)
    assert client.get(url(first)).content.decode().count("(versi lama)") == 2


def test_page_takes_the_same_queries_for_few_and_many() -> None:
    def queries(report: Handover) -> int:
        client = signed_in(assessor())
        client.get(url(report))
        with CaptureQueriesContext(connection) as captured:
            client.get(url(report))
        return len(captured)

    # One report of the recipient before the first, three before the other.
    _before, few, _between, many = (
        make_handover(state) for state in ("submitted", "submitted", "verified", "draft")
    )
    for i in range(8):
        handovers.add_photo(handover=many, by=None, photo=photos.clean(picture(size=(30 + i, 30))))
    many = handovers.submit(handover=many, by=None)
    for _version in range(4):
        handovers.send_back(handover=many, by=None, reason="x")
        many = handovers.submit(handover=many, by=None)
    assert queries(few) == queries(many)


def test_photo_is_kept_long_and_not_guessed_at() -> None:
    report = make_handover("submitted")
    answer = signed_in(assessor()).get(reverse("handover_photo", args=[report.photos.get().pk]))
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "immutable" in answer["Cache-Control"]
    assert "private" in answer["Cache-Control"]


def test_photo_whose_file_is_gone_is_not_found() -> None:
    photo = make_handover("submitted").photos.get()
    photo.image.storage.delete(photo.image.name)
    assert signed_in(assessor()).get(reverse("handover_photo", args=[photo.pk])).status_code == 404


def test_executor_follows_the_report_of_its_delivery() -> None:
    delivery = make_delivery("dispatched")
    report = make_handover("submitted", delivery=delivery)
    body = signed_in(someone(Role.COLLABORATOR, delivery.executor)).get(url(report)).content.decode()
    assert report.number in body
    assert url(report, "verify") not in body


def corrected() -> Handover:
    """A report of which the second version has another photo, another place and less that is good."""
    report = make_handover("submitted", damaged=10)
    report = handovers.send_back(handover=report, by=None, reason="x", mend=["foto-jelas", "jumlah"])
    handovers.add_photo(handover=report, by=None, photo=photos.clean(picture("black")))
    handovers.remove_photo(photo=report.photos.earliest("pk"), by=None)
    handovers.save(
        handover=report, by=None, place="Kantor RW", counts={report.delivery.lines.get().pk: (80, 20, 0)}
    )
    return handovers.submit(handover=report, by=None)


def test_versions_are_compared_and_the_older_photo_stays_for_officers_alone() -> None:
    report = corrected()
    gone = HandoverPhoto.ever.get(handover=report, removed_at__isnull=False)
    assert [photo.pk for photo in report.photos.all()] != [gone.pk]
    officer, carrier = signed_in(assessor()), signed_in(someone(Role.COLLABORATOR, report.delivery.executor))
    body = officer.get(url(report) + "?versi=1").content.decode()
    for shown in (
        "<del>90</del>", '<ins class="changed">80</ins>', '<span class="changed">Kantor RW</span>', "tidak ada lagi",
        reverse("handover_photo", args=[gone.pk]),
    ):  # fmt: skip
        assert shown in body, shown
    assert (
        reverse("handover_photo", args=[gone.pk])
        not in carrier.get(url(report) + "?versi=1").content.decode()
    )
    for client, status in ((officer, 200), (carrier, 404)):
        assert client.get(reverse("handover_photo", args=[gone.pk])).status_code == status
    for version in ("2", "0", "x", "99999999999"):
        assert officer.get(f"{url(report)}?versi={version}").status_code == 404, version


def test_a_photo_that_comes_back_is_the_same_one_again() -> None:
    report = make_handover("submitted")
    photo = report.photos.get()
    report = handovers.send_back(handover=report, by=None, reason="x")
    handovers.remove_photo(photo=photo, by=None)
    assert not report.photos.exists()
    again = handovers.add_photo(handover=report, by=None, photo=photos.clean(picture()))
    assert again.pk == photo.pk
    assert report.photos.get() == photo


def test_viewer_leads_through_the_photos_and_is_for_officers() -> None:
    report = corrected()
    gone = HandoverPhoto.ever.get(handover=report, removed_at__isnull=False)
    now = report.photos.get()
    client = signed_in(assessor())
    first = flat(client.get(reverse("handover_look", args=[report.pk, now.pk])).content.decode())
    last = flat(client.get(reverse("handover_look", args=[report.pk, gone.pk]) + "?besar=1").content.decode())
    assert f'rel="next" href="{reverse("handover_look", args=[report.pk, gone.pk])}"' in first
    assert 'rel="prev"' not in first
    assert f'rel="prev" href="{reverse("handover_look", args=[report.pk, now.pk])}?besar=1"' in last
    assert "diganti" in last
    # Where no outline is known, what is told is the distance to the centre.
    HandoverPhoto.objects.update(latitude=-6.2, longitude=106.8)
    Region.objects.filter(pk=report.delivery.region_id).update(latitude=-6.21, longitude=106.8)
    looked = client.get(reverse("handover_look", args=[report.pk, now.pk])).content.decode()
    assert "1.113 m dari pusat penerima" in looked
    elsewhere = make_handover("submitted").photos.get()
    assert client.get(reverse("handover_look", args=[report.pk, elsewhere.pk])).status_code == 404
    carrier = signed_in(someone(Role.COLLABORATOR, report.delivery.executor))
    answer = carrier.get(reverse("handover_look", args=[report.pk, now.pk]))
    assert answer["Location"] == reverse("handover_photo", args=[now.pk])


def test_sending_back_says_what_to_mend_and_leads_there() -> None:
    reporter = official(tree())
    report = make_handover("submitted", by=reporter)
    client = signed_in(assessor())
    assert client.post(url(report, "send_back"), {"mend": ["apa-saja"]}).status_code == 422
    assert client.post(url(report, "send_back"), {"mend": ["tempat", "jumlah"]}).status_code == 302
    move = report.moves.latest("pk")
    assert move.reason.startswith("Jumlah tidak cocok")
    assert move.reason.endswith("keliru.")
    assert sorted(move.data["mend"]) == ["jumlah", "tempat"]
    body = signed_in(reporter).get(url(report)).content.decode()
    for step in ("jumlah", "tempat"):
        assert reverse("report_step", args=[report.pk, step]) in body, step


def test_verifying_leads_to_the_next_that_waits_and_never_to_ones_own() -> None:
    both = official(tree())
    assign(both, A, tree("31.74"))
    first, _own, third = (
        make_handover("submitted"),
        make_handover("submitted", by=both),
        make_handover("submitted"),
    )
    response = signed_in(both).post(url(first, "verify"), follow=True)
    assert f'<a href="{url(third)}">Berikutnya: {third}' in response.content.decode()


def test_whoever_handed_in_the_first_version_does_not_verify_the_second() -> None:
    both = official(tree())
    assign(both, A, tree("31.74"))
    report = handovers.send_back(handover=make_handover("submitted", by=both), by=None, reason="x")
    handovers.submit(handover=report, by=official(tree()))
    client = signed_in(both)
    assert "Pemeriksa bukan pelapor" in client.get(url(report)).content.decode()
    assert client.post(url(report, "verify")).status_code == 422


def test_warnings_are_for_officers_and_the_journal_says_which_were_known() -> None:
    make_handover("submitted")
    report = make_handover("submitted")  # the same picture, and right after it was dispatched
    assert [one.code for one in notice(report.pk)] == ["photo_same", "soon", "photo_empty"]
    officer, carrier = signed_in(assessor()), signed_in(someone(Role.COLLABORATOR, report.delivery.executor))
    assert "3 hal untuk dilihat lagi" in officer.get(url(report)).content.decode()
    assert "untuk dilihat lagi" in officer.get(url(report, "verify")).content.decode()
    assert "untuk dilihat lagi" not in carrier.get(url(report)).content.decode()
    officer.post(url(report, "verify"))
    assert report.moves.latest("pk").data["warned"] == ["photo_same", "soon", "photo_empty"]


def test_sweep_looks_over_what_nobody_did_and_then_nothing() -> None:
    first, second = make_handover("submitted"), corrected()
    HandoverPhoto.ever.update(brightness=None, likeness=None, contrast=None)
    assert unnoticed(10) == [first.pk, second.pk]
    sweep_unnoticed()
    assert unnoticed(10) == []
    assert not HandoverPhoto.objects.filter(brightness=None).exists()
