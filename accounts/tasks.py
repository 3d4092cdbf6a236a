"""Gathers the packages' jobs: Celery looks for an app's `tasks`."""

from accounts.notices import tasks as notices

__all__ = ["notices"]
