"""Who is told of documents: the members of the organisation, when one that took a job is there or could not be made."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from accounts.notices.audiences import person
from accounts.notices.kinds import Group, Kind
from accounts.notices.registry import News, tells
from donations.proofs.models import Proof, ProofKind

READY = Kind(
    "proof.ready", Group.MEMBERSHIP,
    title=_("Laporan dampak %(year)s siap"),
    text=_("Unduh PDF-nya, dan putuskan apakah dibagikan kepada umum."),
    tells_actor=True,
)  # fmt: skip
FAILED = Kind(
    "proof.failed", Group.MEMBERSHIP,
    title=_("Laporan dampak %(year)s gagal disusun"),
    text=_("Catatannya tidak berubah. Coba lagi dari halamannya."),
    tells_actor=True,
)  # fmt: skip


@tells(Proof, "finish", "fail")
def made(act) -> Iterator[News]:  # type: ignore[no-untyped-def]
    """Only of reports, which are made while nobody waits; what is made at once is on the screen."""
    proof = act.subject
    if proof.kind == ProofKind.REPORT:
        kind = READY if act.verb.name == "finish" else FAILED
        yield News(kind, person(proof.issued_by_id), proof, {"year": str(proof.year)}, label=proof.number)
