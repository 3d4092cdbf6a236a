"""The table of verbs of an issued document."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from accounts.roles import Permission
from accounts.verbs import NEW, Table, Verb, states


class ProofState(StrEnum):
    MAKING = "making"
    ISSUED = "issued"
    SHARED = "shared"
    FAILED = "failed"


PROOF_STATE_LABELS = {
    ProofState.MAKING: _("sedang disusun"),
    ProofState.ISSUED: _("tersimpan, tidak umum"),
    ProofState.SHARED: _("dibagikan"),
    ProofState.FAILED: _("gagal disusun"),
}

PROOF = Table(
    "issued document",
    ProofState,
    Verb("issue", states(NEW), ProofState.MAKING, Permission.PROOF_ISSUE,
         _("Terbitkan"), _("Dokumen diminta")),
    Verb("finish", states("making"), ProofState.ISSUED, None,
         _("Selesaikan"), _("Dokumen terbit"), by_platform=True),
    Verb("fail", states("making"), ProofState.FAILED, None,
         _("Nyatakan gagal"), _("Dokumen gagal disusun"), by_platform=True),
    Verb("retry", states("failed"), ProofState.MAKING, Permission.PROOF_ISSUE,
         _("Coba lagi"), _("Dokumen diminta lagi")),
    Verb("share", states("issued"), ProofState.SHARED, Permission.PROOF_SHARE,
         _("Bagikan"), _("Dokumen dibagikan kepada umum")),
    Verb("withdraw", states("shared"), ProofState.ISSUED, Permission.PROOF_SHARE,
         _("Berhenti membagikan"), _("Dokumen tidak lagi umum")),
)  # fmt: skip
