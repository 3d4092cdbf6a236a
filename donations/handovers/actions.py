"""Verbs on handover reports. Needs are locked first, then commitments, the report, lines and allocations."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import clock
from accounts.actions import perform
from accounts.errors import ReasonNeeded, Refused
from accounts.models import User
from accounts.once import hold
from accounts.photos import Photo
from accounts.stored import delete_after_commit
from donations.deliveries.models import Delivery, DeliveryLine
from donations.deliveries.states import DeliveryState
from donations.deliveries.wording import why_no_report
from donations.handovers.beside import check_verifying, verified, why_not
from donations.handovers.contents import seal
from donations.handovers.likeness import look_at
from donations.handovers.models import Handover, HandoverCheck, HandoverLine, HandoverPhoto
from donations.handovers.queries import made_by
from donations.handovers.states import HandoverState
from donations.handovers.writing import Explained, check_said, unsign
from donations.pledges.actions import fulfil_if_complete
from donations.pledges.actions.holding import lock_commitments, lock_needs
from regions.actions import mark_stale

MOST_PHOTOS = 12
TOO_MANY_PHOTOS = gettext_lazy("Paling banyak %(most)s foto. Hapus satu dulu.")
NOT_YET = gettext_lazy("Waktunya belum sampai. Periksa tanggal dan jamnya.")
BEFORE_DISPATCH = gettext_lazy("Waktunya lebih awal dari hari berangkatnya. Periksa tanggalnya.")
DETAILS = (
    "arrived_at", "place", "latitude", "longitude", "note", "receiver_name", "receiver_position", "witness_name",
    "witness_position", "key", "phone_clock_off",
)  # fmt: skip
# What a signature stands under.
SIGNED = frozenset(DETAILS) - {"key", "phone_clock_off", "latitude", "longitude", "note"}


@transaction.atomic
def start(*, delivery: Delivery, by: User | None) -> Handover:
    """Begin a report of an arrival, or go on with the draft or returned report that the delivery has."""
    locked = Delivery.objects.select_for_update().get(pk=delivery.pk)
    begun = locked.handovers.filter(state__in=(HandoverState.DRAFT, HandoverState.RETURNED)).first()
    if begun is not None:
        return begun
    _check_on_its_way(locked)
    lines = list(locked.lines.all())
    if not any(line.uncounted for line in lines):
        raise Refused(_("Semua yang dikirim sudah dilaporkan."), code="all_counted")
    handover = Handover(delivery=locked, created_at=clock.now())
    with perform(handover, "start", by=by):
        HandoverLine.objects.bulk_create(
            HandoverLine(handover=handover, delivery_line=line) for line in lines
        )
    return handover


def save(
    *,
    handover: Handover,
    by: User | None,
    counts: Mapping[int, tuple[int, int, int]] | None = None,
    explained: Mapping[int, Explained] | None = None,
    **details: Any,
) -> Handover:
    """Keep what was filled in so far. Delivery line's primary key → (good, damaged, missing), and → why that is so.

    Drawn signatures go where something changes that they stand under.
    """
    unknown = set(details) - set(DETAILS)
    if unknown:
        raise TypeError(f"not a detail of a report: {sorted(unknown)}")
    with perform(handover, "save", by=by) as act:
        if details.get("arrived_at"):
            _check_arrival(act.subject.delivery, details["arrived_at"])
        changed = any(getattr(act.subject, name) != details[name] for name in SIGNED & set(details))
        for name, value in details.items():
            setattr(act.subject, name, value)
        for line in act.subject.lines.select_for_update(of=("self",)).select_related("delivery_line"):
            before, fields = line.told, []
            if counts and line.delivery_line_id in counts:
                line.good, line.damaged, line.missing = counts[line.delivery_line_id]
                _check_counts(line)
                fields += ["good", "damaged", "missing"]
            if explained and line.delivery_line_id in explained:
                fields += explained[line.delivery_line_id].onto(line)
            if line.told != before:
                line.save(update_fields=fields)
                changed = True
        if changed:
            unsign(act.subject)
    return act.subject


def add_photo(
    *, handover: Handover, by: User | None, photo: Photo, caption: str = "", original_sha256: str = ""
) -> HandoverPhoto:
    """Keep a photo with a draft or returned report; the same file twice is one photo."""
    with perform(handover, "save", by=by) as act:
        kept = HandoverPhoto.ever.filter(handover=act.subject, sha256=photo.sha256).first()
        if kept is not None and kept.removed_at is None:
            if caption and kept.caption != caption:  # written while the photo was on its way
                kept.caption = caption
                kept.save(update_fields=["caption"])
            return kept
        if act.subject.photos.count() >= MOST_PHOTOS:
            raise Refused(TOO_MANY_PHOTOS % {"most": MOST_PHOTOS}, field="photos")
        if kept is not None:  # taken off while correcting, and put back
            kept.removed_at, kept.caption = None, caption
            kept.save(update_fields=["removed_at", "caption"])
            return kept
        look = look_at(photo.file)
        return HandoverPhoto.objects.create(
            likeness=look.likeness,
            brightness=look.brightness,
            contrast=look.contrast,
            handover=act.subject,
            image=photo.file,
            caption=caption,
            sha256=photo.sha256,
            original_sha256=original_sha256,
            taken_at=photo.taken_at,
            latitude=photo.latitude,
            longitude=photo.longitude,
            added_at=clock.now(),
        )


def remove_photo(*, photo: HandoverPhoto, by: User | None) -> None:
    """Take a photo off a draft or returned report; the file goes once the change is kept.

    One that a version showed when it was handed in stays for officers, who compare the versions.
    """
    with perform(photo.handover, "save", by=by) as act:
        shown = {sha for data in act.subject.moves.filter(verb="submit").values_list("data__photos", flat=True)
                 for sha in data}  # fmt: skip
        if photo.sha256 in shown:
            photo.removed_at = clock.now()
            photo.save(update_fields=["removed_at"])
            return
        delete_after_commit(photo.image)
        photo.delete()


def caption_photos(*, handover: Handover, by: User | None, captions: Mapping[int, str]) -> None:
    """Write what the photos show. `captions`: photo's primary key → text; those of other reports are ignored."""
    with perform(handover, "save", by=by) as act:
        for photo in act.subject.photos.filter(pk__in=captions):
            photo.caption = captions[photo.pk][:150]
            photo.save(update_fields=["caption"])


