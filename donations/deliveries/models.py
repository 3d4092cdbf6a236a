"""Who brings what to whom, when."""

from typing import ClassVar

import pghistory
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts import clock
from accounts.models import Move, Organisation
from accounts.roles import Permission, Role
from accounts.scope import Paths, Scope
from accounts.verbs import Table
from donations.deliveries.states import DELIVERY, DELIVERY_STATE_LABELS, DeliveryState
from donations.pledges.models import Allocation
from programs.models import Program


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def visible_to(self, user: object) -> "DeliveryQuerySet":
        return self.filter(Scope.of(user).as_q(Permission.DELIVERY_SEE, Delivery.SCOPE_PATHS))

    def under_way(self) -> "DeliveryQuerySet":
        return self.filter(
            state__in=(DeliveryState.PLANNED, DeliveryState.CONFIRMED, DeliveryState.DISPATCHED)
        )

    def for_rows(self) -> "DeliveryQuerySet":
        return self.select_related("executor", "program", "region__parent", "site").prefetch_related(
            "lines__allocation__commitment__aid_type", "lines__allocation__commitment__pledge__collaborator"
        )


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Delivery(models.Model):
    """One journey from one executor to one recipient, with one program's aid on board."""

    VERBS: ClassVar[Table] = DELIVERY
    SCOPE_PATHS: ClassVar[Paths] = Paths(
        region="region",
        site="site",
        program="program",
        organisations={Role.COLLABORATOR: "executor", Role.AGGREGATOR: "executor", Role.EXECUTOR: "executor"},
    )

    executor = models.ForeignKey(
        Organisation, models.PROTECT, related_name="deliveries", verbose_name=_("pelaksana")
    )
    program = models.ForeignKey(Program, models.PROTECT, related_name="deliveries")
    region = models.ForeignKey("regions.Region", models.PROTECT, related_name="deliveries")
    site = models.ForeignKey("regions.Site", models.PROTECT, null=True, blank=True, related_name="deliveries")
    planned_on = models.DateField(_("tanggal kirim"))
    window = models.CharField(_("jam"), max_length=40, blank=True)
    note = models.TextField(_("catatan untuk penerima"), blank=True)
    state = models.CharField(max_length=20, default=DeliveryState.PLANNED)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    dispatched_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects: ClassVar[DeliveryQuerySet] = DeliveryQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("planned_on", "id")
        constraints = (
            models.CheckConstraint(
                name="delivery_dispatched_when_it_left",
                condition=~Q(state__in=("dispatched", "completed", "failed"))
                | Q(dispatched_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("delivery", args=[self.pk])

    @property
    def number(self) -> str:
        return f"KR-{self.pk:04d}" if self.pk else ""

    @property
    def recipient_name(self) -> str:
        return str(self.site or self.region.full_name)

    @property
    def state_label(self) -> str | Promise:
        return DELIVERY_STATE_LABELS[DeliveryState(self.state)]


class DeliveryMove(Move):
    subject = models.ForeignKey(Delivery, models.PROTECT, related_name="moves")

    class Meta(Move.Meta):
        pass


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class DeliveryLine(models.Model):
    """What of one allocation is on board, and what the reports in force say of it.

    `good + damaged + missing ≤ quantity`; the rest is not reported yet. `settled` counts the damaged and
    missing ones for which it was decided: sent again, or released.
    """

    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="lines")
    allocation = models.ForeignKey(Allocation, models.PROTECT, related_name="lines")
    quantity = models.BigIntegerField(_("dikirim"))
    good = models.BigIntegerField(_("baik"), default=0)
    damaged = models.BigIntegerField(_("rusak"), default=0)
    missing = models.BigIntegerField(_("tidak ada"), default=0)
    settled = models.BigIntegerField(default=0)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("delivery", "allocation"), name="delivery_line_once_an_allocation"
            ),
            models.CheckConstraint(name="delivery_line_quantity_is_positive", condition=Q(quantity__gt=0)),
            models.CheckConstraint(
                name="delivery_line_counts_in_range",
                condition=Q(
                    good__gte=0,
                    damaged__gte=0,
                    missing__gte=0,
                    quantity__gte=F("good") + F("damaged") + F("missing"),
                ),
            ),
            models.CheckConstraint(
                name="delivery_line_settled_in_range",
                condition=Q(settled__gte=0, settled__lte=F("damaged") + F("missing")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.delivery.number}: {self.quantity}"

    @property
    def counted(self) -> int:
        return self.good + self.damaged + self.missing

    @property
    def uncounted(self) -> int:
        """Sent, and not yet in any report."""
        return self.quantity - self.counted

    @property
    def shortfall(self) -> int:
        """Damaged or missing, and not decided yet."""
        return self.damaged + self.missing - self.settled
