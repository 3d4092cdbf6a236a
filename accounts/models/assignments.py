from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts import clock
from accounts.models.journal import Move
from accounts.models.organisations import Organisation
from accounts.models.users import User
from accounts.roles import (
    AREA_ROLES,
    ORGANISATION_ROLES,
    RECIPIENT_ROLES,
    STANDING_LABELS,
    Permission,
    Role,
    Standing,
)
from accounts.scope import Paths
from accounts.verbs import NEW, Table, Verb, states


class AssignmentState(models.TextChoices):
    APPOINTED = "appointed", _("ditugaskan")
    ENDED = "ended", _("berakhir")


def works_for_what_its_role_does() -> Q:
    """The condition that a row's region, site or organisation is what its role works for, and only that."""
    return (
        Q(role__in=sorted(AREA_ROLES), region__isnull=False, site=None, organisation=None)
        | Q(role__in=sorted(RECIPIENT_ROLES), region__isnull=False, site=None, organisation=None)
        | Q(role__in=sorted(RECIPIENT_ROLES), region=None, site__isnull=False, organisation=None)
        | Q(role__in=sorted(ORGANISATION_ROLES), region=None, site=None, organisation__isnull=False)
    )


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def in_force(self, on: date | None = None) -> "AssignmentQuerySet":
        """Appointed, begun and not over on that day (default: today)."""
        day = on or clock.today()
        return self.not_over(day).filter(starts__lte=day)

    def not_over(self, on: date | None = None) -> "AssignmentQuerySet":
        """Appointed and not over on that day (default: today), begun or not."""
        day = on or clock.today()
        return self.filter(Q(ends=None) | Q(ends__gte=day), state=AssignmentState.APPOINTED)


class Assignment(models.Model):
    """Who is what, where, for which program and for how long."""

    VERBS: ClassVar[Table] = Table(
        "assignment",
        AssignmentState,
        Verb("appoint", states(NEW), AssignmentState.APPOINTED, Permission.PEOPLE_MANAGE,
             _("Tugaskan"), _("Ditugaskan")),
        Verb("prolong", states("appointed"), None, Permission.PEOPLE_MANAGE,
             _("Ubah masa tugas"), _("Masa tugas diubah"), needs_reason=True),
        Verb("end", states("appointed"), AssignmentState.ENDED, Permission.PEOPLE_MANAGE,
             _("Akhiri tugas"), _("Tugas diakhiri"), needs_reason=True, danger=True),
        # Within an organisation its own members decide.
        Verb("join", states(NEW), AssignmentState.APPOINTED, Permission.MEMBER_MANAGE,
             _("Terima sebagai anggota"), _("Bergabung dengan organisasi")),
        Verb("rank", states("appointed"), None, Permission.MEMBER_MANAGE,
             _("Ubah kedudukan"), _("Kedudukan di organisasi diubah")),
        Verb("hand_over", states("appointed"), None, Permission.OWNERSHIP,
             _("Serahkan kepemilikan"), _("Kepemilikan diserahkan")),
        Verb("dismiss", states("appointed"), AssignmentState.ENDED, Permission.MEMBER_MANAGE,
             _("Keluarkan"), _("Dikeluarkan dari organisasi"), needs_reason=True, danger=True),
        Verb("leave", states("appointed"), AssignmentState.ENDED, None,
             _("Keluar dari organisasi"), _("Keluar dari organisasi"), by_owner=True, danger=True),
    )  # fmt: skip
    SCOPE_PATHS: ClassVar[Paths] = Paths(
        region="area", organisations=dict.fromkeys(sorted(ORGANISATION_ROLES), "organisation")
    )

    user = models.ForeignKey(User, models.PROTECT, related_name="assignments")
    role = models.CharField(_("peran"), max_length=20, choices=[(role.value, role.label) for role in Role])
    region = models.ForeignKey(
        "regions.Region", models.PROTECT, null=True, blank=True, verbose_name=_("wilayah"), related_name="+"
    )
    site = models.ForeignKey(
        "regions.Site", models.PROTECT, null=True, blank=True, verbose_name=_("lembaga"), related_name="+"
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("organisasi"),
        related_name="assignments",
    )
    area = models.ForeignKey(
        "regions.Region", models.PROTECT, verbose_name=_("dikelola oleh wilayah"), related_name="+",
        help_text=_("Wilayah yang administratornya mengurus penugasan ini."),
    )  # fmt: skip
    program_code = models.SlugField(
        _("program"), max_length=40, blank=True, db_index=False,
        help_text=_("Kosong berarti semua program."),
    )  # fmt: skip
    standing = models.CharField(
        _("kedudukan di organisasi"), max_length=10, blank=True,
        choices=[(one.value, label) for one, label in STANDING_LABELS.items()],
    )  # fmt: skip
    starts = models.DateField(_("mulai"), default=clock.today)
    ends = models.DateField(_("sampai"), null=True, blank=True)
    state = models.CharField(max_length=20, choices=AssignmentState, default=AssignmentState.APPOINTED)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ("-starts", "-id")
        constraints = (
            models.CheckConstraint(
                name="assignment_to_what_its_role_works_for", condition=works_for_what_its_role_does()
            ),
            models.CheckConstraint(
                name="assignment_term_is_not_turned_round", condition=Q(ends=None) | Q(ends__gte=F("starts"))
            ),
            models.CheckConstraint(
                name="assignment_standing_in_an_organisation",
                condition=Q(standing="") | Q(organisation__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{Role(self.role).label} {self.place}"

    @property
    def owner_id(self) -> int:
        """Whose it is: one leaves an organisation oneself."""
        return self.user_id

    @property
    def is_owner(self) -> bool:
        return self.standing == Standing.OWNER

    @property
    def is_over(self) -> bool:
        """Ended by hand, or its term is past."""
        return self.state == AssignmentState.ENDED or (self.ends is not None and self.ends < clock.today())

    @property
    def place(self) -> models.Model | None:
        """The region, site or organisation that the assignment is for."""
        return self.region or self.site or self.organisation


class AssignmentMove(Move):
    subject = models.ForeignKey(Assignment, models.PROTECT, related_name="moves")

    class Meta(Move.Meta):
        pass
