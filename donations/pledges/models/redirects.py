from typing import ClassVar

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts import clock
from accounts.models import Move
from accounts.roles import Permission, Role
from accounts.scope import Paths, Scope
from accounts.verbs import Table
from donations.pledges.models.allocations import Allocation
from donations.pledges.states import OPEN_REDIRECTS, REDIRECT, REDIRECT_STATE_LABELS, RedirectState
from programs.models import Need
from regions.codes import common


class RedirectQuerySet(models.QuerySet["Redirect"]):
    def visible_to(self, user: object) -> "RedirectQuerySet":
        return self.filter(Scope.of(user).as_q(Permission.COMMITMENT_SEE, Redirect.SCOPE_PATHS))

    def open(self) -> "RedirectQuerySet":
        """Those that wait for an answer."""
        return self.filter(state__in=OPEN_REDIRECTS)

    def for_rows(self) -> "RedirectQuerySet":
        return self.select_related(
            "allocation__commitment__pledge__collaborator", "allocation__commitment__aid_type",
            "source__region", "source__site", "need__aid_type", "need__region", "need__site",
        )  # fmt: skip


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Redirect(models.Model):
    """Part of an allocation that should go to another need of the same aid type, if both sides agree.

    It holds nothing at `need`: what room there is counts at the moment it is agreed to.
    """

    VERBS: ClassVar[Table] = REDIRECT
    SCOPE_PATHS: ClassVar[Paths] = Paths(
        region="allocation__commitment__region",
        site="allocation__commitment__site",
        program="allocation__commitment__program",
        organisations={
            Role.COLLABORATOR: "allocation__commitment__pledge__collaborator",
            Role.AGGREGATOR: "allocation__commitment__aggregator",
            Role.EXECUTOR: "allocation__commitment__executor",
        },
    )

    allocation = models.ForeignKey(Allocation, models.PROTECT, related_name="redirects")
    source = models.ForeignKey(Need, models.PROTECT, related_name="+")
    need = models.ForeignKey(Need, models.PROTECT, related_name="redirects")
    quantity = models.BigIntegerField(_("jumlah"))
    state = models.CharField(max_length=20, default=RedirectState.ASKED)
    made_at = models.DateTimeField(default=clock.now, editable=False)
    # What came of it: the allocation at the other need.
    result = models.OneToOneField(
        Allocation, models.PROTECT, null=True, blank=True, editable=False, related_name="redirected_by"
    )

    objects: ClassVar[RedirectQuerySet] = RedirectQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                name="redirect_quantity_in_range", condition=Q(quantity__gt=0, quantity__lte=10**12)
            ),
            models.CheckConstraint(name="redirect_goes_elsewhere", condition=~Q(need=F("source"))),
            models.CheckConstraint(
                name="redirect_done_has_its_allocation",
                condition=Q(state="done", result__isnull=False) | (~Q(state="done") & Q(result=None)),
            ),
            models.UniqueConstraint(
                fields=("allocation",),
                condition=Q(state__in=("asked", "proposed")),
                name="redirect_one_open_an_allocation",
            ),
        )
        triggers = (pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),)

    def __str__(self) -> str:
        return f"{self.allocation_id} → {self.need_id}: {self.quantity}"

    @property
    def state_label(self) -> str | Promise:
        return REDIRECT_STATE_LABELS[RedirectState(self.state)]

    @property
    def spans(self) -> str | None:
        """The code of the region that holds both where it is for now and where it should go."""
        return common((self.allocation.commitment.region_id, self.need.region_id))

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_REDIRECTS


class RedirectMove(Move):
    subject = models.ForeignKey(Redirect, models.PROTECT, related_name="moves")

    class Meta(Move.Meta):
        pass
