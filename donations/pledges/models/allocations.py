from typing import ClassVar

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts import clock
from donations.pledges.models.commitments import Commitment
from donations.pledges.states import AllocationState
from programs.models import COUNTERS, Need


def _contribution(row: str, sign: str) -> str:
    live = f"({row}.quantity - {row}.released)"
    return (
        f"SELECT {row}.need_id, {row}.commitment_id, "
        f"{sign}CASE WHEN {row}.state = 'held' THEN {live} ELSE 0 END AS held, "
        f"{sign}CASE WHEN {row}.state = 'reserved' THEN {live} ELSE 0 END AS reserved, "
        f"{sign}{row}.dispatched AS dispatched, {sign}{row}.received AS received, "
        f"{sign}{row}.verified AS verified FROM {row}"
    )


def _add_up(*rows: str) -> str:
    """SQL of a statement trigger: add the change of the allocations to need first, then to commitment."""
    changes = " UNION ALL ".join(rows)
    sums = ", ".join(f"SUM({name}) AS {name}" for name in COUNTERS)
    setting = ", ".join(f"{name} = t.{name} + d.{name}" for name in COUNTERS)
    changed = " OR ".join(f"d.{name} <> 0" for name in COUNTERS)
    statements = [
        f"UPDATE {table} t SET {setting} FROM (SELECT {key}, {sums} FROM ({changes}) c GROUP BY {key}) d "
        f"WHERE t.id = d.{key} AND ({changed});"
        for table, key in (("programs_need", "need_id"), ("donations_commitment", "commitment_id"))
    ]
    return " ".join(statements) + " RETURN NULL;"


class AllocationQuerySet(models.QuerySet["Allocation"]):
    def live(self) -> "AllocationQuerySet":
        return self.exclude(state=AllocationState.RELEASED)


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Allocation(models.Model):
    """Part of a commitment for one need; quantities in the aid type's unit.

    `quantity - released` is live. Its counters go target ≥ live ≥ dispatched ≥ received ≥ verified, and
    triggers add them up on the need and on the commitment, whose checks refuse one unit too many.
    """

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="allocations")
    need = models.ForeignKey(Need, models.PROTECT, related_name="allocations")
    quantity = models.BigIntegerField()
    released = models.BigIntegerField(default=0)
    state = models.CharField(
        max_length=10, choices=[(s.value, s.value) for s in AllocationState], default=AllocationState.HELD
    )
    expires_at = models.DateTimeField(_("ditahan sampai"), null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    # In deliveries that are planned and have not left: neither released nor planned a second time.
    planned = models.BigIntegerField(default=0)
    dispatched = models.BigIntegerField(default=0)
    received = models.BigIntegerField(default=0)
    verified = models.BigIntegerField(default=0)

    objects: ClassVar[AllocationQuerySet] = AllocationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("id",)
        indexes = (
            # What a need was given, in the order in which its page lists it.
            models.Index(fields=("need", "id"), name="allocation_need_id"),
            models.Index(fields=("expires_at",), condition=Q(state="held"), name="allocation_held_until"),
        )
        constraints = (
            models.CheckConstraint(
                name="allocation_quantity_in_range", condition=Q(quantity__gt=0, quantity__lte=10**12)
            ),
            models.CheckConstraint(
                name="allocation_released_in_range", condition=Q(released__gte=0, released__lte=F("quantity"))
            ),
            models.CheckConstraint(
                name="allocation_released_when_nothing_is_live",
                condition=Q(state="released", released=F("quantity"))
                | (~Q(state="released") & Q(released__lt=F("quantity"))),
            ),
            models.CheckConstraint(
                name="allocation_chain_of_quantities",
                condition=Q(
                    dispatched__lte=F("quantity") - F("released") - F("planned"),
                    planned__gte=0,
                    received__lte=F("dispatched"),
                    verified__lte=F("received"),
                    verified__gte=0,
                ),
            ),
            models.CheckConstraint(
                name="allocation_sent_only_when_reserved",
                condition=Q(state="reserved") | Q(dispatched=0, planned=0),
            ),
            models.CheckConstraint(
                name="allocation_held_has_an_end", condition=~Q(state="held") | Q(expires_at__isnull=False)
            ),
        )
        triggers = (
            pgtrigger.Trigger(
                name="add_up_insert",
                level=pgtrigger.Statement,
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                referencing=pgtrigger.Referencing(new="new_rows"),
                func=_add_up(_contribution("new_rows", "+")),
            ),
            pgtrigger.Trigger(
                name="add_up_update",
                level=pgtrigger.Statement,
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                referencing=pgtrigger.Referencing(old="old_rows", new="new_rows"),
                func=_add_up(_contribution("new_rows", "+"), _contribution("old_rows", "-")),
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        )

    def __str__(self) -> str:
        return f"{self.commitment.number} → {self.need.number}: {self.live}"

    @property
    def live(self) -> int:
        return self.quantity - self.released

    @property
    def free(self) -> int:
        """What is neither planned nor sent: it can be planned, released or cancelled."""
        return self.live - self.planned - self.dispatched

    @property
    def progress(self) -> str:
        """The one word for how far it has come.

        released, held, allocated, on_the_way, partly (some arrived), delivered or verified.
        """
        if self.state != AllocationState.RESERVED:
            return self.state
        if self.verified and self.verified == self.live:
            return "verified"
        if self.received and self.received == self.live:
            return "delivered"
        if self.received:
            return "partly"
        return "on_the_way" if self.dispatched else "allocated"
