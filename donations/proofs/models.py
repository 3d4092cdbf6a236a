"""Documents that were issued to a giver: what each said, which file it was, and who may see it."""

import secrets
from collections.abc import Collection
from typing import Any, ClassVar

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts import clock
from accounts.models import Move, Organisation
from accounts.roles import Permission, Role
from accounts.scope import Paths, Scope
from accounts.verbs import Table
from donations.handovers.models import CODE_LENGTH, HandoverPhoto, new_code
from donations.pledges.models import Commitment, Pledge
from donations.proofs.states import PROOF, PROOF_STATE_LABELS, ProofState
from regions import notation


class ProofKind(models.TextChoices):
    LETTER = "letter", _("surat pernyataan")
    CERTIFICATE = "certificate", _("piagam bantuan")
    REPORT = "report", _("laporan dampak")


def file_path(proof: "Proof", filename: str) -> str:
    """Where a document lies: under an unguessable name."""
    return f"dokumen/{proof.code}/{secrets.token_hex(8)}.pdf"


class ProofQuerySet(models.QuerySet["Proof"]):
    def visible_to(self, user: object) -> "ProofQuerySet":
        """Those of one's organisations; and letters and certificates of commitments that one sees as an officer."""
        seen = Commitment.objects.visible_to(user).order_by()
        return self.filter(
            Scope.of(user).as_q(Permission.PROOF_SEE, Proof.SCOPE_PATHS)
            | Q(commitment__in=seen)
            | Q(pledge__in=seen.values("pledge"))
        )

    def issued(self) -> "ProofQuerySet":
        """Those that were finished: anybody who has the code may check them."""
        return self.exclude(sha256="")

    def shared(self) -> "ProofQuerySet":
        return self.filter(state=ProofState.SHARED)


def unnamed_pledges(organisation: int) -> set[int]:
    """The pledges of a giver that are not to be named."""
    found = Pledge.objects.filter(collaborator=organisation, may_be_named=False)
    return set(found.values_list("pk", flat=True))


_ONCE = pgtrigger.Q(old__sha256__gt="") & (
    pgtrigger.Q(old__sha256__df=pgtrigger.F("new__sha256"))
    | pgtrigger.Q(old__figures__df=pgtrigger.F("new__figures"))
)


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent(), exclude=["giver", "file"])
class Proof(models.Model):
    """One version of one document: of a pledge (letter), a commitment (certificate) or an organisation's year (report).

    What it said (`figures`) and the SHA-256 of its file never change once it is issued; issued anew it is a new row.
    `giver`, the name printed on it, goes when that person's account is erased, and the file with it.
    """

    VERBS: ClassVar[Table] = PROOF
    SCOPE_PATHS: ClassVar[Paths] = Paths(organisations={Role.COLLABORATOR: "organisation"})

    kind = models.CharField(max_length=12, choices=ProofKind)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="proofs")
    pledge = models.ForeignKey(Pledge, models.PROTECT, null=True, blank=True, related_name="proofs")
    commitment = models.ForeignKey(Commitment, models.PROTECT, null=True, blank=True, related_name="proofs")
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    # A report of those pledges only in which the giver may be named: it can be shared.
    named_only = models.BooleanField(default=False)
    version = models.PositiveSmallIntegerField(default=1)
    code = models.CharField(max_length=CODE_LENGTH, unique=True, default=new_code, editable=False)
    language = models.CharField(max_length=5, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE)
    # Where the code on the paper leads; a job knows no host.
    check_url = models.CharField(max_length=300)
    state = models.CharField(max_length=20, default=ProofState.MAKING)
    giver = models.CharField(max_length=200, blank=True)
    figures = models.JSONField(default=dict, blank=True)
    file = models.FileField(upload_to=file_path, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    asked_at = models.DateTimeField(default=clock.now, editable=False)
    issued_at = models.DateTimeField(null=True, blank=True, editable=False)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects: ClassVar[ProofQuerySet] = ProofQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("-asked_at", "-id")
        constraints = (
            models.CheckConstraint(
                name="proof_is_about_what_its_kind_says",
                condition=Q(kind="letter", pledge__isnull=False, commitment=None, year=None)
                | Q(kind="certificate", pledge=None, commitment__isnull=False, year=None)
                | Q(kind="report", pledge=None, commitment=None, year__isnull=False),
            ),
            models.CheckConstraint(
                name="proof_issued_has_its_time_and_hash",
                condition=~Q(state__in=("issued", "shared")) | (Q(issued_at__isnull=False) & ~Q(sha256="")),
            ),
            models.CheckConstraint(
                name="proof_letter_is_not_shared", condition=~Q(kind="letter", state="shared")
            ),
            models.UniqueConstraint(
                fields=("pledge", "commitment", "organisation", "year", "named_only", "language", "version"),
                nulls_distinct=False, name="proof_one_of_each_version",
            ),
        )  # fmt: skip
        triggers = (
            pgtrigger.Protect(name="said_once", operation=pgtrigger.Update, condition=_ONCE),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        )

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        """Its page for the giver."""
        return reverse("proof", args=[self.code])

    @property
    def subject_number(self) -> str:
        """What it is about, as it is numbered: KM-00012, IK-0004, or the year."""
        about = self.pledge or self.commitment
        return about.number if about is not None else str(self.year)

    @property
    def number(self) -> str:
        return f"{self.subject_number}{notation.DOT}v{self.version}"

    @property
    def reference(self) -> str:
        """What stands behind its title: the year of a report is in the title already."""
        return f"v{self.version}" if self.year else self.number

    @property
    def code_in_groups(self) -> str:
        """The code as it is printed: K7QF-2M9X-4TRD."""
        return "-".join(self.code[i : i + 4] for i in range(0, CODE_LENGTH, 4))

    @property
    def state_label(self) -> str | Promise:
        return PROOF_STATE_LABELS[ProofState(self.state)]

    @property
    def is_issued(self) -> bool:
        return bool(self.sha256)

    @property
    def is_shared(self) -> bool:
        return self.state == ProofState.SHARED

    @property
    def is_nameable(self) -> bool:
        """Whether all that is in it may bear the giver's name in public now."""
        return self.is_nameable_beside(unnamed_pledges(self.organisation_id) if self.year else ())

    def is_nameable_beside(self, unnamed: Collection[int]) -> bool:
        """The same, where the giver's pledges that are not to be named are known: the leave may be taken back."""
        if not (self.organisation.is_confirmed and self.organisation.state == "active"):
            return False
        if self.commitment is not None:
            return self.commitment.pledge.may_be_named
        # A report from before its pledges were listed may hold any of them; issued anew it lists them.
        return self.named_only and set(unnamed).isdisjoint(self.figures.get("pledges", unnamed))

    def photos(self) -> "models.QuerySet[HandoverPhoto]":
        """Its photos that are still cleared."""
        return HandoverPhoto.objects.cleared().filter(pk__in=self.figures.get("photos", ()))

    @property
    def shows_only_cleared_photos(self) -> bool:
        """Whether no photo in the file was taken out of the gallery since."""
        return self.photos().count() == len(self.figures.get("photos", ()))

    def same_subject(self) -> dict[str, Any]:
        """The lookup of all versions of this document."""
        return {
            "kind": self.kind, "organisation": self.organisation_id, "pledge": self.pledge_id,
            "commitment": self.commitment_id, "year": self.year, "named_only": self.named_only,
        }  # fmt: skip


class ProofMove(Move):
    subject = models.ForeignKey(Proof, models.PROTECT, related_name="moves")

    class Meta(Move.Meta):
        pass
