"""What each version of a report said when it was handed in, sealed; and its document."""

import secrets

import pghistory
import pgtrigger
from django.db import models

from accounts import clock
from donations.handovers.models.reports import Handover


def document_path(record: "HandoverRecord", filename: str) -> str:
    """Where a document lies: under an unguessable name."""
    return f"bast/{record.handover.code}/{secrets.token_hex(8)}.pdf"


_CHANGED = (
    pgtrigger.Q(old__content__df=pgtrigger.F("new__content"))
    | pgtrigger.Q(old__digest__df=pgtrigger.F("new__digest"))
    | pgtrigger.Q(old__version__df=pgtrigger.F("new__version"))
    | pgtrigger.Q(old__handover__df=pgtrigger.F("new__handover"))
    | pgtrigger.Q(old__sealed_at__df=pgtrigger.F("new__sealed_at"))
    | (pgtrigger.Q(old__sha256__gt="") & pgtrigger.Q(old__sha256__df=pgtrigger.F("new__sha256")))
)


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent(), exclude=["content", "file"])
class HandoverRecord(models.Model):
    """One version as it was handed in: every fact and word of it, and the SHA-256 of all that.

    The document (PDF) is set from it alone, when it is first asked for, and kept with its own SHA-256. Neither changes
    after that; a correction is a new row.
    """

    handover = models.ForeignKey(Handover, models.PROTECT, related_name="records")
    version = models.PositiveSmallIntegerField()
    # `facts`, which the rows of the report must still say; `words`, as things were called then; `salt`, so that nobody
    # finds out a name by trying names until the published digest fits.
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    sealed_at = models.DateTimeField(default=clock.now, editable=False)
    file = models.FileField(upload_to=document_path, blank=True)
    sha256 = models.CharField(max_length=64, blank=True, help_text="of the file; empty until it is set")

    class Meta:
        ordering = ("handover_id", "version")
        constraints = (
            models.UniqueConstraint(fields=("handover", "version"), name="handover_record_once_a_version"),
        )
        indexes = (
            # A file that somebody holds is found by its fingerprint.
            models.Index(fields=("sha256",), name="handover_record_file", condition=~models.Q(sha256="")),
        )
        triggers = (
            pgtrigger.Protect(name="sealed_once", operation=pgtrigger.Update, condition=_CHANGED),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        )

    def __str__(self) -> str:
        return f"{self.handover} v{self.version}"

    @property
    def digest_in_groups(self) -> str:
        """As it is printed: sixteen groups of four."""
        return " ".join(self.digest[i : i + 4] for i in range(0, len(self.digest), 4))


class HandoverCheck(models.Model):
    """What the platform itself noticed of one version; made anew whenever the rules change, so nothing depends on it.

    `findings`: list of {"code", "figures"} as `donations.handovers.warnings` makes them, the weightiest first.
    """

    record = models.OneToOneField(HandoverRecord, models.CASCADE, primary_key=True, related_name="noticed")
    findings = models.JSONField(default=list)
    number = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"{self.record_id}: {self.number}"
