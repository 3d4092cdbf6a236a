"""Needs as the downloads read them."""

from programs.models import Need
from programs.models.needs import NeedQuerySet

CHUNK = 500


def needs_to_export() -> NeedQuerySet:
    """Every need that was ever published, in order of its number."""
    return Need.objects.public().for_rows().order_by("pk")