@transaction.atomic
def discard(*, handover: Handover, by: User | None, reason: str = "") -> Handover:
    """Throw away a draft that was begun by mistake, or withdraw a returned report (then with a reason)."""
    with perform(handover, "discard", by=by, reason=reason) as act:
        if act.subject.submitted_at is not None and not act.reason:
            raise ReasonNeeded
    # It may have been the last thing that the delivery waited for.
    _complete_if_counted(act.subject.delivery)
    return act.subject


@transaction.atomic
def submit(*, handover: Handover, by: User | None) -> Handover:
    """Hand the report in: its counts hold from now on, and it has a number and a public page."""
    _lock_sources(handover)
    with perform(handover, "submit", by=by) as act:
        subject = act.subject
        check_independent("submit", subject, by)
        delivery = Delivery.objects.select_for_update().get(pk=subject.delivery_id)
        lines = _locked(subject)
        _check_complete(subject, delivery, lines)
        for line in lines:
            _check_counts(line)
            _count(line, +1)
        subject.reported_by = by
        subject.submitted_at = clock.now()
        if subject.number is None:
            subject.number = _draw_number(subject)
        else:
            subject.version += 1
        act.data |= {**_snapshot(subject, lines), "digest": seal(subject).digest}
        mark_stale(delivery.region.city_code)
    with perform(delivery, "arrive", by=by, handover=subject.pk):
        pass
    return subject


