"""Places that a person comes back to: where they live, and where they work."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class OwnPlaceKind(models.TextChoices):
    HOME = "rw", _("RW saya")
    OFFICE = "kantor", _("Kantor saya")


class OwnPlace(models.Model):
    """One of each kind at most; nobody else sees it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="own_places")
    kind = models.CharField(max_length=10, choices=OwnPlaceKind)
    region = models.ForeignKey("regions.Region", models.PROTECT, related_name="+")

    objects: ClassVar[models.Manager["OwnPlace"]] = models.Manager()

    class Meta:
        ordering = ("-kind",)
        constraints = (models.UniqueConstraint(fields=("user", "kind"), name="own_place_one_of_a_kind"),)

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.region.full_name}"
