from celery import shared_task

from donations.pledges.actions import expire_due
from donations.pledges.actions.drafts import forget_old_drafts


@shared_task
def expire_holds() -> int:
    """Free what was held for pledges that nobody answered in time."""
    return expire_due()


@shared_task
def forget_drafts() -> int:
    """Delete drafts of pledges that nobody went on with."""
    return forget_old_drafts()
