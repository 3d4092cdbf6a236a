from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


class RegionsConfig(AppConfig):
    name = "regions"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        post_migrate.connect(draw_missing_layers, sender=self)


def draw_missing_layers(*, using: str, **about: Any) -> None:
    """A migration may have dropped the finished drawings of outlines: whoever migrates makes them again."""
    from regions.actions import draw_missing_layers as draw
    from regions.models import OutlineLayer

    # On the way back to before its table there is nothing to draw.
    if OutlineLayer._meta.db_table in connections[using].introspection.table_names():
        draw()
