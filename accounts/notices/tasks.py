"""Jobs of being told; safe to run twice and at once."""

from celery import shared_task

from accounts.notices.actions.history import forget_old
from accounts.notices.actions.planning import plan
from accounts.notices.actions.sending import send_due
from regions.jobs import publish


@shared_task
def send_notices() -> int:
    """Decide what goes out by which channel, and send what is due."""
    plan()
    return send_due()


@shared_task
def forget_notices() -> int:
    """Delete notices and messages of long ago."""
    return forget_old()


def send_soon() -> None:
    """Let a worker send what is urgent now; should nobody hear it, the sweep comes by."""
    publish(send_notices)
