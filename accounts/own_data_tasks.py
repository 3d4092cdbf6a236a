"""Jobs on personal data: copies, and accounts whose time to go has come."""

from celery import shared_task

from accounts.actions import own_data


@shared_task
def make_copy(pk: int) -> None:
    own_data.make_copy(pk)


@shared_task
def forget_unproved() -> int:
    """End accounts whose address nobody proved."""
    return own_data.forget_unproved()


@shared_task
def sweep_personal() -> None:
    """What a dead broker left waiting, copies whose time is over, and erasures that are due."""
    for pk in own_data.waiting_copies():
        own_data.make_copy(pk)
    own_data.end_copies()
    own_data.erase_due()
