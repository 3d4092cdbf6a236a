"""How a report was signed: with a finger, or on a sheet that was photographed."""

import secrets
from typing import ClassVar

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts import clock
from donations.handovers import strokes
from donations.handovers.models.reports import Handover


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent(), exclude=["strokes"])
class HandoverSignature(models.Model):
    """What one of the parties drew with a finger: strokes of points, drawn again wherever it is shown."""

    class Role(models.TextChoices):
        RECEIVER = "receiver", _("yang menerima")
        DELIVERER = "deliverer", _("yang menyerahkan")
        WITNESS = "witness", _("saksi")

    handover = models.ForeignKey(Handover, models.CASCADE, related_name="signatures")
    role = models.CharField(max_length=10, choices=Role)
    # Of the deliverer's side, which a report names nowhere else.
    name = models.CharField(_("nama"), max_length=150, blank=True)
    # [[x, y, x, y …] …] in a box that `handovers/strokes.py` knows.
    strokes = models.JSONField()
    drawn_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ("handover_id", "role")
        constraints = (
            models.UniqueConstraint(fields=("handover", "role"), name="handover_signature_once_a_role"),
        )

    def __str__(self) -> str:
        return f"{self.handover_id} {self.role}"

    @property
    def path(self) -> str:
        """The `d` of an SVG path in a box of 1,000 by 400."""
        return strokes.path(self.strokes)


def sheet_path(sheet: "HandoverSheet", filename: str) -> str:
    """Where a page of the signed sheet lies: under an unguessable name."""
    return f"bast/{sheet.handover.code}/{secrets.token_hex(8)}.jpg"


class SheetsOfNow(models.Manager["HandoverSheet"]):
    """Those of the newest version, without what was taken off when an older one was corrected."""

    def get_queryset(self) -> "models.QuerySet[HandoverSheet]":
        return super().get_queryset().filter(removed_at=None)


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class HandoverSheet(models.Model):
    """A page of the signed paper: straightened, readable, encoded anew; private like the names on it."""

    handover = models.ForeignKey(Handover, models.CASCADE, related_name="sheets")
    position = models.PositiveSmallIntegerField()
    image = models.ImageField(upload_to=sheet_path, width_field="width", height_field="height")
    width = models.PositiveIntegerField(editable=False, null=True)
    height = models.PositiveIntegerField(editable=False, null=True)
    sha256 = models.CharField(max_length=64, help_text="of the file as it was sent")
    page = models.PositiveSmallIntegerField(default=1, help_text="in that file")
    added_at = models.DateTimeField(default=clock.now)
    # Taken off while a version that had it was corrected: kept for the document of that version.
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects: ClassVar[SheetsOfNow] = SheetsOfNow()
    ever: ClassVar[models.Manager["HandoverSheet"]] = models.Manager()

    class Meta:
        ordering = ("handover_id", "position")
        constraints = (
            models.UniqueConstraint(fields=("handover", "sha256", "page"), name="handover_sheet_once"),
        )

    def __str__(self) -> str:
        return f"{self.handover_id} {self.position}"
