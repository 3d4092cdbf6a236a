"""The platform as it is, with the view to compare with beside it."""

from django.conf import settings

from ksbb.wsgi import application

settings.ROOT_URLCONF = "ksbb.bench.urls"

__all__ = ["application"]
