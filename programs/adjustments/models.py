from typing import ClassVar

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts import clock
from accounts.models import Move
from accounts.roles import Permission
from accounts.scope import Paths, Scope
from accounts.verbs import Table
from programs.adjustments.states import (
    ADJUSTMENT,
    ADJUSTMENT_STATE_LABELS,
    WANTED_LABELS,
    AdjustmentState,
    Wanted,
)
from programs.models.needs import Need
from programs.states import NeedState


class AdjustmentQuerySet(models.QuerySet["Adjustment"]):
    def visible_to(self, user: object) -> "AdjustmentQuerySet":
        return self.filter(Scope.of(user).as_q(Permission.NEED_SEE, Adjustment.SCOPE_PATHS))

    def open(self) -> "AdjustmentQuerySet":
        """Those that wait for an answer."""
        return self.filter(state=AdjustmentState.ASKED)

    def answerable(self) -> "AdjustmentQuerySet":
        """Those that wait, of needs that can still change."""
        return self.open().filter(need__state__in=(NeedState.PUBLISHED, NeedState.PAUSED))

    def for_rows(self) -> "AdjustmentQuerySet":
        return self.select_related("need__aid_type", "need__program", "need__region", "need__site")


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Adjustment(models.Model):
    """What the official of the recipient asks to have changed about a published need; an assessor answers."""

    VERBS: ClassVar[Table] = ADJUSTMENT
    SCOPE_PATHS: ClassVar[Paths] = Paths(region="need__region", site="need__site", program="need__program")

    need = models.ForeignKey(Need, models.PROTECT, related_name="adjustments")
    wanted = models.CharField(
        _("yang diminta"), max_length=10,
        choices=[(wanted.value, label) for wanted, label in WANTED_LABELS.items()],
    )  # fmt: skip
    # The whole target that the recipient would rather have; only where less is asked for.
    target = models.BigIntegerField(_("target seluruhnya"), null=True, blank=True)
    state = models.CharField(max_length=20, default=AdjustmentState.ASKED)
    made_at = models.DateTimeField(default=clock.now, editable=False)

    objects: ClassVar[AdjustmentQuerySet] = AdjustmentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                name="adjustment_less_says_how_many",
                condition=Q(wanted="less", target__gt=0) | (~Q(wanted="less") & Q(target=None)),
            ),
            models.UniqueConstraint(
                fields=("need",), condition=Q(state="asked"), name="adjustment_one_open_a_need"
            ),
        )
        triggers = (pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),)

    def __str__(self) -> str:
        return f"{self.need.number}: {self.wanted}"

    def get_absolute_url(self) -> str:
        return reverse("desk_need", args=[self.need_id])

    @property
    def state_label(self) -> str | Promise:
        return ADJUSTMENT_STATE_LABELS[AdjustmentState(self.state)]

    @property
    def is_open(self) -> bool:
        return self.state == AdjustmentState.ASKED

    @property
    def recipient_name(self) -> str:
        return self.need.recipient_name

    @property
    def asks_less(self) -> bool:
        return self.wanted == Wanted.LESS


class AdjustmentMove(Move):
    subject = models.ForeignKey(Adjustment, models.PROTECT, related_name="moves")

    class Meta(Move.Meta):
        pass
