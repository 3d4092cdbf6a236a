from datetime import date
from typing import ClassVar

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts import clock
from accounts.models import Move
from accounts.roles import Permission
from accounts.scope import NOWHERE, Paths, Scope, within
from accounts.verbs import Table
from donations.misconduct.codes import new_number
from donations.misconduct.kinds import SUPERIOR_ROLES, Kind
from donations.misconduct.states import CASE, CASE_STATE_LABELS, OPEN, CaseState


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(self, user: object) -> "CaseQuerySet":
        """Cases of this inspector's offices, but none that concerns them in any way: those do not exist for them."""
        return self._within_reach(user, Permission.MISCONDUCT_HANDLE)

    def overseen_by(self, user: object) -> "CaseQuerySet":
        """Cases whose handling this person watches over, without reading them."""
        return self._within_reach(user, Permission.MISCONDUCT_OVERSEE)

    def _within_reach(self, user: object, permission: Permission) -> "CaseQuerySet":
        scope = Scope.of(user)
        if scope.user_id is None:
            return self.none()
        over_them = NOWHERE
        for grant in scope.grants:
            if grant.role in SUPERIOR_ROLES and grant.region:
                over_them |= Q(beyond_city=True) & within("region", grant.region)
        party = CaseParty.objects.filter(
            Q(user=scope.user_id) | Q(organisation__assignments__user=scope.user_id), case=OuterRef("pk")
        )
        reached = self.filter(scope.as_q(permission, Case.SCOPE_PATHS)).exclude(reporter=scope.user_id)
        return reached.exclude(over_them).exclude(Exists(party))

    def open(self) -> "CaseQuerySet":
        return self.filter(state__in=OPEN)

    def overdue(self, on: date | None = None) -> "CaseQuerySet":
        return self.filter(due_on__lt=on or clock.today())

    def for_rows(self) -> "CaseQuerySet":
        return self.select_related("region__parent__parent__parent", "office")


@pghistory.track(
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    fields=[
        "number",
        "kind",
        "state",
        "region",
        "office",
        "beyond_city",
        "due_on",
        "decide_by",
        "decided_at",
        "emptied_at",
    ],
    model_name="CaseEvent",
)
class Case(models.Model):
    """One report and what is done about it. What it says lies encrypted in its entries.

    `office` is the city or province whose inspectors handle it, and all that decides who reaches it; `region` is where
    it happened. `beyond_city`: officers of that city are concerned, so its own office is not the one to look.
    `reporter` only where a signed-in person wished to be known to the inspectors.
    """

    VERBS: ClassVar[Table] = CASE
    SCOPE_PATHS: ClassVar[Paths] = Paths(region="office")

    number = models.CharField(max_length=12, unique=True, default=new_number, editable=False)
    kind = models.CharField(_("jenis"), max_length=20, choices=Kind)
    region = models.ForeignKey("regions.Region", models.PROTECT, related_name="+", verbose_name=_("tempat"))
    office = models.ForeignKey("regions.Region", models.PROTECT, related_name="+", verbose_name=_("kantor"))
    beyond_city = models.BooleanField(default=False)
    state = models.CharField(max_length=20, default=CaseState.RECEIVED)
    happened_on = models.DateField(_("kapan"), null=True, blank=True)
    received_at = models.DateTimeField(default=clock.now, editable=False)
    since = models.DateField(default=clock.today, editable=False)
    due_on = models.DateField(null=True, blank=True, editable=False)
    decide_by = models.DateField(editable=False)
    decided_at = models.DateTimeField(null=True, blank=True, editable=False)
    # When what it says and shows was removed, years after it was decided.
    emptied_at = models.DateTimeField(null=True, blank=True, editable=False)
    code_digest = models.CharField(max_length=64, unique=True, editable=False)
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    need = models.ForeignKey("programs.Need", models.PROTECT, null=True, blank=True, related_name="+")
    delivery = models.ForeignKey(
        "donations.Delivery", models.PROTECT, null=True, blank=True, related_name="+"
    )
    handover = models.ForeignKey(
        "donations.Handover", models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects: ClassVar[CaseQuerySet] = CaseQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("due_on", "id")
        constraints = (
            models.CheckConstraint(
                name="case_open_is_due_and_decided_has_a_time",
                condition=Q(
                    state__in=("received", "acknowledged", "coordinated"),
                    due_on__isnull=False,
                    decided_at=None,
                )
                | Q(state__in=("resolved", "rejected"), due_on=None, decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="case_emptied_is_decided", condition=Q(emptied_at=None) | Q(decided_at__isnull=False)
            ),
            models.CheckConstraint(name="case_known_kind", condition=Q(kind__in=Kind.values)),
        )
        indexes = (models.Index(fields=("office", "state", "due_on"), name="case_office_state_due"),)

    def __str__(self) -> str:
        return self.number

    @property
    def state_label(self) -> str | Promise:
        return CASE_STATE_LABELS[CaseState(self.state)]

    @property
    def has_reader(self) -> bool:
        """Whether a reporter may read answers; what the platform found in confirmations has nobody. A query."""
        report = self.entries.filter(kind="report").first()
        return not (report and report.body and report.told.get("by_platform"))

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_overdue(self) -> bool:
        return self.due_on is not None and self.due_on < clock.today()


class CaseMove(Move):
    subject = models.ForeignKey(Case, models.PROTECT, related_name="moves")

    class Meta(Move.Meta):
        pass

    @property
    def acted_as(self) -> str:
        return str(_("pelapor")) if self.data.get("reporter") else super().acted_as


class CaseParty(models.Model):
    """A person or organisation that a case concerns: they do not learn that there is one, also from no copy of theirs."""

    NEVER_TOLD_TO_WHOM_IT_NAMES: ClassVar[bool] = True

    class Why(models.TextChoices):
        NAMED = "named", _("disebut di laporan")
        ACTED = "acted", _("berperan pada yang dilaporkan")

    case = models.ForeignKey(Case, models.PROTECT, related_name="parties")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    organisation = models.ForeignKey(
        "accounts.Organisation", models.PROTECT, null=True, blank=True, related_name="+"
    )
    why = models.CharField(max_length=10, choices=Why)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("case", "user", "organisation"), nulls_distinct=False, name="case_party_once"
            ),
            models.CheckConstraint(
                name="case_party_is_a_person_or_an_organisation",
                condition=Q(user=None, organisation__isnull=False) | Q(user__isnull=False, organisation=None),
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id}: {self.why}"
