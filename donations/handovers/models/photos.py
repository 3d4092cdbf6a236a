"""Photos of what arrived: of now, and of versions that were corrected."""

import secrets
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts import clock
from donations.handovers.likeness import BAND_MASK, BANDS, is_dark, is_flat
from donations.handovers.models.reports import Handover
from donations.handovers.states import HandoverState


def photo_path(photo: "HandoverPhoto", filename: str) -> str:
    """Where a photo lies: under an unguessable name, whatever the phone called it."""
    return f"bast/{photo.handover.code}/{secrets.token_hex(8)}.jpg"


class HandoverPhotoQuerySet(models.QuerySet["HandoverPhoto"]):
    def of_now(self) -> "HandoverPhotoQuerySet":
        """Those of the newest version, without what was taken off when an older one was corrected."""
        return self.filter(removed_at=None)

    def cleared(self) -> "HandoverPhotoQuerySet":
        """Those that an officer let into gallery and stories, of reports that are verified now."""
        return self.filter(cleared_at__isnull=False, handover__state=HandoverState.VERIFIED)


class PhotosOfNow(models.Manager["HandoverPhoto"]):
    """What every page but the officers' comparison of versions knows as the photos of a report."""

    def get_queryset(self) -> HandoverPhotoQuerySet:
        return HandoverPhotoQuerySet(self.model, using=self._db).of_now()

    def cleared(self) -> HandoverPhotoQuerySet:
        return self.get_queryset().cleared()


class HandoverPhoto(models.Model):
    """A photo of what arrived: decoded and encoded anew, without what the phone wrote into it.

    `taken_at`, `latitude`, `longitude` are what the phone said, however unlikely (`handovers/warnings.py` judges it):
    for officers, never public.
    """

    handover = models.ForeignKey(Handover, models.CASCADE, related_name="photos")
    image = models.ImageField(upload_to=photo_path, width_field="width", height_field="height")
    width = models.PositiveIntegerField(editable=False, null=True)
    height = models.PositiveIntegerField(editable=False, null=True)
    caption = models.CharField(_("keterangan"), max_length=150, blank=True)
    sha256 = models.CharField(max_length=64, help_text="of the file as it was sent")
    original_sha256 = models.CharField(
        max_length=64,
        blank=True,
        editable=False,
        help_text="of the picture before the phone made it small, as it says",
    )
    taken_at = models.DateTimeField(null=True, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    added_at = models.DateTimeField(default=clock.now)
    # What it looks like (donations.handovers.likeness); all null until somebody looked.
    likeness = models.BigIntegerField(null=True, blank=True, editable=False)
    brightness = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    contrast = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    # Taken off while a version that showed it was corrected: kept for officers, and nobody else.
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Private to the report's own page until an officer looked at it and let it into gallery and stories.
    cleared_at = models.DateTimeField(null=True, blank=True, editable=False)
    cleared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )

    objects: ClassVar[PhotosOfNow] = PhotosOfNow()
    ever: ClassVar[HandoverPhotoQuerySet] = HandoverPhotoQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("handover", "sha256"), name="handover_photo_once"),
            models.CheckConstraint(
                name="handover_photo_cleared_by_someone_at_a_time",
                condition=Q(cleared_by=None) | Q(cleared_at__isnull=False),
            ),
        )
        indexes = (
            models.Index(
                fields=("handover",), name="handover_photo_cleared", condition=Q(cleared_at__isnull=False)
            ),
            # The same file, and files that look alike, among all photos there are.
            models.Index(fields=("sha256",), name="handover_photo_file"),
            models.Index(
                fields=("original_sha256",), name="handover_photo_original", condition=~Q(original_sha256="")
            ),
            *(
                models.Index(
                    F("likeness").bitrightshift(shift).bitand(BAND_MASK),
                    name=f"handover_photo_band_{shift}",
                    condition=Q(likeness__isnull=False),
                )
                for shift in BANDS
            ),
            models.Index(fields=("id",), name="handover_photo_unseen", condition=Q(brightness=None)),
        )

    def __str__(self) -> str:
        return self.caption or str(self.image)

    @property
    def looks_empty(self) -> bool:
        """Dark or of one colour: kept all the same, and those who look at it are told. False while nobody looked."""
        return is_dark(self.brightness) or is_flat(self.contrast)
