from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts import clock
from accounts.models.assignments import works_for_what_its_role_does
from accounts.models.journal import Move
from accounts.models.organisations import Organisation
from accounts.roles import ORGANISATION_ROLES, STANDING_LABELS, Permission, Role
from accounts.scope import Paths
from accounts.verbs import NEW, Table, Verb, states


class InvitationState(models.TextChoices):
    OPEN = "open", _("menunggu")
    ACCEPTED = "accepted", pgettext_lazy("invitation", "diterima")
    REVOKED = "revoked", _("dicabut")


class Invitation(models.Model):
    """Somebody is asked to take on a role; accepting makes the assignment.

    By e-mail it is a link; by phone number (`user` is set then) it is accepted with the first code.
    """

    VERBS: ClassVar[Table] = Table(
        "invitation",
        InvitationState,
        Verb("invite", states(NEW), InvitationState.OPEN, Permission.PEOPLE_MANAGE,
             _("Undang"), _("Diundang")),
        Verb("resend", states("open"), None, Permission.PEOPLE_MANAGE,
             _("Kirim ulang"), _("Undangan dikirim ulang")),
        Verb("accept", states("open"), InvitationState.ACCEPTED, None,
             _("Terima undangan"), _("Undangan diterima"), by_platform=True),
        Verb("revoke", states("open"), InvitationState.REVOKED, Permission.PEOPLE_MANAGE,
             _("Cabut undangan"), _("Undangan dicabut"), danger=True),
        # Within an organisation its own members decide.
        Verb("call", states(NEW), InvitationState.OPEN, Permission.MEMBER_MANAGE,
             _("Undang anggota"), _("Diundang menjadi anggota")),
        Verb("renew", states("open"), None, Permission.MEMBER_MANAGE,
             _("Kirim ulang"), _("Undangan dikirim ulang")),
        Verb("withdraw", states("open"), InvitationState.REVOKED, Permission.MEMBER_MANAGE,
             _("Cabut undangan"), _("Undangan dicabut"), danger=True),
    )  # fmt: skip
    SCOPE_PATHS: ClassVar[Paths] = Paths(
        region="area", organisations=dict.fromkeys(sorted(ORGANISATION_ROLES), "organisation")
    )

    email = models.EmailField(_("surel"), blank=True)
    name = models.CharField(_("nama"), max_length=150)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="invitations"
    )
    role = models.CharField(_("peran"), max_length=20, choices=[(role.value, role.label) for role in Role])
    region = models.ForeignKey("regions.Region", models.PROTECT, null=True, blank=True, related_name="+")
    site = models.ForeignKey("regions.Site", models.PROTECT, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="invitations"
    )
    area = models.ForeignKey("regions.Region", models.PROTECT, related_name="+")
    program_code = models.SlugField(max_length=40, blank=True, db_index=False)
    standing = models.CharField(
        max_length=10, blank=True, choices=[(one.value, label) for one, label in STANDING_LABELS.items()]
    )
    ends = models.DateField(_("sampai"), null=True, blank=True)
    language = models.CharField(max_length=5, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE)
    token_digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=20, choices=InvitationState, default=InvitationState.OPEN)

    class Meta:
        ordering = ("-created_at", "-id")
        constraints = (
            models.CheckConstraint(
                name="invitation_to_what_its_role_works_for", condition=works_for_what_its_role_does()
            ),
            models.CheckConstraint(
                name="invitation_to_somebody", condition=~Q(email="") | Q(user__isnull=False)
            ),
            models.CheckConstraint(
                name="invitation_accepted_has_its_time",
                condition=Q(state="accepted", accepted_at__isnull=False)
                | (~Q(state="accepted") & Q(accepted_at__isnull=True)),
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} {Role(self.role).label} {self.place}"

    @property
    def place(self) -> models.Model | None:
        """The region, site or organisation that the role is for."""
        return self.region or self.site or self.organisation

    @property
    def is_open(self) -> bool:
        return self.state == InvitationState.OPEN and clock.now() < self.expires_at

    @property
    def has_lapsed(self) -> bool:
        return self.state == InvitationState.OPEN and not self.is_open


class InvitationMove(Move):
    subject = models.ForeignKey(Invitation, models.PROTECT, related_name="moves")

    class Meta(Move.Meta):
        pass
