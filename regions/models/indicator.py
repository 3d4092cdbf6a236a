"""Facts about places that help to read the map of needs: density, floods, slums, schooling."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from regions import notation

from .region import Region


class Direction(models.TextChoices):
    """Which end of an indicator calls for attention; the map is darker there."""

    HIGH = "high", _("nilai tinggi perlu perhatian")
    LOW = "low", _("nilai rendah perlu perhatian")
    NEUTRAL = "neutral", _("tanpa arah")


class IndicatorQuerySet(models.QuerySet["Indicator"]):
    def shown(self) -> "IndicatorQuerySet":
        """What visitors may choose on the map."""
        return self.filter(is_shown=True)


class Indicator(models.Model):
    """One measured quantity: what, in which unit, by whom and when. `breaks`: lower bounds of classes 2–5.

    One that was taken off the map (`is_shown` false) keeps its values, so that it can be brought back.
    """

    code = models.SlugField(_("kode"), primary_key=True, max_length=40)
    name_id = models.CharField(_("nama"), max_length=80)
    name_en = models.CharField(_("nama (Inggris)"), max_length=80)
    unit_id = models.CharField(_("satuan"), max_length=40)
    unit_en = models.CharField(_("satuan (Inggris)"), max_length=40)
    source = models.CharField(_("sumber"), max_length=200)
    as_of = models.DateField(_("keadaan pada"))
    direction = models.CharField(_("arah"), max_length=8, choices=Direction)
    breaks = ArrayField(models.FloatField(), size=4, verbose_name=_("batas kelas"))
    decimals = models.PositiveSmallIntegerField(_("angka di belakang koma"), default=0)
    is_sample = models.BooleanField(_("data contoh"), default=False)
    loaded_at = models.DateTimeField(_("dimuat"), default=timezone.now)
    is_shown = models.BooleanField(_("tampil di peta"), default=True)

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        verbose_name = _("lapisan konteks")
        verbose_name_plural = _("lapisan konteks")
        ordering = ["name_id", "code"]
        constraints = [
            models.CheckConstraint(
                name="indicator_breaks_rise",
                condition=Q(
                    breaks__len=4,
                    breaks__0__lt=F("breaks__1"),
                    breaks__1__lt=F("breaks__2"),
                    breaks__2__lt=F("breaks__3"),
                ),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """In the reader's language."""
        return self.name_en if notation.language() == "en" else self.name_id

    @property
    def origin(self) -> str:
        """The source; one of our own making in the reader's language, others as their file names them."""
        return gettext(self.source)

    @property
    def unit(self) -> str:
        return self.unit_en if notation.language() == "en" else self.unit_id


class IndicatorValue(models.Model):
    """The value of one region, of any level below the province."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="values")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="indicator_values")
    value = models.FloatField(_("nilai"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["indicator", "region"], name="indicator_value_once"),
            # Neither NaN nor infinite: both are greater than any number here.
            models.CheckConstraint(
                name="indicator_value_is_a_number", condition=Q(value__gte=-1e15, value__lte=1e15)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.region_id}"
