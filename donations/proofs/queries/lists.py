"""What the page of one's documents lists."""

from django.db.models import QuerySet

from accounts.models import Organisation, User
from accounts.roles import Permission
from accounts.scope import Scope
from donations.pledges.models import Commitment
from donations.proofs.models import Proof, ProofQuerySet, unnamed_pledges


def organisations_of(user: User) -> list[Organisation]:
    """Those for which this person may have documents issued."""
    grants = Scope.of(user).with_permission(Permission.PROOF_ISSUE)
    keys = [grant.organisation for grant in grants if grant.organisation is not None]
    return list(Organisation.objects.filter(pk__in=keys).order_by("name", "pk"))


def issued_to(organisations: list[Organisation]) -> ProofQuerySet:
    return Proof.objects.filter(organisation__in=organisations).select_related(
        "commitment", "pledge", "organisation"
    )


def certifiable(organisations: list[Organisation]) -> "QuerySet[Commitment]":
    """Commitments of which something is verified, the latest first."""
    return (
        Commitment.objects.filter(pledge__collaborator__in=organisations, verified__gt=0)
        .for_rows()
        .order_by("-pk")
    )


def shared_by(organisation: Organisation) -> list[Proof]:
    """The documents that an organisation shows everybody, the latest first."""
    found = (
        Proof.objects.shared()
        .filter(organisation=organisation)
        .select_related("commitment__pledge", "organisation")
    )
    unnamed = unnamed_pledges(organisation.pk)
    return [one for one in found.order_by("-issued_at")[:50] if one.is_nameable_beside(unnamed)]
