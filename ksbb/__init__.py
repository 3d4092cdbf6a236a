"""Composition: settings, addresses, jobs, embedded servers, health. It knows the apps; no app knows it."""

from ksbb.celery import app as celery_app

__all__ = ["celery_app"]
