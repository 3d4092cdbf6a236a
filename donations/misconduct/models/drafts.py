import json
import uuid
from typing import Any, ClassVar

from django.db import models

from accounts import clock
from donations.misconduct.secrecy import EncryptedText


class CaseDraft(models.Model):
    """A report that is being written: its answers as encrypted JSON, and nothing about who writes.

    Its key is in the address, and gone with the row once the report is sent: nothing of a case leads back to an
    address that somebody opened.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    body = EncryptedText()
    saved_at = models.DateTimeField(default=clock.now, editable=False)

    objects: ClassVar[models.Manager["CaseDraft"]] = models.Manager()

    class Meta:
        indexes = (models.Index(fields=("saved_at",), name="case_draft_saved_at"),)

    def __str__(self) -> str:
        return str(self.key)

    @property
    def answers(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(str(self.body))
        return found

    @property
    def answered(self) -> list[str]:
        return list(self.answers.get("answered", ()))
