import json
import secrets
from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts import clock
from accounts.sealing import SealedFile
from donations.misconduct.models.cases import Case
from donations.misconduct.models.drafts import CaseDraft
from donations.misconduct.secrecy import EncryptedText

APPEND_ONLY = (pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),)


class CaseEntry(models.Model):
    """What was told in a case, encrypted; rows are only ever added.

    The report itself is one, as JSON. `author`: the officer who wrote; None for the reporter.
    """

    class Kind(models.TextChoices):
        REPORT = "report", _("laporan")
        REPORTER = "reporter", _("pelapor")
        OFFICE = "office", _("pemeriksa")
        NOTE = "note", _("catatan internal")

    case = models.ForeignKey(Case, models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=10, choices=Kind)
    body = EncryptedText()
    at = models.DateTimeField(default=clock.now, editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("at", "id")
        triggers = APPEND_ONLY

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind}"

    @classmethod
    def empty(cls, case: Case) -> None:
        """Remove what was told in a case, years later: the one change that an entry sees."""
        with pgtrigger.ignore("donations.CaseEntry:append_only"):
            cls.objects.filter(case=case).update(body="")

    @property
    def told(self) -> dict[str, Any]:
        """The report's answers."""
        found: dict[str, Any] = json.loads(str(self.body))
        return found


def evidence_path(row: "Evidence", filename: str) -> str:
    """Under an unguessable name that tells neither what it is nor whose."""
    return f"misconduct/{secrets.token_hex(16)}"


class Evidence(SealedFile, models.Model):
    """A picture or document, cleaned of what it says about its maker, and encrypted as a whole file."""

    class Kind(models.TextChoices):
        PHOTO = "photo", _("foto")
        PDF = "pdf", _("PDF")

    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="evidence")
    draft = models.ForeignKey(CaseDraft, models.CASCADE, null=True, blank=True, related_name="evidence")
    kind = models.CharField(max_length=10, choices=Kind)
    file = models.FileField(upload_to=evidence_path)
    size = models.PositiveIntegerField()
    at = models.DateTimeField(default=clock.now, editable=False)
    # The inspector who added it; None for the reporter.
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                name="evidence_of_an_inspector_is_of_a_case", condition=Q(added_by=None) | Q(draft=None)
            ),
            models.CheckConstraint(
                name="evidence_of_a_case_or_a_draft",
                condition=Q(case=None, draft__isnull=False) | Q(case__isnull=False, draft=None),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"

    @property
    def media_type(self) -> str:
        return "image/jpeg" if self.kind == Evidence.Kind.PHOTO else "application/pdf"

    @property
    def suffix(self) -> str:
        return "jpg" if self.kind == Evidence.Kind.PHOTO else "pdf"


class CaseView(models.Model):
    """Who opened a case or one of its pieces of evidence, and when; rows are only ever added."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="views")
    evidence = models.ForeignKey(Evidence, models.PROTECT, null=True, blank=True, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ("-at", "-id")
        triggers = APPEND_ONLY

    def __str__(self) -> str:
        return f"{self.user_id} {self.case_id} {self.at}"
