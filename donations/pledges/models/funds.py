from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts import clock
from donations.pledges.models.commitments import Commitment


class Receipt(models.Model):
    """Money of one commitment that the aggregator has received (rupiah)."""

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="receipts")
    amount = models.BigIntegerField(_("jumlah rupiah"))
    received_on = models.DateField(_("diterima tanggal"))
    reference = models.CharField(_("nomor bukti"), max_length=100, blank=True)
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("received_on", "id")
        constraints = (models.CheckConstraint(name="receipt_is_positive", condition=Q(amount__gt=0)),)

    def __str__(self) -> str:
        return f"{self.commitment.number}: {self.amount}"


class Conversion(models.Model):
    """Money spent on units: what they cost each, and what the aggregator kept as collection cost.

    Collection cost is at most 10 % of the money used (UU 9/1961 and PP 29/1980).
    """

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="conversions")
    quantity = models.BigIntegerField(_("jumlah satuan"))
    unit_price = models.BigIntegerField(_("harga satuan (rupiah)"))
    cost = models.BigIntegerField(_("biaya pengumpulan (rupiah)"), default=0)
    converted_on = models.DateField(_("tanggal belanja"))
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("converted_on", "id")
        constraints = (
            models.CheckConstraint(
                name="conversion_in_range", condition=Q(quantity__gt=0, unit_price__gt=0, cost__gte=0)
            ),
            models.CheckConstraint(
                name="conversion_cost_at_most_a_tenth",
                condition=Q(cost__lte=(F("quantity") * F("unit_price") + F("cost")) / 10),
            ),
        )

    def __str__(self) -> str:
        return f"{self.commitment.number}: {self.quantity} × {self.unit_price}"

    @property
    def amount(self) -> int:
        """Rupiah used in all."""
        return self.quantity * self.unit_price + self.cost
