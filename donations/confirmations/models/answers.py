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
from accounts.scope import Paths
from accounts.verbs import Table
from donations.confirmations.codes import CODE_LENGTH, in_groups
from donations.confirmations.kinds import Received, Reply, Side
from donations.confirmations.models.draws import REPORT_PATHS, Draw
from donations.confirmations.states import CONFIRMATION, CONFIRMATION_STATE_LABELS, ConfirmationState
from donations.handovers.models import Handover, HandoverMove
from donations.handovers.states import MADE_BY
from donations.misconduct.kinds import Kind
from donations.misconduct.models import Case
from donations.misconduct.secrecy import EncryptedText

ANSWERED = (ConfirmationState.ANSWERED, ConfirmationState.CLOSED)


class ConfirmationQuerySet(models.QuerySet["Confirmation"]):
    def answered(self) -> "ConfirmationQuerySet":
        return self.filter(state__in=ANSWERED)

    def with_report(self) -> "ConfirmationQuerySet":
        return self.select_related(
            "draw", "handover__delivery__executor", "handover__delivery__program",
            "handover__delivery__region__parent", "handover__delivery__site",
        )  # fmt: skip


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent(), exclude=["code"])
class Confirmation(models.Model):
    """One question to one side of a report, and its answer. Of a recipient only the position on a list is known.

    Who answered for the deliverer or as facilitator stands in the journal; a bearer of a code is nobody's account.
    """

    VERBS: ClassVar[Table] = CONFIRMATION
    SCOPE_PATHS: ClassVar[Paths] = REPORT_PATHS

    handover = models.ForeignKey(Handover, models.PROTECT, related_name="confirmations")
    side = models.CharField(max_length=12, choices=Side)
    draw = models.ForeignKey(Draw, models.PROTECT, null=True, blank=True, related_name="slips")
    position = models.PositiveIntegerField(null=True, blank=True)
    # The facilitator signs in.
    code = models.CharField(max_length=CODE_LENGTH, unique=True, null=True, blank=True, editable=False)
    state = models.CharField(max_length=20, default=ConfirmationState.OPEN)
    asked_at = models.DateTimeField(default=clock.now, editable=False)
    expires_on = models.DateField()
    received = models.CharField(max_length=4, blank=True, choices=Received)
    paid = models.BooleanField(default=False)
    count = models.BigIntegerField(null=True, blank=True)
    # The first time, from which on it may be put right for a day.
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects: ClassVar[ConfirmationQuerySet] = ConfirmationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("handover", "side"), name="confirmation_once_a_side", condition=~Q(side="recipient")
            ),
            models.UniqueConstraint(fields=("draw", "position"), name="confirmation_once_a_position"),
            models.CheckConstraint(
                name="confirmation_of_a_recipient_is_drawn",
                condition=Q(side="recipient", draw__isnull=False, position__isnull=False)
                | (Q(side__in=("deliverer", "facilitator")) & Q(draw=None, position=None)),
            ),
            models.CheckConstraint(
                name="confirmation_has_a_code_or_asks_for_sign_in",
                condition=Q(side="facilitator", code=None) | (~Q(side="facilitator") & Q(code__isnull=False)),
            ),
            models.CheckConstraint(
                name="confirmation_answered_says_something_at_a_time",
                condition=(
                    Q(state__in=("answered", "closed"), answered_at__isnull=False)
                    & (Q(received__in=("all", "some", "none")) | Q(paid=True, received=""))
                )
                | Q(state__in=("open", "expired"), answered_at=None, received="", paid=False, count=None),
            ),
            models.CheckConstraint(
                name="confirmation_count_in_range",
                condition=Q(count=None) | Q(count__gte=0, count__lte=10**12),
            ),
        )
        indexes = (
            # What the clock has to look at.
            models.Index(
                fields=("expires_on",),
                name="confirmation_pending",
                condition=Q(state__in=("open", "answered")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.handover_id} {self.side} {self.position or ''}".strip()

    def get_absolute_url(self) -> str:
        return reverse("confirmation", args=[self.code_in_groups])

    @property
    def code_in_groups(self) -> str:
        return in_groups(self.code or "")

    @property
    def state_label(self) -> str | Promise:
        return CONFIRMATION_STATE_LABELS[ConfirmationState(self.state)]

    @property
    def is_answered(self) -> bool:
        return self.state in ANSWERED

    @property
    def reply(self) -> Reply:
        """The answer as it stands; what was added in words lies apart."""
        return Reply(self.received, self.paid, self.count)

    @property
    def words(self) -> str:
        """ "diterima semua", "sebagian; diminta membayar"."""
        said = [str(Received(self.received).label).lower()] if self.received else []
        return "; ".join([*said, *([str(_("diminta membayar"))] if self.paid else [])])


# The report is locked: a verification at the same moment either is seen here, or waits and sees this.
_BY_SOMEBODY_ELSE = """
SELECT h.id, h.verified_by_id INTO report, judge
    FROM donations_handover h JOIN donations_confirmation c ON c.handover_id = h.id
    WHERE c.id = NEW.subject_id FOR SHARE OF h;
IF judge = NEW.actor_id THEN
    RAISE EXCEPTION 'who verified does not confirm' USING ERRCODE = 'check_violation';
END IF;
IF EXISTS (
    SELECT 1 FROM donations_handovermove
    WHERE subject_id = report AND verb IN ('start', 'take', 'submit') AND actor_id = NEW.actor_id
) THEN RAISE EXCEPTION 'who reported does not confirm' USING ERRCODE = 'check_violation'; END IF;
RETURN NEW;
"""


class ConfirmationMove(Move):
    """`data` of an answer holds what was said then, so that both stay known where it was put right."""

    subject = models.ForeignKey(Confirmation, models.PROTECT, related_name="moves")

    class Meta(Move.Meta):
        triggers = (  # type: ignore[assignment]
            *Move.Meta.triggers,
            pgtrigger.Trigger(
                name="by_neither_reporter_nor_verifier",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                condition=pgtrigger.Q(new__actor__isnull=False),
                declare=[("report", "bigint"), ("judge", "bigint")],
                func=_BY_SOMEBODY_ELSE,
            ),
        )


_BY_NO_WITNESS = """
IF EXISTS (
    SELECT 1 FROM donations_confirmation c JOIN donations_confirmationmove m ON m.subject_id = c.id
    WHERE c.handover_id = report AND m.actor_id = person
) THEN RAISE EXCEPTION 'who confirmed does neither verify nor report' USING ERRCODE = 'check_violation'; END IF;
RETURN NEW;
"""
# On tables of an earlier room, which knows nothing of confirmations.
pgtrigger.register(
    pgtrigger.Trigger(
        name="verifier_confirmed_nothing",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("verified_by_id"),
        condition=pgtrigger.Q(new__verified_by__isnull=False),
        declare=[("report", "bigint := NEW.id"), ("person", "bigint := NEW.verified_by_id")],
        func=_BY_NO_WITNESS,
    )
)(Handover)
pgtrigger.register(
    pgtrigger.Trigger(
        name="reporter_confirmed_nothing",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        condition=pgtrigger.Q(new__verb__in=MADE_BY, new__actor__isnull=False),
        declare=[("report", "bigint := NEW.subject_id"), ("person", "bigint := NEW.actor_id")],
        func=_BY_NO_WITNESS,
    )
)(HandoverMove)


class ConfirmationRemark(models.Model):
    """A sentence that somebody added, encrypted. Never changed; another one is another row."""

    confirmation = models.ForeignKey(Confirmation, models.PROTECT, related_name="remarks")
    body = EncryptedText()
    at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ("id",)
        triggers = (pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),)

    def __str__(self) -> str:
        return f"{self.confirmation_id} {self.at}"


class Contradiction(models.Model):
    """That answers contradict a report, once a report and kind, with the case that it opened."""

    handover = models.ForeignKey(Handover, models.PROTECT, related_name="contradictions")
    kind = models.CharField(max_length=20, choices=Kind)
    side = models.CharField(max_length=12, choices=Side)
    found_at = models.DateTimeField(default=clock.now, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("handover", "kind"), name="contradiction_once_a_kind"),
        )
        triggers = (pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),)

    def __str__(self) -> str:
        return f"{self.handover_id} {self.kind}"
