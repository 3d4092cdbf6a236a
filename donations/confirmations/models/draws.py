from typing import ClassVar

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts import clock
from accounts.models import Move
from accounts.roles import Role
from accounts.scope import Paths
from accounts.verbs import Table
from donations.confirmations.drawing import MOST_HOUSEHOLDS, digest_of, new_seed, positions
from donations.confirmations.states import DRAW, DrawState
from donations.handovers.models import Handover
from programs.models.programs import MOST_SLIPS

# As of the report that they are about.
REPORT_PATHS = Paths(
    region="handover__delivery__region",
    site="handover__delivery__site",
    program="handover__delivery__program",
    organisations={
        Role.COLLABORATOR: "handover__delivery__executor",
        Role.AGGREGATOR: "handover__delivery__executor",
        Role.EXECUTOR: "handover__delivery__executor",
    },
)


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent(), exclude=["seed"])
class Draw(models.Model):
    """So many of the households on the official's list, by their positions there; the list itself is not here.

    The seed is published when the draw is closed, its digest before.
    """

    VERBS: ClassVar[Table] = DRAW
    SCOPE_PATHS: ClassVar[Paths] = REPORT_PATHS

    handover = models.ForeignKey(Handover, models.PROTECT, related_name="draws")
    households = models.PositiveIntegerField(_("keluarga pada daftar"))
    size = models.PositiveSmallIntegerField(_("yang diundi"))
    seed = models.CharField(max_length=64, default=new_seed, editable=False)
    expires_on = models.DateField(_("jawaban paling lambat"))
    state = models.CharField(max_length=20, default=DrawState.OPEN)
    drawn_at = models.DateTimeField(default=clock.now, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("handover",), name="draw_one_a_report", condition=~Q(state="cancelled")
            ),
            models.CheckConstraint(
                name="draw_no_more_than_there_are",
                condition=Q(size__gte=1, size__lte=MOST_SLIPS, households__lte=MOST_HOUSEHOLDS)
                & Q(size__lte=F("households")),
            ),
            models.CheckConstraint(
                name="draw_closed_at_a_time",
                condition=Q(state="closed", closed_at__isnull=False)
                | (~Q(state="closed") & Q(closed_at=None)),
            ),
        )
        triggers = (
            pgtrigger.Protect(
                name="drawn_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("handover", "households", "size", "seed", "drawn_at"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.size} / {self.households}"

    @property
    def positions(self) -> list[int]:
        return positions(self.seed, self.households, self.size)

    @property
    def seed_digest(self) -> str:
        return digest_of(self.seed)

    @property
    def is_closed(self) -> bool:
        return self.state == DrawState.CLOSED

    @property
    def is_cancelled(self) -> bool:
        return self.state == DrawState.CANCELLED


class DrawMove(Move):
    subject = models.ForeignKey(Draw, models.PROTECT, related_name="moves")

    class Meta(Move.Meta):
        pass
