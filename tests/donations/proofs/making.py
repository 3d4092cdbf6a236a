"""A giver with something verified, and what is issued to them."""

import io

from pypdf import PdfReader

from accounts.models import Organisation, User
from accounts.roles import Role
from donations.handovers import actions as handovers
from donations.handovers.models import Handover
from donations.pledges.models import Commitment, Pledge
from donations.proofs import actions
from donations.proofs.models import Proof
from tests.factories import (
    OrganisationFactory,
    collaborator,
    make_commitment,
    make_delivery,
    make_handover,
    make_need,
    someone,
)

BASE = "https://ksbb.test"


def giver(**fields: object) -> tuple[User, Organisation]:
    organisation = OrganisationFactory(name="Yayasan Contoh Berbagi", **fields)
    return collaborator(organisation), organisation


def verified(
    organisation: Organisation,
    *,
    quantity: int = 100,
    named: bool = True,
    damaged: int = 0,
    sent: int | None = None,
) -> Commitment:
    """A commitment of which all that was sent but the damaged is verified, with a photo in the gallery."""
    commitment = make_commitment(
        "accepted", need=make_need(target=1000, people=640), quantity=quantity, collaborator=organisation
    )
    Pledge.objects.filter(pk=commitment.pledge_id).update(may_be_named=named)
    delivery = make_delivery("dispatched", commitment=commitment, quantity=sent)
    handover = make_handover("verified", delivery=delivery, damaged=damaged)
    clear(handover)
    return Commitment.objects.get(pk=commitment.pk)


def deliver_rest(commitment: Commitment) -> None:
    make_handover("verified", delivery=make_delivery("dispatched", commitment=commitment))


def clear(handover: Handover) -> Handover:
    return handovers.clear(
        handover=handover, by=None, photos=set(handover.photos.values_list("pk", flat=True))
    )


def certificate(commitment: Commitment, by: User | None = None, language: str = "id") -> Proof:
    proof = actions.issue_certificate(commitment=commitment, by=by, base_url=BASE, language=language)
    return made(proof)


def report(organisation: Organisation, year: int, *, named_only: bool = True, language: str = "id") -> Proof:
    proof = actions.issue_report(
        organisation=organisation, year=year, named_only=named_only, by=None, base_url=BASE, language=language
    )
    return made(proof)


def made(proof: Proof) -> Proof:
    actions.make(proof.pk)
    return Proof.objects.get(pk=proof.pk)


def content_of(proof: Proof) -> bytes:
    with proof.file.open("rb") as stream:
        content: bytes = stream.read()
    return content


def words_of(proof: Proof) -> str:
    """All words of its PDF, one space between them."""
    pages = PdfReader(io.BytesIO(content_of(proof))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def member(organisation: Organisation) -> User:
    """A plain member: neither owner nor admin."""
    user = someone(Role.COLLABORATOR, organisation)
    user.assignments.update(standing="member")
    return user
