from typing import ClassVar

import pghistory
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Move, Organisation, Permit
from accounts.roles import Permission, Role
from accounts.scope import Paths, Scope
from accounts.verbs import Table
from donations.pledges.models.pledges import Pledge
from donations.pledges.states import COMMITMENT, COMMITMENT_STATE_LABELS, COMMITTED, CommitmentState
from programs.coverage import Coverage
from programs.models import COUNTERS, AidType, Program


class FundSource(models.TextChoices):
    OWN = "own", _("dana sendiri")
    CSR = "csr", _("tanggung jawab sosial perusahaan (CSR)")
    ZAKAT = "zakat", _("zakat")
    INFAK = "infak", _("infak dan sedekah")
    WAKAF = "wakaf", _("wakaf")
    INTERNATIONAL = "international", _("lembaga internasional")


class Route(models.TextChoices):
    DIRECT = "direct", _("langsung, mengirim sendiri")
    AGGREGATOR = "aggregator", _("melalui agregator berizin")


class CommitmentQuerySet(models.QuerySet["Commitment"]):
    def visible_to(self, user: object) -> "CommitmentQuerySet":
        return self.filter(Scope.of(user).as_q(Permission.COMMITMENT_SEE, Commitment.SCOPE_PATHS))

    def committed(self) -> "CommitmentQuerySet":
        """Accepted commitments, also those that are over: the published definition."""
        return self.filter(state__in=COMMITTED)

    def waiting(self) -> "CommitmentQuerySet":
        """Those that an assessor has to answer."""
        return self.filter(state=CommitmentState.SUBMITTED)

    def for_rows(self) -> "CommitmentQuerySet":
        return self.select_related(
            "pledge__collaborator", "program", "aid_type", "region__parent", "site", "aggregator", "executor"
        )


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Commitment(models.Model):
    """One quantity of one aid type that a collaborator promises, aimed at a place.

    `region` and `site` say where it aims: a need's recipient, or the region of a wish ("anywhere in
    Jakarta Selatan"). It counts for the city of `region`; aimed at a province it is not placed yet.
    Quantities are in the aid type's unit. `unit_value` (rupiah) is the one it was pledged at.
    """

    VERBS: ClassVar[Table] = COMMITMENT
    KEPT_BY_DATABASE: ClassVar[tuple[str, ...]] = COUNTERS
    SCOPE_PATHS: ClassVar[Paths] = Paths(
        region="region",
        site="site",
        program="program",
        organisations={
            Role.COLLABORATOR: "pledge__collaborator",
            Role.AGGREGATOR: "aggregator",
            Role.EXECUTOR: "executor",
        },
    )

    pledge = models.ForeignKey(Pledge, models.PROTECT, related_name="commitments")
    program = models.ForeignKey(Program, models.PROTECT, related_name="commitments")
    aid_type = models.ForeignKey(AidType, models.PROTECT, related_name="commitments")
    quantity = models.BigIntegerField(_("jumlah"))
    cancelled = models.BigIntegerField(default=0)
    unit_value = models.PositiveBigIntegerField(null=True, blank=True)
    source = models.CharField(_("sumber dana"), max_length=20, choices=FundSource, default=FundSource.OWN)
    route = models.CharField(_("cara"), max_length=20, choices=Route, default=Route.DIRECT)
    aggregator = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="collected_commitments"
    )
    permit = models.ForeignKey(Permit, models.PROTECT, null=True, blank=True, related_name="commitments")
    # As it read when the pledge was made: a permit can end, or be corrected, while its money is on the way.
    permit_text = models.CharField(max_length=400, blank=True)
    executor = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="entrusted_commitments"
    )
    region = models.ForeignKey("regions.Region", models.PROTECT, related_name="commitments")
    site = models.ForeignKey(
        "regions.Site", models.PROTECT, null=True, blank=True, related_name="commitments"
    )
    # Promised to a place without a published need, until an assessor makes it one or redirects it.
    is_offer = models.BooleanField(_("tawaran"), default=False)
    schedule = models.DateField(_("rencana kirim"), null=True, blank=True)
    # Made by a monthly repeat, as the gift of that day: never a second time.
    repeat = models.ForeignKey(
        "donations.Repeat", models.PROTECT, null=True, blank=True, related_name="commitments"
    )
    repeat_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=20, default=CommitmentState.SUBMITTED)
    answer_by = models.DateTimeField(null=True, blank=True)
    contacted_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)

    held = models.BigIntegerField(default=0, editable=False)
    reserved = models.BigIntegerField(default=0, editable=False)
    dispatched = models.BigIntegerField(default=0, editable=False)
    received = models.BigIntegerField(default=0, editable=False)
    verified = models.BigIntegerField(default=0, editable=False)
    # Money of an aggregator: rupiah received so far, rupiah used, and units bought with it.
    funded = models.BigIntegerField(default=0, editable=False)
    spent = models.BigIntegerField(default=0, editable=False)
    converted = models.BigIntegerField(default=0, editable=False)

    objects: ClassVar[CommitmentQuerySet] = CommitmentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-id",)
        indexes = (
            models.Index(fields=("state", "answer_by"), name="commitment_state_answer_by"),
            models.Index(fields=("program", "state"), name="commitment_program_state"),
            # Few have a part that no need has: found without a pass over all that were ever accepted.
            models.Index(
                fields=("region",),
                name="commitment_unallocated",
                condition=Q(state__in=COMMITTED, quantity__gt=F("cancelled") + F("reserved")),
            ),
        )
        constraints = (
            models.CheckConstraint(
                name="commitment_quantity_in_range", condition=Q(quantity__gt=0, quantity__lte=10**12)
            ),
            models.CheckConstraint(
                name="commitment_cancelled_in_range",
                condition=Q(cancelled__gte=0, cancelled__lte=F("quantity")),
            ),
            models.CheckConstraint(
                name="commitment_is_not_overspent",
                condition=Q(quantity__gte=F("held") + F("reserved") + F("cancelled")),
            ),
            models.CheckConstraint(
                name="commitment_counters_are_not_negative",
                condition=Q(held__gte=0, reserved__gte=0, verified__gte=0),
            ),
            models.CheckConstraint(
                name="commitment_chain_of_quantities",
                condition=Q(
                    reserved__gte=F("dispatched"), dispatched__gte=F("received"), received__gte=F("verified")
                ),
            ),
            models.CheckConstraint(
                name="commitment_through_aggregator_has_permit",
                condition=(
                    Q(route=Route.AGGREGATOR, aggregator__isnull=False, permit__isnull=False)
                    | Q(route=Route.DIRECT, aggregator=None, permit=None)
                ),
            ),
            models.CheckConstraint(
                name="commitment_money_only_through_aggregator",
                condition=Q(route=Route.AGGREGATOR) | Q(funded=0, converted=0),
            ),
            models.CheckConstraint(
                name="commitment_funded_in_range",
                condition=Q(spent__gte=0, spent__lte=F("funded"), converted__range=(0, F("quantity"))),
            ),
            models.CheckConstraint(
                name="commitment_sends_what_it_has",
                condition=Q(route=Route.DIRECT) | Q(converted__gte=F("dispatched")),
            ),
            models.UniqueConstraint(fields=("repeat", "repeat_on"), name="commitment_once_a_repeat_and_day"),
            models.CheckConstraint(
                name="commitment_of_a_repeat_has_its_day",
                condition=Q(repeat=None, repeat_on=None) | Q(repeat__isnull=False, repeat_on__isnull=False),
            ),
            models.CheckConstraint(
                name="commitment_accepted_when_committed",
                condition=~Q(state__in=COMMITTED) | Q(accepted_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("commitment", args=[self.pk])

    @property
    def number(self) -> str:
        return f"KM-{self.pk:05d}" if self.pk else ""

    @property
    def state_label(self) -> str | Promise:
        return COMMITMENT_STATE_LABELS[CommitmentState(self.state)]

    @property
    def live(self) -> int:
        """What is still promised: the quantity without what was cancelled."""
        return self.quantity - self.cancelled

    @property
    def unallocated(self) -> int:
        """What no need has yet."""
        return self.live - self.held - self.reserved

    @property
    def dispatchable(self) -> int:
        """What may still be put on the way: reserved, not sent, and (money) bought already."""
        ready = self.reserved if self.route == Route.DIRECT else min(self.reserved, self.converted)
        return ready - self.dispatched

    @property
    def value(self) -> int | None:
        """Rupiah, at the unit value it was pledged at."""
        return None if self.unit_value is None else self.live * self.unit_value

    @property
    def recipient_name(self) -> str:
        return str(self.site or self.region.full_name)

    @property
    def coverage(self) -> Coverage:
        """For the bar: of the promise, what is held, reserved, received and verified."""
        return Coverage(
            target=max(self.live, 1),
            held=self.held,
            reserved=self.reserved,
            received=self.received,
            verified=self.verified,
            unit=self.aid_type.unit_name,
        )


class CommitmentMove(Move):
    subject = models.ForeignKey(Commitment, models.PROTECT, related_name="moves")

    class Meta(Move.Meta):
        pass
