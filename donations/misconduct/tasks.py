from celery import shared_task

from donations.misconduct.actions import forget_old_drafts, watch


@shared_task
def watch_deadlines() -> tuple[int, int]:
    """Remind of what is due, and lead to the province what a city left lying."""
    return watch()


@shared_task
def forget_drafts() -> int:
    """Throw away reports that nobody went on writing."""
    return forget_old_drafts()
