"""Gathers the rooms' jobs: Celery looks for an app's `tasks`."""

from donations.statistics import tasks as statistics

__all__ = ["statistics"]
