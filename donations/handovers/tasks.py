"""Jobs of handover reports."""

from celery import shared_task

from donations.handovers.filing import document_of
from donations.handovers.models import HandoverRecord


@shared_task
def set_document(pk: int, base_url: str) -> None:
    """Have the document ready before it is asked for; whoever asks first sets it otherwise."""
    document_of(HandoverRecord.objects.get(pk=pk), base_url=base_url)
