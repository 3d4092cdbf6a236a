from celery import shared_task

from donations.pledges.actions import expire_due
from donations.pledges.actions.drafts import forget_old_drafts
from donations.pledges.actions.reminding import remind_of_expiring
from donations.pledges.actions.repeats import announce_due, make_due


@shared_task
def expire_holds() -> int:
    """Free what was held for pledges that nobody answered in time."""
    return expire_due()


@shared_task
def remind_expiring() -> int:
    """Remind givers and assessors of pledges whose time for an answer is nearly over."""
    return remind_of_expiring()


@shared_task
def forget_drafts() -> int:
    """Delete drafts of pledges that nobody went on with."""
    return forget_old_drafts()


@shared_task
def repeat_pledges() -> int:
    """Announce what comes again in a week, and send what was announced and is due."""
    return announce_due() + make_due()
