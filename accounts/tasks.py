"""Gathers the packages' jobs: Celery looks for an app's `tasks`."""

from accounts import own_data_tasks
from accounts.notices import tasks as notices

__all__ = ["notices", "own_data_tasks"]
