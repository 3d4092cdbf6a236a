"""How long a document takes: its figures, its words and the PDF, in seconds beside the goal (a number of seconds)."""

import statistics
import time
from collections.abc import Callable

from accounts import clock
from donations.handovers.models import HandoverPhoto
from donations.pledges.models import Commitment
from donations.proofs import papers
from donations.proofs.models import Proof, ProofKind
from donations.proofs.queries.figures import certificate_figures, report_figures, years_of
from regions.benchmarks import Measurement, benchmark

ROUNDS = 5
PHOTOS = 12


@benchmark("pdf_certificate", unit="s", at_most=0.3, data="demo")
def pdf_certificate() -> Measurement:
    """The certificate of the demo's largest verified commitment; the baseline is one second."""
    commitment = Commitment.objects.for_rows().filter(verified__gt=0).order_by("-verified", "pk")[0]
    proof = Proof(
        kind=ProofKind.CERTIFICATE, commitment=commitment, organisation=commitment.pledge.collaborator,
        check_url="https://ksbb.example.id/id/cek/K7QF2M9X4TRD/",
    )  # fmt: skip
    return _timed(lambda: papers.set_paper(proof, certificate_figures(commitment), "Contoh", clock.now()))


@benchmark("pdf_impact", unit="s", at_most=1.5, data="demo")
def pdf_impact() -> Measurement:
    """A report of three pages with twelve photos, of the demo's busiest giver; the baseline is one second."""
    organisation = max(
        (one.pledge.collaborator for one in Commitment.objects.for_rows().order_by("-verified")[:20]),
        key=lambda one: one.pledges.count(),
    )
    year = years_of(organisation)[0]
    proof = Proof(
        kind=ProofKind.REPORT, organisation=organisation, year=year,
        check_url="https://ksbb.example.id/id/cek/K7QF2M9X4TRD/",
    )  # fmt: skip
    photos = list(HandoverPhoto.objects.cleared().order_by("pk").values_list("pk", flat=True)[:PHOTOS])

    def make() -> None:
        figures = report_figures(organisation, year, named_only=False)
        papers.set_paper(proof, {**figures, "photos": photos}, "Contoh", clock.now())

    return _timed(make)


def _timed(make: Callable[[], object]) -> Measurement:
    taken = []
    for _round in range(ROUNDS):
        begin = time.perf_counter()
        make()
        taken.append(time.perf_counter() - begin)
    return Measurement(ours=statistics.median(taken), baseline=1.0)
