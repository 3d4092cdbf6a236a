from typing import ClassVar

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts import clock
from accounts.models import Move
from accounts.roles import Permission
from accounts.scope import Paths, Scope, within
from accounts.verbs import Table
from programs.coverage import Coverage
from programs.models.programs import AidType, Program
from programs.states import NEED, NEED_STATE_LABELS, NeedState

# What the allocations of a need (or of a commitment) add up to; triggers keep them.
COUNTERS = ("held", "reserved", "dispatched", "received", "verified")


class Priority(models.IntegerChoices):
    NORMAL = 1, _("prioritas biasa")
    HIGH = 2, _("prioritas tinggi")
    URGENT = 3, _("mendesak")


class PeopleKind(models.TextChoices):
    FAMILIES = "families", _("keluarga")
    RESIDENTS = "residents", _("warga")
    PUPILS = "pupils", _("murid")
    TEACHERS = "teachers", _("guru")
    MSMES = "msmes", _("pelaku UMKM")
    JOB_SEEKERS = "job_seekers", _("pencari kerja")


class NeedQuerySet(models.QuerySet["Need"]):
    def public(self) -> "NeedQuerySet":
        """What the public may see: everything that was ever published."""
        return self.exclude(published_at=None)

    def published(self) -> "NeedQuerySet":
        return self.filter(state=NeedState.PUBLISHED)

    def open(self) -> "NeedQuerySet":
        """Published, not past its deadline, and something still missing: what one can pledge to."""
        return self.published().filter(deadline__gte=clock.today(), target__gt=F("held") + F("reserved"))

    def within(self, code: str) -> "NeedQuerySet":
        """Needs whose recipient lies in that region."""
        return self.filter(within("region", code))

    def visible_to(self, user: object) -> "NeedQuerySet":
        """Needs that this person works with; drafts included."""
        return self.filter(Scope.of(user).as_q(Permission.NEED_SEE, Need.SCOPE_PATHS))

    def with_missing(self) -> "NeedQuerySet":
        """Adds `missing_quantity`: what is neither held nor reserved."""
        return self.annotate(missing_quantity=F("target") - F("held") - F("reserved"))

    def for_rows(self) -> "NeedQuerySet":
        """With everything that a row of a list shows, in one query."""
        return self.select_related(
            "program", "aid_type", "region__parent__parent__parent", "site"
        ).with_missing()


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Need(models.Model):
    """A program's aid type for one recipient: how much, for whom, why and until when.

    The counters are quantities in the aid type's unit. They are kept by the database: triggers on the
    allocations add up what each need has, and the checks below hold whoever writes.
    """

    VERBS: ClassVar[Table] = NEED
    KEPT_BY_DATABASE: ClassVar[tuple[str, ...]] = COUNTERS
    SCOPE_PATHS: ClassVar[Paths] = Paths(region="region", site="site", program="program")

    program = models.ForeignKey(Program, models.PROTECT, related_name="needs", verbose_name=_("program"))
    aid_type = models.ForeignKey(
        AidType, models.PROTECT, related_name="needs", verbose_name=_("bentuk bantuan")
    )
    region = models.ForeignKey(
        "regions.Region", models.PROTECT, related_name="needs", verbose_name=_("wilayah")
    )
    site = models.ForeignKey(
        "regions.Site", models.PROTECT, null=True, blank=True, related_name="needs", verbose_name=_("lembaga")
    )
    target = models.BigIntegerField(_("target"))
    people = models.PositiveIntegerField(_("jumlah orang atau keluarga"))
    people_kind = models.CharField(_("untuk siapa"), max_length=20, choices=PeopleKind)
    unit_value = models.PositiveBigIntegerField(_("nilai acuan satu satuan (rupiah)"), null=True, blank=True)
    reason = models.TextField(_("mengapa di sini"))
    handover_place = models.CharField(_("tempat serah terima"), max_length=200, blank=True)
    priority = models.SmallIntegerField(_("prioritas"), choices=Priority, default=Priority.NORMAL)
    deadline = models.DateField(_("diharapkan tiba sebelum"))
    state = models.CharField(max_length=20, default=NeedState.DRAFT)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)

    held = models.BigIntegerField(default=0, editable=False)
    reserved = models.BigIntegerField(default=0, editable=False)
    dispatched = models.BigIntegerField(default=0, editable=False)
    received = models.BigIntegerField(default=0, editable=False)
    verified = models.BigIntegerField(default=0, editable=False)

    objects: ClassVar[NeedQuerySet] = NeedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-priority", "deadline", "id")
        indexes = (
            models.Index(fields=("state", "deadline"), name="need_state_deadline"),
            models.Index(fields=("program", "aid_type", "state"), name="need_program_aid_state"),
        )
        constraints = (
            models.CheckConstraint(
                name="need_target_is_positive", condition=Q(target__gt=0, target__lte=10**12)
            ),
            models.CheckConstraint(
                name="need_counters_are_not_negative",
                condition=Q(held__gte=0, reserved__gte=0, verified__gte=0),
            ),
            models.CheckConstraint(
                name="need_is_not_overfilled", condition=Q(target__gte=F("held") + F("reserved"))
            ),
            models.CheckConstraint(
                name="need_chain_of_quantities",
                condition=Q(
                    reserved__gte=F("dispatched"), dispatched__gte=F("received"), received__gte=F("verified")
                ),
            ),
            models.CheckConstraint(
                name="need_holds_only_while_open", condition=Q(state__in=("published", "paused")) | Q(held=0)
            ),
            models.CheckConstraint(
                name="need_published_when_it_is_public",
                condition=Q(state__in=("draft", "closed")) | Q(published_at__isnull=False),
            ),
        )
        triggers = (
            # A pledge reads the need without a lock and holds with its last statement: one that was paused in
            # between takes no more, and answers under the name of the check that says the same of closed ones.
            pgtrigger.Trigger(
                name="takes_no_more_while_paused",
                level=pgtrigger.Row,
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(new__state="paused", new__held__gt=pgtrigger.F("old__held")),
                func=(
                    "RAISE EXCEPTION 'need % is paused', NEW.id USING ERRCODE = 'check_violation', "
                    "CONSTRAINT = 'need_holds_only_while_open', TABLE = 'programs_need';"
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.recipient_name}"

    def get_absolute_url(self) -> str:
        return reverse("need", args=[self.pk])

    @property
    def number(self) -> str:
        return f"K-{timezone.localtime(self.created_at).year}-{self.pk:05d}" if self.pk else ""

    @property
    def recipient_kind(self) -> str:
        """ "rw", or the kind of site."""
        return self.site.kind if self.site else "rw"

    @property
    def recipient_name(self) -> str:
        return str(self.site or self.region.full_name)

    @property
    def state_label(self) -> str | Promise:
        return NEED_STATE_LABELS[NeedState(self.state)]

    @property
    def allocated(self) -> int:
        """The published word for `reserved`."""
        return self.reserved

    @property
    def missing(self) -> int:
        return self.target - self.held - self.reserved

    @property
    def is_open(self) -> bool:
        return self.state == NeedState.PUBLISHED and self.deadline >= clock.today() and self.missing > 0

    @property
    def coverage(self) -> Coverage:
        """For the coverage bar."""
        return Coverage(
            target=self.target,
            held=self.held,
            reserved=self.reserved,
            received=self.received,
            verified=self.verified,
            unit=self.aid_type.unit_for(self.missing),
        )


class NeedMove(Move):
    subject = models.ForeignKey(Need, models.PROTECT, related_name="moves")

    class Meta(Move.Meta):
        pass
