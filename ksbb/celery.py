"""The Celery application: `celery -A ksbb worker`, `celery -A ksbb beat`."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ksbb.settings")

app = Celery("ksbb")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
