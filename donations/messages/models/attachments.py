import secrets
from typing import ClassVar

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts import clock
from donations.messages.models.threads import Message

MOST = 5


class AttachmentKind(models.TextChoices):
    PHOTO = "photo", _("foto")
    PDF = "pdf", _("dokumen PDF")


def attachment_path(attachment: "Attachment", filename: str) -> str:
    """Where it lies: under an unguessable name, whatever the sender called it."""
    ending = "pdf" if attachment.kind == AttachmentKind.PDF else "jpg"
    return f"pesan/{secrets.token_hex(16)}.{ending}"


@pghistory.track(
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    fields=["message", "kind", "sha256", "added_at"],
    model_name="AttachmentEvent",
)
class Attachment(models.Model):
    """A picture or a document, written anew before it is kept: nothing in it runs or tells on its sender."""

    message = models.ForeignKey(Message, models.PROTECT, related_name="attachments")
    kind = models.CharField(max_length=10, choices=AttachmentKind)
    file = models.FileField(upload_to=attachment_path, blank=True)
    name = models.CharField(_("nama berkas"), max_length=120)
    size = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64, help_text="of the file as it was sent")
    added_at = models.DateTimeField(default=clock.now)

    objects: ClassVar[models.Manager["Attachment"]] = models.Manager()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(name="attachment_kind_is_known", condition=Q(kind__in=("photo", "pdf"))),
        )
        triggers = (
            pgtrigger.Trigger(
                name="sent_is_sent",
                level=pgtrigger.Row,
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                # Taken back with its message it is empty; nothing else of it ever changes.
                func=(
                    "IF (NEW.message_id, NEW.kind, NEW.sha256, NEW.added_at) "
                    "IS DISTINCT FROM (OLD.message_id, OLD.kind, OLD.sha256, OLD.added_at) "
                    "OR (NEW.file, NEW.name, NEW.size) IS DISTINCT FROM ('', '', 0) THEN "
                    "RAISE EXCEPTION 'attachment % was sent', OLD.id USING ERRCODE = 'check_violation'; "
                    "END IF; RETURN NEW;"
                ),
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        )

    def __str__(self) -> str:
        return self.name
