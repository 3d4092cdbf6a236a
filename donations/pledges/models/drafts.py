import uuid
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts import clock
from accounts.models import Organisation
from donations.pledges.models.commitments import FundSource, Route
from donations.pledges.models.pledges import Pledge
from programs.models import AidType, Need


class PledgeDraft(models.Model):
    """A pledge that is being written: kept answer by answer, sent once.

    Its key is in the address, so that it outlives sign-up, an expired session, the back button and a second
    tab; once a signed-in person has worked on it, it opens for nobody else. It becomes the key of the
    pledge: however often it is sent, there is one pledge.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="pledge_drafts"
    )
    # Aimed at a need, or at a region with an aid type (a wish).
    need = models.ForeignKey(Need, models.PROTECT, null=True, blank=True, related_name="+")
    aid_type = models.ForeignKey(AidType, models.PROTECT, related_name="+")
    region = models.ForeignKey("regions.Region", models.PROTECT, null=True, blank=True, related_name="+")
    # Which questions were answered: a blank date is an answer too.
    answered = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    quantity = models.BigIntegerField(_("jumlah"), null=True, blank=True)
    route = models.CharField(max_length=20, choices=Route, blank=True)
    aggregator = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    source = models.CharField(max_length=20, choices=FundSource, blank=True)
    schedule = models.DateField(null=True, blank=True)
    may_be_named = models.BooleanField(default=False)
    note = models.TextField(blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    pledge = models.OneToOneField(Pledge, models.PROTECT, null=True, blank=True, related_name="draft")
    created_at = models.DateTimeField(default=clock.now, editable=False)
    saved_at = models.DateTimeField(default=clock.now, editable=False)

    objects: ClassVar[models.Manager["PledgeDraft"]] = models.Manager()

    class Meta:
        ordering = ("-saved_at", "-id")
        indexes = (models.Index(fields=("saved_at",), name="pledge_draft_saved_at"),)
        constraints = (
            models.CheckConstraint(
                name="pledge_draft_has_one_aim",
                condition=Q(need__isnull=False, region=None) | Q(need=None, region__isnull=False),
            ),
            models.CheckConstraint(
                name="pledge_draft_quantity_in_range",
                condition=Q(quantity=None) | Q(quantity__gt=0, quantity__lte=10**12),
            ),
        )

    def __str__(self) -> str:
        return f"{self.aid_type} → {self.aim_name}"

    @property
    def aim_name(self) -> str:
        """The recipient of the need, or the region of the wish."""
        if self.need is not None:
            return self.need.recipient_name
        assert self.region is not None
        return self.region.full_name

    @property
    def unit_value(self) -> int | None:
        """Rupiah one unit counts for."""
        return self.need.unit_value if self.need else self.aid_type.guide_value

    @property
    def value(self) -> int | None:
        """Rupiah in all, by the guide value."""
        if self.quantity is None or self.unit_value is None:
            return None
        return self.quantity * self.unit_value
