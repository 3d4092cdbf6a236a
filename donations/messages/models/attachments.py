import secrets
from typing import ClassVar

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

    def __str__(self) -> str:
        return self.name
