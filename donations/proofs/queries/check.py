"""Whether what a document says still holds: the same figures, read again now."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from donations.handovers.queries import code_of
from donations.pledges.models import Commitment
from donations.proofs.models import Proof, ProofKind
from donations.proofs.queries.figures import Figures, certificate_figures, report_figures

# What is compared, in the order of the page.
COMPARED: dict[str, tuple[tuple[str, str | Promise], ...]] = {
    ProofKind.CERTIFICATE: (
        ("promised", gettext_lazy("Diikrarkan")),
        ("received", gettext_lazy("Diterima baik")),
        ("verified", gettext_lazy("Terverifikasi")),
    ),
    ProofKind.REPORT: (
        ("commitments", gettext_lazy("Komitmen yang diterima asesor")),
        ("promised_value", gettext_lazy("Nilai yang diikrarkan")),
        ("received_value", gettext_lazy("Nilai yang diterima baik")),
        ("verified_value", gettext_lazy("Nilai yang terverifikasi")),
        ("handovers", gettext_lazy("Berita acara")),
        ("recipients", gettext_lazy("Penerima")),
    ),
    ProofKind.LETTER: (("quantities", gettext_lazy("Jumlah yang diikrarkan")),),
}


@dataclass(frozen=True, slots=True)
class Compared:
    """One figure as the document says it and as it is now."""

    name: str
    label: str | Promise
    then: Any
    now: Any

    @property
    def same(self) -> bool:
        return bool(self.then == self.now)

    @property
    def is_less(self) -> bool:
        """Less than the document says: what it states no longer holds."""
        if isinstance(self.then, int) and isinstance(self.now, int):
            return self.now < self.then
        return not self.same


def find(text: str) -> Proof | None:
    """The issued document with that code, however it was typed."""
    return (
        Proof.objects.issued()
        .select_related("organisation", "commitment__pledge", "commitment__aid_type", "pledge")
        .filter(code=code_of(text))
        .first()
    )


def figures_of(proof: Proof) -> Figures:
    """Its figures as they are now."""
    if proof.commitment is not None:
        return certificate_figures(proof.commitment)
    if proof.pledge is not None:
        return letter_figures(proof)
    assert proof.year is not None
    return report_figures(proof.organisation, proof.year, named_only=proof.named_only)


def letter_figures(proof: Proof) -> Figures:
    assert proof.pledge is not None
    commitments = list(proof.pledge.commitments.order_by("pk"))
    return {
        "pledge": proof.pledge.number,
        "commitments": [one.number for one in commitments],
        "quantities": [one.quantity for one in commitments],
        "aid_types": [one.aid_type_id for one in commitments],
        "agreed_at": proof.pledge.submitted_at.isoformat(),
    }


def compared(proof: Proof) -> list[Compared]:
    """Each figure that counts, then and now. A fixed number of queries."""
    now = figures_of(proof)
    return [
        Compared(name, label, proof.figures.get(name), now.get(name)) for name, label in COMPARED[proof.kind]
    ]


def standing(rows: list[Compared]) -> tuple[str, str]:
    """The mark of components/alert.html, and the sentence: holds, has grown, or holds no longer."""
    if any(row.is_less for row in rows):
        return "warn", _("Sebagian angkanya sekarang lebih kecil daripada yang tertulis di dokumen.")
    if all(row.same for row in rows):
        return "good", _("Semua angkanya masih sama dengan catatan platform sekarang.")
    return "good", _("Yang tertulis masih benar; sejak terbit ada yang bertambah.")


def latest_of(proof: Proof) -> Proof | None:
    """The newest issued version that says something else; the same in the other language is none."""
    later = Proof.objects.issued().filter(**proof.same_subject(), version__gt=proof.version)
    return later.exclude(figures=proof.figures).order_by("-version").first()


def living(commitment: Commitment) -> bool:
    """Whether a certificate can be issued: something of it is verified."""
    return commitment.verified > 0
