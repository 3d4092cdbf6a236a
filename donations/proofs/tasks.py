"""Jobs of documents."""

from celery import shared_task

from donations.proofs import actions


@shared_task
def make_proof(pk: int) -> None:
    actions.make(pk)


@shared_task
def sweep_proofs() -> None:
    """Make what a dead broker or a killed worker left behind."""
    for pk in actions.unfinished():
        actions.make(pk)
