"""Submitting a proposal, changing it before it is read, and taking it back."""

from typing import Any
from uuid import UUID

from django.db import transaction

from accounts import clock
from accounts.actions import perform
from accounts.models import Organisation, User
from accounts.once import hold_key
from accounts.roles import Permission
from accounts.scope import Scope
from accounts.stored import delete_after_commit
from programs.models import Program
from programs.proposals.models import Proposal, ProposalDraft, ProposalMove
from programs.proposals.personal import refuse_office, refuse_organisation, refuse_personal
from programs.proposals.states import ProposalState
from programs.proposals.words import normalised
from regions.models import Region

TEXTS = ("title", "body", "for_whom", "offer")


def is_trusted(user: User) -> bool:
    """Whose proposals are published at once: officers, and those of whom one stands and none was hidden."""
    if Scope.of(user).may(Permission.PROPOSAL_SEE):
        return True
    states = set(user.proposals.values_list("state", flat=True))
    if ProposalState.HIDDEN in states or not states & {ProposalState.PUBLISHED, ProposalState.CLOSED}:
        return False
    # Taking back what was hidden does not make it unwritten.
    taken_back = ProposalMove.objects.filter(actor=user, verb="withdraw", from_state=ProposalState.HIDDEN)
    return not taken_back.exists()


@transaction.atomic
def submit(
    *,
    by: User,
    key: UUID,
    title: str,
    body: str,
    for_whom: str,
    region: Region,
    program: Program | None = None,
    offer: str = "",
    organisation: Organisation | None = None,
    display_name: str = "",
    picture: Any = None,
    picture_text: str = "",
) -> Proposal:
    """Send a proposal; published at once for who is trusted, else after a moderator has read it.

    `key` makes it safe to send twice: the same key is the same proposal. `picture`: a cleaned JPEG, or the
    field of a draft that holds one. Raises `Refused` with the field.
    """
    hold_key(f"proposal {key}")
    made = Proposal.objects.filter(key=key).first()
    if made is not None:
        return made
    proposal = Proposal(
        key=key, user=by, title=title, body=body, for_whom=for_whom, offer=offer, region=region, program=program,
        display_name=display_name, created_at=clock.now(), picture_text=picture_text,
    )  # fmt: skip
    _check(proposal, organisation, by)
    if picture:
        proposal.picture = picture
    trusted = is_trusted(by)
    with perform(proposal, "submit", by=by):
        pass
    if trusted:
        with perform(proposal, "publish", by=None) as act:
            act.subject.published_at = clock.now()
        return act.subject
    return proposal


def edit(*, proposal: Proposal, by: User, **texts: str) -> Proposal:
    """Change what was written, while no moderator has let it through or after one has hidden it."""
    unknown = set(texts) - set(TEXTS)
    if unknown:
        raise TypeError(f"cannot be edited: {sorted(unknown)}")
    with perform(proposal, "edit", by=by) as act:
        for name, value in texts.items():
            setattr(act.subject, name, value)
        _check(act.subject, act.subject.organisation, by)
    return act.subject


def withdraw(*, proposal: Proposal, by: User | None) -> Proposal:
    """Take a proposal back for good: text, picture and name go; comments, supports and answers stay."""
    with perform(proposal, "withdraw", by=by) as act:
        subject = act.subject
        for name in (
            *TEXTS,
            "display_name",
            "appeal",
            "picture_text",
            "rule_note",
            "title_words",
            "body_words",
        ):
            setattr(subject, name, "")
        subject.user = subject.organisation = None
        delete_after_commit(subject.picture)
        subject.picture = ""
        ProposalDraft.objects.filter(proposal=subject).delete()
    return act.subject


def _check(proposal: Proposal, organisation: Organisation | None, by: User) -> None:
    """Fill in what follows from the text, and refuse what may not be said in public."""
    refuse_organisation(organisation, by)
    proposal.organisation = organisation
    refuse_office(proposal.display_name)
    for name in (*TEXTS, "display_name", "picture_text"):
        refuse_personal(getattr(proposal, name), name)
    proposal.title_words = normalised(proposal.title)[:400]
    proposal.body_words = normalised(f"{proposal.body} {proposal.for_whom}")
