"""Gathers the packages' jobs: Celery looks for an app's `tasks`."""

from programs.proposals import tasks as proposals

__all__ = ["proposals"]
