"""What reports do beyond the chain: drafts stay quiet, returned ones have a way out."""

import pytest

from accounts import clock, photos
from accounts.errors import ReasonNeeded, Refused
from donations.deliveries import actions as deliveries
from donations.handovers import actions as handovers
from donations.handovers.models import HandoverPhoto
from donations.pledges.models import Allocation
from regions.public_version import public_version
from tests.factories import WHY, make_delivery, make_handover, picture

pytestmark = pytest.mark.django_db


def test_draft_is_kept_without_journal_rows_or_a_new_public_version(
    django_capture_on_commit_callbacks,
) -> None:
    report = make_handover()
    before = public_version()
    with django_capture_on_commit_callbacks(execute=True):
        handovers.save(handover=report, by=None, place="Balai warga RW 03", note="Hujan")
        photo = handovers.add_photo(handover=report, by=None, photo=photos.clean(picture("red")))
        handovers.caption_photos(handover=report, by=None, captions={photo.pk: "Di teras"})
        handovers.remove_photo(photo=report.photos.first(), by=None)
    assert public_version() == before
    assert [move.verb for move in report.moves.all()] == ["start"]
    report.refresh_from_db()
    assert (report.place, report.note, report.photos.get().caption) == (
        "Balai warga RW 03",
        "Hujan",
        "Di teras",
    )


def test_same_photo_twice_is_one_photo() -> None:
    report = make_handover()
    for _attempt in range(2):
        handovers.add_photo(handover=report, by=None, photo=photos.clean(picture("red")))
    assert HandoverPhoto.objects.filter(handover=report).count() == 2  # the one it had, and this one


def test_returned_report_is_withdrawn_with_a_reason() -> None:
    report = handovers.send_back(handover=make_handover("submitted"), by=None, reason="Jumlahnya tertukar.")
    with pytest.raises(ReasonNeeded):
        handovers.discard(handover=report, by=None)
    deliveries.fail(delivery=report.delivery, by=None, reason="Tidak sampai.")
    report = handovers.discard(handover=report, by=None, reason="Pengirimannya gagal.")
    assert report.state == "discarded"


def test_delivery_does_not_fail_while_a_report_waits_and_leaves_no_unit_behind() -> None:
    part = make_handover("submitted", good=60)
    with pytest.raises(Refused, match="menunggu diperiksa"):
        deliveries.fail(delivery=part.delivery, by=None, reason="Sisanya rusak di jalan.")
    handovers.send_back(handover=part, by=None, reason="Hitung lagi.")
    deliveries.fail(delivery=part.delivery, by=None, reason="Sisanya rusak di jalan.")
    allocation = Allocation.objects.get()
    assert (allocation.dispatched, allocation.received, allocation.free) == (0, 0, 100)


def test_discarding_the_last_draft_completes_a_counted_delivery() -> None:
    delivery = make_delivery("dispatched")
    part = make_handover("submitted", delivery=delivery, good=60)
    rest = handovers.start(delivery=delivery, by=None)
    handovers.send_back(handover=part, by=None, reason="Sisanya juga sudah tiba.")
    line = delivery.lines.get()
    handovers.save(handover=part, by=None, counts={line.pk: (100, 0, 0)})
    handovers.verify(handover=handovers.submit(handover=part, by=None), by=None)
    delivery.refresh_from_db()
    assert delivery.state == "dispatched"
    handovers.discard(handover=rest, by=None)
    delivery.refresh_from_db()
    assert delivery.state == "completed"


def test_corrected_report_keeps_both_versions() -> None:
    report = make_handover("submitted", good=90, damaged=10)
    report = handovers.send_back(handover=report, by=None, reason="Hitung lagi.")
    line = report.delivery.lines.get()
    handovers.save(
        handover=report,
        by=None,
        counts={line.pk: (95, 5, 0)},
        explained={line.pk: WHY},
        arrived_at=clock.now(),
    )
    report = handovers.submit(handover=report, by=None)
    told = [move.data["lines"][str(line.pk)] for move in report.moves.filter(verb="submit")]
    assert (report.version, told) == (2, [[90, 10, 0], [95, 5, 0]])
