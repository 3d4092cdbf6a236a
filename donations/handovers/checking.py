"""What the platform notices of a report: the facts are read, the warnings kept with the version.

Kept for the desk's list and the journal; the report's own page reads the facts anew, since a photo may be used again.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Prefetch, Q
from django.utils import timezone

from accounts import clock
from accounts.models import Assignment
from donations.handovers.likeness import look_at
from donations.handovers.models import (
    Handover,
    HandoverCheck,
    HandoverLine,
    HandoverPhoto,
    HandoverQuerySet,
    HandoverRecord,
)
from donations.handovers.places import Area, area_of, position_of
from donations.handovers.queries import lines_of, with_place
from donations.handovers.states import IN_FORCE, HandoverState
from donations.handovers.twins import Match, matches_of
from donations.handovers.warnings import Counted, Facts, Other, Picture, Twin, Warned, warnings_of

# How far back a reporter's habits are looked at.
EARLIER = 20


def facts_of(
    handover: Handover,
    lines: Sequence[HandoverLine],
    photos: Sequence[HandoverPhoto],
    area: Area,
    matches: dict[int, list[Match]],
    here: Sequence[Handover],
) -> Facts:
    """All that the warnings compare. `here`: as `earlier_here`. Three queries, whatever there is."""
    assert handover.submitted_at is not None
    assert handover.arrived_at is not None
    position = position_of(handover)
    return Facts(
        submitted_at=handover.submitted_at,
        arrived_at=handover.arrived_at,
        dispatched_at=handover.delivery.dispatched_at,
        lines=_counted(lines),
        position=position,
        outside=area.outside(position) if position else None,
        is_approximate=area.is_approximate,
        by_centre=area.by_centre,
        clock_off=timedelta(seconds=handover.phone_clock_off or 0),
        pictures=tuple(
            _picture(number, photo, area, matches.get(photo.pk, ())) for number, photo in enumerate(photos, 1)
        ),
        by_reporter=tuple(_other(one) for one in earlier_by(handover)),
        before_here=_other(here[0]) if here else None,
        parties=_parties(handover, lines, handover.submitted_at),
    )


def earlier_by(handover: Handover) -> list[Handover]:
    """What the same person reported before, the newest first, with counts."""
    if handover.reported_by_id is None:
        return []
    return list(_before(handover).filter(reported_by=handover.reported_by_id)[:EARLIER])


def earlier_here(handover: Handover, most: int = 10) -> list[Handover]:
    """What the same recipient's reports said before, the newest first, with counts."""
    delivery = handover.delivery
    rows = _before(handover).filter(delivery__region=delivery.region_id, delivery__site=delivery.site_id)
    return list(rows[:most])


def _before(handover: Handover) -> HandoverQuerySet:
    lines = HandoverLine.objects.select_related("delivery_line__allocation__commitment__aid_type")
    return (
        Handover.objects.filter(submitted_at__lt=handover.submitted_at)
        .exclude(pk=handover.pk)
        .exclude(state=HandoverState.DISCARDED)
        .select_related("delivery__region")
        .prefetch_related(Prefetch("lines", lines))
        .order_by("-submitted_at", "-pk")
    )


def _counted(lines: Iterable[HandoverLine]) -> tuple[Counted, ...]:
    return tuple(
        Counted(
            line.delivery_line.allocation.commitment.aid_type_id,
            line.delivery_line.quantity, line.good, line.damaged, line.missing,
        )
        for line in lines
        if line.counted
    )  # fmt: skip


def _other(handover: Handover) -> Other:
    assert handover.arrived_at is not None
    return Other(
        number=str(handover.number),
        arrived_at=handover.arrived_at,
        position=position_of(handover) or position_of(handover.delivery.region),
        lines=_counted(handover.lines.all()),
    )


def _picture(number: int, photo: HandoverPhoto, area: Area, matches: Iterable[Match]) -> Picture:
    position = position_of(photo)
    return Picture(
        number=number,
        taken_at=photo.taken_at,
        position=position,
        outside=area.outside(position) if position else None,
        brightness=photo.brightness,
        contrast=photo.contrast,
        twins=tuple(Twin(match.number, match.different, match.is_gone) for match in matches),
    )


def _parties(handover: Handover, lines: Sequence[HandoverLine], at: datetime) -> tuple[str, ...]:
    """Those of the giving and carrying organisations that the reporter was a member of when they handed it in."""
    commitments = [line.delivery_line.allocation.commitment for line in lines]
    organisations = {commitment.pledge.collaborator_id for commitment in commitments}
    organisations |= {commitment.aggregator_id for commitment in commitments if commitment.aggregator_id}
    day = timezone.localtime(at).date()
    rows = Assignment.objects.filter(
        Q(ends=None) | Q(ends__gte=day), user=handover.reported_by_id, starts__lte=day,
        organisation__in=organisations | {handover.delivery.executor_id},
    )  # fmt: skip
    return tuple(rows.order_by("organisation__name").values_list("organisation__name", flat=True).distinct())


def notice(handover: int) -> list[Warned]:
    """Look a report over and keep what was noticed with its version; nothing where it is not in force.

    Safe to run again at any time: derived from what is there.
    """
    found = with_place(Handover.objects.filter(pk=handover, state__in=IN_FORCE)).first()
    record = (
        HandoverRecord.objects.filter(handover=handover, version=found.version).first() if found else None
    )
    if found is None or record is None:
        return []
    photos = look_over(found.photos.all())
    facts = facts_of(
        found,
        lines_of(found),
        photos,
        area_of(found.delivery),
        matches_of(found.pk, photos),
        earlier_here(found, 1),
    )
    warned = warnings_of(facts)
    HandoverCheck.objects.update_or_create(
        record=record,
        defaults={
            "findings": as_kept(warned),
            "number": len(warned),
            "made_at": clock.now(),
        },
    )
    return warned


def as_kept(warned: Iterable[Warned]) -> list[dict[str, Any]]:
    """As JSON keeps them, and `warned_words.told` reads them."""
    return [{"code": one.code, "figures": one.figures} for one in warned]


def look_over(photos: Iterable[HandoverPhoto]) -> list[HandoverPhoto]:
    """The photos, those included at which nobody looked yet: what they look like is kept. Lost files stay unknown."""
    kept = list(photos)
    for photo in kept:
        if photo.brightness is not None:
            continue
        try:
            with photo.image.open("rb") as stream:
                look = look_at(stream)
        except (FileNotFoundError, OSError):
            continue
        photo.likeness, photo.brightness, photo.contrast = look.likeness, look.brightness, look.contrast
        photo.save(update_fields=["likeness", "brightness", "contrast"])
    return kept


def sharing_photos(handover: int) -> set[int]:
    """Reports that still wait to be verified and have a photo like one of this report: they have one more warning."""
    photos = HandoverPhoto.objects.filter(handover=handover)
    others = {match.handover for found in matches_of(handover, photos).values() for match in found}
    return set(
        Handover.objects.filter(
            pk__in=others, state__in=(HandoverState.SUBMITTED, HandoverState.DISPUTED)
        ).values_list("pk", flat=True)
    )


def unnoticed(most: int) -> list[int]:
    """Reports in force whose newest version nobody looked over yet, the oldest first."""
    newest = HandoverRecord.objects.filter(version=F("handover__version"), handover__state__in=IN_FORCE)
    return list(newest.filter(noticed=None).order_by("pk").values_list("handover", flat=True)[:most])
