"""Jobs of assets; safe to run twice and at once."""

from celery import shared_task

from donations.assets import actions


@shared_task
def remind_of_checks() -> int:
    """Tell who keeps assets of checks that are near or were missed."""
    return actions.remind()


@shared_task
def register_missing() -> int:
    """Register the durable aid of reports that were verified before there were assets."""
    return actions.register_missing()
