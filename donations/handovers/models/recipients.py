"""For whom it was: how many, by kind; and, where the form of aid asks for it, a list that lies encrypted."""

import secrets

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts import clock
from accounts.sealing import SealedFile
from donations.handovers.models.reports import Handover
from programs.models import PeopleKind

MOST_RECIPIENTS = 20_000_000


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class HandoverRecipients(models.Model):
    """How many of one kind received it: families, residents, pupils … A report counts each kind once."""

    handover = models.ForeignKey(Handover, models.CASCADE, related_name="recipients")
    kind = models.CharField(max_length=20, choices=PeopleKind)
    count = models.PositiveIntegerField()

    class Meta:
        ordering = ("handover_id", "kind")
        constraints = (
            models.UniqueConstraint(fields=("handover", "kind"), name="handover_recipients_once_a_kind"),
            models.CheckConstraint(
                name="handover_recipients_in_range", condition=models.Q(count__lte=MOST_RECIPIENTS)
            ),
        )

    def __str__(self) -> str:
        return f"{self.count} {self.kind}"


def list_path(row: "RecipientList", filename: str) -> str:
    """Under an unguessable name that tells neither what it is nor whose."""
    return f"penerima/{secrets.token_hex(16)}"


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class RecipientList(SealedFile, models.Model):
    """A list of those who received it, as a sheet, picture or PDF: encrypted, for verifying assessors, for a time."""

    class Kind(models.TextChoices):
        TABLE = "csv", _("tabel CSV")
        WORKBOOK = "xlsx", _("lembar kerja XLSX")
        PHOTO = "photo", _("foto")
        PDF = "pdf", _("PDF")

    handover = models.ForeignKey(Handover, models.CASCADE, related_name="recipient_lists")
    kind = models.CharField(max_length=10, choices=Kind)
    # Empty once its time is over.
    file = models.FileField(upload_to=list_path, blank=True)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64, help_text="of the file as it was sent")
    rows = models.PositiveIntegerField(null=True, blank=True)
    added_at = models.DateTimeField(default=clock.now, editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    emptied_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("handover", "sha256"), name="recipient_list_once"),
            models.CheckConstraint(
                name="recipient_list_emptied_or_there",
                condition=models.Q(emptied_at=None) | models.Q(emptied_at__isnull=False, file=""),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"


class RecipientListView(models.Model):
    """Who opened a list, and when; rows are only ever added."""

    # The list of a draft may go; who had opened it stays known.
    list = models.ForeignKey(RecipientList, models.SET_NULL, null=True, related_name="views")
    handover = models.ForeignKey(Handover, models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ("-at", "-id")
        triggers = (
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="never_changed",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__user__df=pgtrigger.F("new__user"))
                | pgtrigger.Q(old__at__df=pgtrigger.F("new__at"))
                | pgtrigger.Q(old__handover__df=pgtrigger.F("new__handover")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id} {self.handover_id} {self.at}"
