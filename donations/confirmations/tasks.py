from celery import shared_task

from donations.confirmations import actions


@shared_task
def ask_for_confirmations() -> int:
    """Ask both sides about what was handed in."""
    return actions.ask_all()


@shared_task
def end_confirmations() -> tuple[int, int, int]:
    """Answers that stand, questions that lapse, draws that close."""
    return actions.end()


@shared_task
def remind_of_confirmations() -> int:
    """Remind each side once."""
    return actions.remind()


@shared_task
def forget_remarks() -> int:
    """Remove what was added in words years ago."""
    return actions.forget_remarks()
