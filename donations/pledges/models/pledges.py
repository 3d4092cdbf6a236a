import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts import clock
from accounts.models import Organisation
from accounts.roles import Permission, Role
from accounts.scope import Paths, Scope


class PledgeQuerySet(models.QuerySet["Pledge"]):
    def visible_to(self, user: object) -> "PledgeQuerySet":
        """Pledges of the organisations in which this person is a collaborator."""
        return self.filter(Scope.of(user).as_q(Permission.PLEDGE_SUBMIT, Pledge.SCOPE_PATHS))


class Pledge(models.Model):
    """What a collaborator sent in one go: one statement, one confirmation, one or more commitments."""

    SCOPE_PATHS: ClassVar[Paths] = Paths(organisations={Role.COLLABORATOR: "collaborator"})

    collaborator = models.ForeignKey(
        Organisation, models.PROTECT, related_name="pledges", verbose_name=_("kolaborator")
    )
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField(default=clock.now)
    # One form, one pledge: the form carries a key, and the same key never makes a second pledge.
    submission_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # The letter as it was agreed to: its text, which wording of it, in which language, and when.
    statement = models.TextField(_("surat pernyataan yang disetujui"), blank=True)
    statement_version = models.CharField(max_length=20, blank=True)
    statement_language = models.CharField(max_length=10, blank=True)
    agreed_at = models.DateTimeField(null=True, blank=True)
    may_be_named = models.BooleanField(_("boleh disebut namanya"), default=False)
    note = models.TextField(_("pesan kepada asesor"), blank=True)

    objects: ClassVar[PledgeQuerySet] = PledgeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-submitted_at", "-id")

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("pledge", args=[self.pk])

    @property
    def number(self) -> str:
        return f"IK-{self.pk:04d}" if self.pk else ""

    @property
    def public_name(self) -> str:
        """The collaborator's name if this pledge may be named, else the words for one who stays unnamed."""
        if not self.collaborator.is_confirmed:
            return str(self.collaborator.public_name)
        return self.collaborator.name if self.may_be_named else str(_("Tidak ingin disebut"))
