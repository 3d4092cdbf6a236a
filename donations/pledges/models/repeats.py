from calendar import monthrange
from datetime import date
from typing import ClassVar

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.functional import Promise

from accounts.models import Move
from accounts.roles import Permission, Role
from accounts.scope import Paths, Scope
from accounts.verbs import Table
from donations.pledges.models.commitments import Commitment
from donations.pledges.states import REPEAT, REPEAT_STATE_LABELS, RepeatState


class RepeatQuerySet(models.QuerySet["Repeat"]):
    def visible_to(self, user: object) -> "RepeatQuerySet":
        return self.filter(Scope.of(user).as_q(Permission.COMMITMENT_SEE, Repeat.SCOPE_PATHS))

    def active(self) -> "RepeatQuerySet":
        return self.filter(state=RepeatState.ACTIVE)


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Repeat(models.Model):
    """A promise that comes again every month: each time a new commitment like `first`, announced before.

    `turn` is the number of the next time (1: a month after the first), which comes on `next_on`; `left` is how many
    times are still to come (None: until somebody ends it).
    """

    VERBS: ClassVar[Table] = REPEAT
    SCOPE_PATHS: ClassVar[Paths] = Paths(
        region="first__region",
        site="first__site",
        program="first__program",
        organisations={
            Role.COLLABORATOR: "first__pledge__collaborator",
            Role.AGGREGATOR: "first__aggregator",
            Role.EXECUTOR: "first__executor",
        },
    )

    first = models.OneToOneField(Commitment, models.PROTECT, related_name="repeats")
    started_on = models.DateField()
    turn = models.PositiveSmallIntegerField(default=1)
    next_on = models.DateField()
    left = models.PositiveSmallIntegerField(null=True, blank=True)
    announced_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=20, default=RepeatState.ACTIVE)

    objects: ClassVar[RepeatQuerySet] = RepeatQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("id",)
        indexes = (models.Index(fields=("next_on",), condition=Q(state="active"), name="repeat_next_on"),)
        constraints = (models.CheckConstraint(name="repeat_turn_is_positive", condition=Q(turn__gt=0)),)

    def __str__(self) -> str:
        return f"{self.first.number} ×{self.turn}"

    @property
    def state_label(self) -> str | Promise:
        return REPEAT_STATE_LABELS[RepeatState(self.state)]

    def day_of(self, turn: int) -> date:
        """The day of a time: as many months after the start, at the end of shorter months."""
        months = self.started_on.month - 1 + turn
        year, month = self.started_on.year + months // 12, months % 12 + 1
        return date(year, month, min(self.started_on.day, monthrange(year, month)[1]))


class RepeatMove(Move):
    subject = models.ForeignKey(Repeat, models.PROTECT, related_name="moves")

    class Meta(Move.Meta):
        pass