@transaction.atomic
def verify(*, handover: Handover, by: User | None, note: str = "") -> Handover:
    """An officer who neither reported nor confirmed it found it right: now it counts as verified."""
    # Answers to its confirmation come before or after this, not meanwhile.
    hold(handover)
    _lock_sources(handover)
    with perform(handover, "verify", by=by, note=note) as act:
        subject = act.subject
        act.data["warned"] = _warned(subject)
        _not_the_reporter(subject, by)
        check_independent("verify", subject, by)
        check_verifying(subject, note.strip())
        subject.verified_by = by
        subject.verified_at = clock.now()
        Delivery.objects.select_for_update().get(pk=subject.delivery_id)
        lines = _locked(subject)
        for line in lines:
            allocation = line.delivery_line.allocation
            allocation.verified += line.good
            allocation.save(update_fields=["verified"])
        mark_stale(subject.delivery.region.city_code)
    for commitment in {line.delivery_line.allocation.commitment for line in lines}:
        fulfil_if_complete(commitment)
    _complete_if_counted(subject.delivery)
    verified(subject)
    return subject


@transaction.atomic
def send_back(*, handover: Handover, by: User | None, reason: str, mend: Collection[str] = ()) -> Handover:
    """Return it for correction: until it is handed in again its counts do not hold. `mend`: names of what is to be mended
    (`donations.handovers.mending`)."""
    _lock_sources(handover)
    with perform(handover, "send_back", by=by, reason=reason, mend=list(mend)) as act:
        _not_the_reporter(act.subject, by)
        for line in _locked(act.subject):
            _count(line, -1)
        mark_stale(act.subject.delivery.region.city_code)
    return act.subject


def dispute(*, handover: Handover, by: User | None, reason: str) -> Handover:
    """Contest a report: it cannot be verified until the dispute is settled."""
    with perform(handover, "dispute", by=by, reason=reason) as act:
        mark_stale(act.subject.delivery.region.city_code)
    return act.subject


def settle(*, handover: Handover, by: User | None, reason: str) -> Handover:
    """End a dispute: the report waits for verification again."""
    with perform(handover, "settle", by=by, reason=reason) as act:
        _not_the_reporter(act.subject, by)
        mark_stale(act.subject.delivery.region.city_code)
    return act.subject


def clear(*, handover: Handover, by: User | None, photos: Collection[int]) -> Handover:
    """Let these photos (primary keys) into gallery and stories, and take the report's others out again."""
    with perform(handover, "clear", by=by) as act:
        for photo in act.subject.photos.select_for_update():
            wanted = photo.pk in photos
            if wanted == (photo.cleared_at is not None):
                continue
            photo.cleared_at, photo.cleared_by = (clock.now(), by) if wanted else (None, None)
            photo.save(update_fields=["cleared_at", "cleared_by"])
            act.data.setdefault("shown" if wanted else "hidden", []).append(photo.pk)
    return act.subject


def _locked(handover: Handover) -> list[HandoverLine]:
    return list(
        handover.lines.select_for_update(of=("self", "delivery_line", "delivery_line__allocation"))
        .select_related("delivery_line__allocation__commitment__aid_type")
        .order_by("pk")
    )


def _lock_sources(handover: Handover) -> None:
    """Lock the needs and commitments of its lines, in that order."""
    lock_needs(handover.lines.values_list("delivery_line__allocation__need_id", flat=True))
    lock_commitments(handover.lines.values_list("delivery_line__allocation__commitment_id", flat=True))


def _check_counts(line: HandoverLine) -> None:
    most = line.delivery_line.uncounted
    if min(line.good, line.damaged, line.missing) < 0 or line.counted > most:
        raise Refused(
            _("Yang dikirim dan belum dilaporkan tinggal %(most)s, tetapi terhitung %(counted)s.")
            % {"most": most, "counted": line.counted},
            field=f"line_{line.delivery_line_id}",
            code="more_than_sent",
        )


def _check_on_its_way(delivery: Delivery) -> None:
    if why := why_no_report(delivery):
        raise Refused(why, code="not_on_its_way")


