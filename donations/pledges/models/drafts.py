import uuid
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q, prefetch_related_objects
from django.utils.translation import gettext_lazy as _

from accounts import clock
from accounts.models import Organisation
from donations.pledges.models.commitments import FundSource, Route
from donations.pledges.models.pledges import Pledge
from programs.models import AidType, Need
from programs.models.programs import AidKind


class RepeatWish(models.TextChoices):
    """How often a pledge is to come again, a month apart. The number is of further times."""

    OPEN = "terus", _("tiap bulan, sampai diakhiri")
    TWO = "2", _("tiga bulan, sebulan sekali")
    FIVE = "5", _("enam bulan, sebulan sekali")
    ELEVEN = "11", _("setahun, sebulan sekali")

    @property
    def times(self) -> int | None:
        """Further times; None: until somebody ends it."""
        return None if self == RepeatWish.OPEN else int(self.value)


class Aimed(models.Model):
    """A quantity of one aid type and where it is to go: a need; a region (a wish: anywhere in it); or one place
    that has no published need (an offer).
    """

    need = models.ForeignKey(Need, models.PROTECT, null=True, blank=True, related_name="+")
    aid_type = models.ForeignKey(AidType, models.PROTECT, related_name="+")
    region = models.ForeignKey("regions.Region", models.PROTECT, null=True, blank=True, related_name="+")
    site = models.ForeignKey("regions.Site", models.PROTECT, null=True, blank=True, related_name="+")
    is_offer = models.BooleanField(default=False)
    quantity = models.BigIntegerField(_("jumlah"), null=True, blank=True)

    class Meta:
        abstract = True
        constraints = (
            models.CheckConstraint(
                name="%(class)s_has_one_aim",
                condition=Q(need__isnull=False, region=None, is_offer=False)
                | Q(need=None, region__isnull=False),
            ),
            models.CheckConstraint(
                name="%(class)s_quantity_in_range",
                condition=Q(quantity=None) | Q(quantity__gt=0, quantity__lte=10**12),
            ),
            models.CheckConstraint(
                name="%(class)s_site_only_of_an_offer", condition=Q(site=None) | Q(is_offer=True)
            ),
        )

    def __str__(self) -> str:
        return f"{self.aid_type} → {self.aim_name}"

    @property
    def aim_name(self) -> str:
        """The recipient of the need, the place of the offer, or the region of the wish."""
        if self.need is not None:
            return self.need.recipient_name
        assert self.region is not None
        return str(self.site or self.region.full_name)

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


class PledgeDraft(Aimed):
    """A pledge that is being written: kept answer by answer, sent once.

    It is itself the first of the quantities that the pledge promises; `lines` are the others.

    Its key is in the address, so that it outlives sign-up, an expired session, the back button and a second
    tab; once a signed-in person has worked on it, it opens for nobody else. It becomes the key of the
    pledge: however often it is sent, there is one pledge.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="pledge_drafts"
    )
    # Which questions were answered: a blank date is an answer too.
    answered = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    route = models.CharField(max_length=20, choices=Route, blank=True)
    aggregator = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    source = models.CharField(max_length=20, choices=FundSource, blank=True)
    schedule = models.DateField(null=True, blank=True)
    repeat = models.CharField(max_length=10, choices=RepeatWish, blank=True)
    may_be_named = models.BooleanField(default=False)
    note = models.TextField(blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    pledge = models.OneToOneField(Pledge, models.PROTECT, null=True, blank=True, related_name="draft")
    created_at = models.DateTimeField(default=clock.now, editable=False)
    saved_at = models.DateTimeField(default=clock.now, editable=False)

    objects: ClassVar[models.Manager["PledgeDraft"]] = models.Manager()

    class Meta(Aimed.Meta):
        ordering = ("-saved_at", "-id")
        indexes = (models.Index(fields=("saved_at",), name="pledge_draft_saved_at"),)

    @property
    def holds_money(self) -> bool:
        """Whether any of it is rupiah: only an aggregator with a permit collects that."""
        return any(one.aid_type.kind == AidKind.MONEY for one in self.promised())

    @property
    def is_service(self) -> bool:
        """Whether all of it is done rather than brought."""
        return all(one.aid_type.kind == AidKind.SERVICE for one in self.promised())

    def promised(self) -> "list[Aimed]":
        """Everything that the pledge will promise, the draft's own quantity first; four queries, none without lines."""
        if not getattr(self, "has_lines", True):
            return [self]
        prefetch_related_objects([self], "lines__aid_type", "lines__need__region", "lines__need__site")
        return [self, *self.lines.all()]


class PledgeDraftLine(Aimed):
    """A further quantity of the same pledge: several needs at once, one letter."""

    draft = models.ForeignKey(PledgeDraft, models.CASCADE, related_name="lines")

    class Meta(Aimed.Meta):
        ordering = ("id",)
        constraints = (  # type: ignore[assignment]
            *Aimed.Meta.constraints,
            models.UniqueConstraint(fields=("draft", "need"), name="pledge_draft_line_once_a_need"),
        )
