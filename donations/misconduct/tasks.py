from celery import shared_task

from donations.misconduct.actions import empty_old, forget_old_drafts, watch


@shared_task
def watch_deadlines() -> tuple[int, int]:
    """Remind of what is due, and lead to the province what a city left lying."""
    return watch()


@shared_task
def forget_drafts() -> int:
    """Throw away reports that nobody went on writing."""
    return forget_old_drafts()


@shared_task
def empty_old_cases() -> int:
    """Remove what cases said and showed that were decided years ago."""
    return empty_old()
