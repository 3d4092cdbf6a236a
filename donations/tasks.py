"""Gathers the rooms' jobs: Celery looks for an app's `tasks`."""

from donations.assets import tasks as assets
from donations.confirmations import tasks as confirmations
from donations.handovers import tasks as handovers
from donations.misconduct import tasks as misconduct
from donations.pledges import tasks as pledges
from donations.proofs import tasks as proofs
from donations.statistics import tasks as statistics

__all__ = ["assets", "confirmations", "handovers", "misconduct", "pledges", "proofs", "statistics"]
