from celery import shared_task

from programs.proposals.actions.drafts import forget_old_drafts


@shared_task
def forget_drafts() -> int:
    """Delete drafts of proposals that nobody went on with."""
    return forget_old_drafts()
