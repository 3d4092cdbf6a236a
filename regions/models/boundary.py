"""Outlines of regions, and the drawings made from them."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from regions import codes

from .region import Region


class Boundary(models.Model):
    """The outline of one region: GeoJSON Polygon or MultiPolygon, WGS 84 degrees, longitude first.

    A dissolved one is the union of the outlines below it and follows them. The bounding box is kept in
    columns so that "which region is this point in?" reads few geometries.
    """

    region = models.OneToOneField(
        Region, verbose_name=_("wilayah"), primary_key=True, on_delete=models.CASCADE, related_name="boundary"
    )
    geometry = models.JSONField(_("bentuk"))
    min_lon = models.FloatField()
    min_lat = models.FloatField()
    max_lon = models.FloatField()
    max_lat = models.FloatField()
    is_approximate = models.BooleanField(_("perkiraan"), default=False)
    is_dissolved = models.BooleanField(_("gabungan wilayah di bawahnya"), default=False)
    source = models.CharField(_("sumber"), max_length=200)
    loaded_at = models.DateTimeField(_("dimuat"), default=timezone.now)

    class Meta:
        verbose_name = _("batas wilayah")
        verbose_name_plural = _("batas wilayah")
        indexes = [models.Index(fields=["min_lon", "max_lon", "min_lat", "max_lat"], name="boundary_bbox")]
        constraints = [
            models.CheckConstraint(
                name="boundary_box_is_ordered",
                condition=Q(min_lon__lte=F("max_lon"), min_lat__lte=F("max_lat")),
            )
        ]

    def __str__(self) -> str:
        return self.region_id


class OutlineLayer(models.Model):
    """A finished drawing of all regions of one level inside a province, ready to be sent to a browser."""

    parent_code = models.CharField(max_length=codes.MAX_LENGTH, db_collation="C")
    level = models.CharField(max_length=8)
    hash = models.CharField(max_length=32)
    payload = models.BinaryField()
    is_approximate = models.BooleanField()
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["parent_code", "level"], name="outline_layer_once")]
        indexes = [models.Index(fields=["hash"], name="outline_layer_hash")]

    def __str__(self) -> str:
        return f"{self.parent_code} {self.level} {self.hash}"
