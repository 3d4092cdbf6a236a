"""Institutions that receive aid."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import GreaterThanOrEqual
from django.utils.translation import gettext_lazy as _

from .region import NOWHERE, ON_EARTH, Region


class SiteKind(models.TextChoices):
    ORPHANAGE = "orphanage", _("panti asuhan")
    PESANTREN = "pesantren", _("pesantren")
    NURSING_HOME = "nursing_home", _("panti jompo")
    DISABILITY_HOME = "disability_home", _("panti disabilitas")
    SCHOOL = "school", _("sekolah")
    MSME_LOCATION = "msme_location", _("lokasi UMKM")
    WASTE_BANK = "waste_bank", _("bank sampah")
    TRAINING_CENTRE = "training_centre", _("pusat pelatihan")
    OFFICE = "office", _("kantor")


class SiteQuerySet(models.QuerySet["Site"]):
    def within(self, code: str) -> "SiteQuerySet":
        """Sites in the region `code` or anywhere inside it."""
        return self.filter(Q(region=code) | Q(region__code__startswith=code + "."))

    def active(self) -> "SiteQuerySet":
        return self.filter(is_active=True)


class Site(models.Model):
    """An institution with an address; it lies in an RW, or in a village while its RW is not known."""

    kind = models.CharField(_("jenis"), max_length=20, choices=SiteKind)
    name = models.CharField(_("nama"), max_length=160)
    region = models.ForeignKey(
        Region, verbose_name=_("wilayah"), on_delete=models.PROTECT, related_name="sites"
    )
    address = models.CharField(_("alamat"), max_length=300, blank=True)
    residents = models.PositiveIntegerField(_("penghuni"), null=True, blank=True)
    latitude = models.FloatField(_("lintang"), null=True, blank=True)
    longitude = models.FloatField(_("bujur"), null=True, blank=True)
    is_active = models.BooleanField(_("aktif"), default=True)

    objects = SiteQuerySet.as_manager()

    class Meta:
        verbose_name = _("lokasi penerima")
        verbose_name_plural = _("lokasi penerima")
        ordering = ["region_id", "name", "pk"]
        constraints = [
            models.CheckConstraint(
                name="site_lies_in_village_or_rw",
                condition=GreaterThanOrEqual(Length("region"), len("31.74.01.1001")),
            ),
            models.CheckConstraint(
                name="site_position_on_earth",
                condition=NOWHERE | ON_EARTH,
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def city_code(self) -> str:
        """The code of the city it lies in, read from its region's code without a query."""
        return self.region_id[:5]
