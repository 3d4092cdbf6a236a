"""Jobs of handover reports."""

from celery import shared_task

from donations.handovers import checking, writing
from donations.handovers.filing import document_of
from donations.handovers.models import HandoverRecord

AT_ONCE = 500


@shared_task
def set_document(pk: int, base_url: str) -> None:
    """Have the document ready before it is asked for; whoever asks first sets it otherwise."""
    document_of(HandoverRecord.objects.get(pk=pk), base_url=base_url)


@shared_task
def notice(pk: int) -> None:
    """Look a report over, and those waiting ones that have a photo of it."""
    checking.notice(pk)
    for other in sorted(checking.sharing_photos(pk)):
        checking.notice(other)


@shared_task
def sweep_unnoticed() -> None:
    """What nobody looked over yet: the broker was away, or the report is older than the rules."""
    for pk in checking.unnoticed(AT_ONCE):
        notice(pk)


@shared_task
def empty_lists() -> int:
    """Lists of recipients are removed when their time is over."""
    return writing.empty_lists()
