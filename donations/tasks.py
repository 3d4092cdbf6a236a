"""Gathers the rooms' jobs: Celery looks for an app's `tasks`."""

from donations.pledges import tasks as pledges
from donations.statistics import tasks as statistics

__all__ = ["pledges", "statistics"]
