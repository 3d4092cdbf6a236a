"""The Celery application: `celery -A ksbb worker`, `celery -A ksbb beat`."""

import os

from celery import Celery
from celery.signals import worker_ready

from ksbb import broker

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ksbb.settings")

broker.register()
app = Celery("ksbb")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_ready.connect
def show_sign_of_life(**about: object) -> None:
    """A worker that has just started is heard of at once, not only when beat next asks."""
    from ksbb.tasks import heartbeat

    heartbeat()
