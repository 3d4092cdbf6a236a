from typing import Any

from django.apps import AppConfig
from django.core.validators import MaxLengthValidator
from django.db import connections
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

TOO_LONG = _("Terlalu panjang: %(show_value)d huruf, paling banyak %(limit_value)d. Singkatkan.")


class RegionsConfig(AppConfig):
    name = "regions"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # In every form: what to do, and not only what is the matter.
        MaxLengthValidator.message = TOO_LONG
        post_migrate.connect(draw_missing_layers, sender=self)


def draw_missing_layers(*, using: str, **about: Any) -> None:
    """A migration may have dropped the finished drawings of outlines: whoever migrates makes them again."""
    from regions.actions import draw_missing_layers as draw
    from regions.models import OutlineLayer

    # On the way back to before its table there is nothing to draw.
    if OutlineLayer._meta.db_table in connections[using].introspection.table_names():
        draw()
