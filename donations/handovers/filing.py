"""The document of a record: set once, when it is first asked for, and the same file ever after."""

import hashlib
import logging

import pghistory
from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import reverse
from django.utils.translation import override

from accounts.once import hold_key
from donations.handovers.document import set_document
from donations.handovers.models import HandoverPhoto, HandoverRecord, HandoverSheet

log = logging.getLogger(__name__)


class Damaged(Exception):
    """The file in the storage is not the one that was set, or is gone; it is not handed out."""


def document_of(record: HandoverRecord, *, base_url: str) -> bytes:
    """The PDF of a record. Raises `NotSet` where it cannot be set now, `Damaged` where its file was changed."""
    if not record.sha256:
        record = _file(record.pk, base_url)
    try:
        with record.file.open("rb") as stream:
            content: bytes = stream.read()
    except FileNotFoundError as error:
        log.error("the document of %s is gone from the storage", record)
        raise Damaged from error
    if hashlib.sha256(content).hexdigest() != record.sha256:
        log.error("the document of %s is not the file that was set", record)
        raise Damaged
    return content


def _file(pk: int, base_url: str) -> HandoverRecord:
    """Set the document and keep it, unless somebody did meanwhile. One at a time for each record."""
    with transaction.atomic():
        hold_key(f"handover record {pk}")
        record = HandoverRecord.objects.select_related("handover").get(pk=pk)
        if not record.sha256:
            with override("id"):
                url = base_url + reverse("bast", args=[record.handover.code])
            content = set_document(
                record.content,
                record.digest,
                HandoverPhoto.ever.filter(handover=record.handover),
                url,
                HandoverSheet.ever.filter(handover=record.handover),
            )
            record.sha256 = hashlib.sha256(content).hexdigest()
            with pghistory.context(verb="file"):
                record.file.save("bast.pdf", ContentFile(content), save=False)
                record.save(update_fields=["file", "sha256"])
    return record
