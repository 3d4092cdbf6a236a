"""Verbs on documents: issuing, sharing, withdrawing."""

import hashlib
import logging
from collections.abc import Iterable

import pghistory
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts import clock
from accounts.actions import perform
from accounts.errors import NotAllowed, Refused
from accounts.models import Organisation, User
from accounts.once import hold_key
from accounts.roles import Permission, Role
from accounts.scope import Place, Scope
from accounts.stored import delete_after_commit
from accounts.typesetting import NotSet
from donations.pledges.models import Commitment, Pledge
from donations.proofs import papers
from donations.proofs.models import Proof, ProofKind
from donations.proofs.queries.check import figures_of, living
from donations.proofs.queries.figures import years_of
from donations.proofs.states import ProofState

log = logging.getLogger(__name__)


def letter_of(*, pledge: Pledge, base_url: str) -> Proof:
    """The letter of a pledge as it was agreed to: set once, when first asked for. Refused where none was agreed to."""
    if not pledge.statement:
        raise Refused(_("Ikrar ini dibuat tanpa surat pernyataan."))
    with transaction.atomic():
        hold_key(f"letter {pledge.pk}")
        found = Proof.objects.filter(pledge=pledge).order_by("-version").first()
        proof = found or _new(
            ProofKind.LETTER, pledge.collaborator, None, base_url, language="id", pledge=pledge
        )
    if proof.state == ProofState.MAKING:
        make(proof.pk)
        proof.refresh_from_db()
    return proof


def issue_certificate(*, commitment: Commitment, by: User | None, base_url: str, language: str) -> Proof:
    """A certificate of what of a commitment is verified, at once. Nothing new since the last one: that one."""
    if not living(commitment):
        raise Refused(_("Piagam terbit setelah ada yang terverifikasi dari komitmen ini."))
    return _issue(
        ProofKind.CERTIFICATE,
        commitment.pledge.collaborator,
        by,
        base_url,
        language=language,
        commitment=commitment,
    )


def issue_report(
    *, organisation: Organisation, year: int, named_only: bool, by: User | None, base_url: str, language: str
) -> Proof:
    """A report of one year, made by a job. One that is being made already is the same one."""
    if year not in years_of(organisation):
        raise Refused(_("Tidak ada yang diterima asesor atau tiba pada tahun itu."), field="year")
    return _issue(
        ProofKind.REPORT, organisation, by, base_url, language=language, year=year, named_only=named_only
    )


def make(pk: int) -> None:
    """Read the figures and set the file of a document that waits for it. Safe to run twice."""
    with transaction.atomic():
        hold_key(f"proof {pk}")
        proof = Proof.objects.filter(pk=pk, state=ProofState.MAKING).select_related("organisation").first()
        if proof is None:
            return
        try:
            with override(proof.language):
                figures = figures_of(proof)
                giver = proof.organisation.name
                content = papers.set_paper(proof, figures, giver, clock.now())
        except NotSet:
            log.exception("document %s could not be set", proof.code)
            with perform(proof, "fail", by=None):
                pass
            return
        with perform(proof, "finish", by=None) as act:
            act.subject.figures, act.subject.giver = figures, giver
            act.subject.issued_at = clock.now()
            act.subject.sha256 = hashlib.sha256(content).hexdigest()
            act.subject.file.save("dokumen.pdf", ContentFile(content), save=False)


def retry(*, proof: Proof, by: User) -> Proof:
    with perform(proof, "retry", by=by) as act:
        pass
    return act.subject


def share(*, proof: Proof, by: User | None) -> Proof:
    """Let everybody who has the link read it. Refused where the giver is not to be named."""
    with perform(proof, "share", by=by) as act:
        if act.subject.kind == ProofKind.LETTER:
            raise Refused(_("Surat pernyataan tidak dibagikan; isinya antara Anda dan petugas."))
        if not act.subject.is_nameable:
            raise Refused(
                _("Dokumen ini memuat ikrar yang pemberinya tidak ingin disebut, jadi tidak dapat dibagikan kepada "
                  "umum. Untuk laporan, terbitkan yang memuat ikrar yang boleh disebut saja.")
            )  # fmt: skip
    return act.subject


def withdraw(*, proof: Proof, by: User | None) -> Proof:
    """Its page is closed at once; the code on the paper can still be checked."""
    with perform(proof, "withdraw", by=by) as act:
        pass
    return act.subject


def forget(organisations: Iterable[Organisation]) -> None:
    """Take the name, and the files that bear it, from the documents of organisations that are erased."""
    for proof in Proof.objects.filter(organisation__in=list(organisations)):
        if proof.is_shared:
            proof = withdraw(proof=proof, by=None)
        delete_after_commit(proof.file)
        proof.giver, proof.file = "", ""  # type: ignore[assignment]
        with pghistory.context(verb="erase"):
            proof.save(update_fields=["giver", "file"])


def unfinished() -> list[int]:
    return list(Proof.objects.filter(state=ProofState.MAKING).values_list("pk", flat=True))


def _issue(kind: str, organisation: Organisation, by: User | None, base_url: str, **about: object) -> Proof:
    """One at a time for each subject; what says just what the last version says is the last version."""
    place = Place(organisations={Role.COLLABORATOR: organisation.pk})
    if by is not None and not Scope.of(by).covers(Permission.PROOF_ISSUE, place):
        raise NotAllowed
    with transaction.atomic():
        subject = {name: value for name, value in about.items() if name != "language"}
        hold_key(f"proof {kind} {organisation.pk} {sorted((k, str(v)) for k, v in subject.items())}")
        versions = Proof.objects.filter(kind=kind, organisation=organisation, **subject)
        last = versions.filter(language=about["language"]).order_by("-version").first()
        if last is not None and last.state == ProofState.MAKING:
            return last
        if last is not None and last.is_issued and last.file and figures_of(last) == last.figures:
            return last
        return _new(kind, organisation, by, base_url, **about)


def _new(kind: str, organisation: Organisation, by: User | None, base_url: str, **about: object) -> Proof:
    proof = Proof(kind=kind, organisation=organisation, issued_by=by, asked_at=clock.now(), **about)  # type: ignore[misc]
    last = Proof.objects.filter(**proof.same_subject()).aggregate(last=Max("version"))["last"] or 0
    proof.version = last + 1
    proof.check_url = f"{base_url}/{proof.language}/cek/{proof.code}/"
    with perform(proof, "issue", by=by):
        pass
    return proof