def _check_complete(handover: Handover, delivery: Delivery, lines: list[HandoverLine]) -> None:
    _check_on_its_way(delivery)
    if not any(line.counted for line in lines):
        raise Refused(_("Belum ada yang dihitung."), field="counts", code="empty")
    if handover.arrived_at is None:
        raise Refused(_("Tulis kapan bantuan tiba."), field="arrived_at")
    _check_arrival(delivery, handover.arrived_at)
    if not handover.place.strip():
        raise Refused(_("Tulis tempat serah terimanya."), field="place")
    if not (handover.receiver_name and handover.receiver_position):
        raise Refused(_("Tulis siapa yang menerima, dan jabatannya."), field="parties")
    if not (handover.witness_name or handover.why_no_witness):
        raise Refused(_("Tulis nama saksinya, atau sebabnya kalau tidak ada saksi."), field="parties")
    if not handover.photos.exists():
        raise Refused(_("Tambahkan paling sedikit satu foto."), field="photos", code="no_photo")
    check_said(handover, lines)


def _check_arrival(delivery: Delivery, arrived_at: datetime) -> None:
    if arrived_at > clock.now() + timedelta(minutes=5):
        raise Refused(str(NOT_YET), field="arrived_at")
    if delivery.dispatched_at and arrived_at < _start_of_day(delivery.dispatched_at):
        raise Refused(str(BEFORE_DISPATCH), field="arrived_at")


def _start_of_day(moment: datetime) -> datetime:
    return timezone.localtime(moment).replace(hour=0, minute=0, second=0, microsecond=0)


def _count(line: HandoverLine, sign: int) -> None:
    """Let the report's counts hold (+1), or no more (-1), on the delivery's line and the allocation."""
    sent = line.delivery_line
    sent.good += sign * line.good
    sent.damaged += sign * line.damaged
    sent.missing += sign * line.missing
    sent.save(update_fields=["good", "damaged", "missing"])
    sent.allocation.received += sign * line.good
    sent.allocation.save(update_fields=["received"])


def _not_the_reporter(handover: Handover, by: User | None) -> None:
    if by is not None and made_by(handover, by):
        raise Refused(
            _("Pemeriksa bukan pelapor: laporan ini Anda sendiri yang membuatnya."), code="own_report"
        )


def check_independent(verb: str, handover: Handover, by: User | None) -> None:
    """Raises `Refused` where what somebody did about the report elsewhere bars them from that."""
    if by is not None and (why := why_not(verb, handover, by)):
        raise Refused(why, code="not_independent")


def _warned(handover: Handover) -> list[str]:
    """What the platform had noticed of it, so that the journal says what its verifier could read."""
    kept = HandoverCheck.objects.filter(record__handover=handover, record__version=handover.version).first()
    return [one["code"] for one in kept.findings] if kept else []


def _draw_number(handover: Handover) -> str:
    city = handover.delivery.region.city_code
    year = timezone.localtime(clock.now()).year
    return f"{draw(city, year)}/{city}/{year}"


def draw(city: str, year: int) -> int:
    """The next number of a city and year. Its row is locked until the transaction ends, and what is rolled back was
    never drawn: no gap, no double."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO donations_handovercounter AS counter (city_code, year, last) VALUES (%s, %s, 1) "
            "ON CONFLICT (city_code, year) DO UPDATE SET last = counter.last + 1 RETURNING last",
            [city, year],
        )
        (number,) = cursor.fetchone()
    return int(number)


def _snapshot(handover: Handover, lines: list[HandoverLine]) -> dict[str, Any]:
    """What was handed in, kept in the journal so that a corrected report has both versions."""
    return {
        "version": handover.version,
        "arrived_at": handover.arrived_at.isoformat() if handover.arrived_at else None,
        "place": handover.place,
        "note": handover.note,
        "phone_clock_off": handover.phone_clock_off,
        "lines": {str(line.delivery_line_id): [line.good, line.damaged, line.missing] for line in lines},
        "photos": [photo.sha256 for photo in handover.photos.all()],
    }


def _complete_if_counted(delivery: Delivery) -> None:
    """Mark the delivery completed once every unit is counted in a verified report."""
    locked = Delivery.objects.select_for_update().get(pk=delivery.pk)
    pending = locked.handovers.exclude(state__in=(HandoverState.VERIFIED, HandoverState.DISCARDED)).exists()
    if locked.state != DeliveryState.DISPATCHED or pending:
        return
    if not any(line.uncounted for line in DeliveryLine.objects.filter(delivery=locked)):
        with perform(locked, "complete", by=None):
            pass
