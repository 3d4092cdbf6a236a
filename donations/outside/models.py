"""What was given outside the platform, as somebody else counted it: kept apart, with its source."""

from typing import ClassVar

import pghistory
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts import clock
from accounts.models import Move
from accounts.roles import Permission
from accounts.scope import Paths, Scope
from accounts.verbs import Table
from donations.outside.states import OUTSIDE, OUTSIDE_STATE_LABELS, OutsideState
from programs.models import AidType, Program


class OutsideMeasure(models.TextChoices):
    COMMITTED = "committed", _("dijanjikan")
    DELIVERED = "delivered", _("disalurkan")


class OutsideQuerySet(models.QuerySet["OutsideFigure"]):
    def visible_to(self, user: object) -> "OutsideQuerySet":
        return self.filter(Scope.of(user).as_q(Permission.OUTSIDE_SEE, OutsideFigure.SCOPE_PATHS))

    def public(self) -> "OutsideQuerySet":
        return self.filter(state=OutsideState.PUBLISHED)

    def for_rows(self) -> "OutsideQuerySet":
        return self.select_related("program", "aid_type", "region")


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class OutsideFigure(models.Model):
    """One figure about aid that did not pass through the platform: how much, where, when, and who says so.

    `quantity` counts the aid type's unit, or `unit` where the aid is none of the program's types. Never added to
    what the platform counts, nor to one another: sources may count the same aid.
    """

    VERBS: ClassVar[Table] = OUTSIDE
    SCOPE_PATHS: ClassVar[Paths] = Paths(region="region", program="program")

    program = models.ForeignKey(Program, models.PROTECT, related_name="+", verbose_name=_("program"))
    region = models.ForeignKey("regions.Region", models.PROTECT, related_name="+", verbose_name=_("wilayah"))
    aid_type = models.ForeignKey(
        AidType, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("bentuk bantuan")
    )
    measure = models.CharField(_("yang dihitung"), max_length=20, choices=OutsideMeasure)
    since = models.DateField(_("dari tanggal"))
    until = models.DateField(_("sampai tanggal"))
    quantity = models.BigIntegerField(_("jumlah"), null=True, blank=True)
    unit = models.CharField(_("satuan"), max_length=40, blank=True)
    rupiah = models.BigIntegerField(_("nilai dalam rupiah"), null=True, blank=True)
    source = models.CharField(_("sumber"), max_length=200)
    source_date = models.DateField(_("tanggal sumber"))
    link = models.URLField(_("tautan ke sumber"), max_length=500, blank=True)
    document = models.CharField(_("nama atau nomor dokumen"), max_length=200, blank=True)
    note = models.TextField(_("catatan"), blank=True, max_length=1000)
    state = models.CharField(max_length=20, default=OutsideState.RECORDED)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    objects: ClassVar[OutsideQuerySet] = OutsideQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-until", "-id")
        constraints = (
            models.CheckConstraint(
                name="outside_says_how_much", condition=Q(quantity__isnull=False) | Q(rupiah__isnull=False)
            ),
            models.CheckConstraint(
                name="outside_amounts_in_range",
                condition=(Q(quantity=None) | Q(quantity__range=(1, 10**12)))
                & (Q(rupiah=None) | Q(rupiah__range=(1, 10**15))),
            ),
            models.CheckConstraint(
                name="outside_quantity_has_a_unit",
                condition=Q(quantity=None) | Q(aid_type__isnull=False) | ~Q(unit=""),
            ),
            models.CheckConstraint(name="outside_period_in_order", condition=Q(since__lte=F("until"))),
            models.CheckConstraint(
                name="outside_can_be_looked_up", condition=~Q(source="") & (~Q(link="") | ~Q(document=""))
            ),
        )

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("outside_figure", args=[self.pk])

    @property
    def number(self) -> str:
        return f"LP-{self.pk:04d}" if self.pk else ""

    @property
    def state_label(self) -> str | Promise:
        return OUTSIDE_STATE_LABELS[OutsideState(self.state)]

    @property
    def unit_name(self) -> str:
        return self.aid_type.unit_name if self.aid_type else self.unit


class OutsideMove(Move):
    subject = models.ForeignKey(OutsideFigure, models.PROTECT, related_name="moves")

    class Meta(Move.Meta):
        pass
