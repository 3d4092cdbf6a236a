"""Photos of assets: decoded and encoded anew; what the phone wrote into them is kept apart."""

import secrets
from typing import ClassVar

import pghistory
import pgtrigger
from django.db import models

from accounts import clock
from donations.assets.models.assets import Asset


def photo_path(photo: "AssetPhoto", filename: str) -> str:
    """Where a photo lies: under an unguessable name, whatever the phone called it."""
    return f"aset/{photo.asset.code}/{secrets.token_hex(8)}.jpg"


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class AssetPhoto(models.Model):
    """One photo, of the description (`is_public`: everybody sees the copy) or of a check (officers alone).

    `taken_at`, `latitude`, `longitude` are what the phone said: evidence, never public.
    """

    asset = models.ForeignKey(Asset, models.PROTECT, related_name="photos")
    image = models.ImageField(upload_to=photo_path, width_field="width", height_field="height")
    width = models.PositiveIntegerField(editable=False, null=True)
    height = models.PositiveIntegerField(editable=False, null=True)
    is_public = models.BooleanField(default=False)
    sha256 = models.CharField(max_length=64)
    taken_at = models.DateTimeField(null=True, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    added_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ("-id",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("asset", "sha256", "is_public"), name="asset_photo_once"),
        ]
        triggers = (pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),)

    def __str__(self) -> str:
        return f"{self.asset} {self.pk}"
