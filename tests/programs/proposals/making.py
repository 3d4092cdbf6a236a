"""Proposals for tests; each reaches its state by the real verbs."""

import uuid

from accounts.models import User
from programs.models import Program
from programs.proposals import actions
from programs.proposals.models import Comment, Proposal
from programs.proposals.rules import Rule
from tests.factories import UserFactory, tree

BODY = "Dua kali sepekan mereka belajar di balai warga bersama tukang sepeda, lalu membuka bengkel kecil sendiri."


def make_proposal(
    state: str = "published",
    *,
    by: User | None = None,
    code: str = "31.74.01.1001",
    program: Program | None = None,
    title: str = "Pelatihan reparasi sepeda untuk remaja",
    **fields,
) -> Proposal:
    """A proposal in one of its states."""
    values = {"body": BODY, "for_whom": "60 remaja di tiga RW", "display_name": "Warga Tebet", **fields}
    proposal = actions.submit(
        by=by or UserFactory(), key=uuid.uuid4(), title=title, region=tree(code), program=program, **values
    )
    if proposal.state == "submitted" and state not in ("submitted", "withdrawn"):
        proposal = actions.publish(proposal=proposal, by=None)
    if state == "hidden":
        actions.hide(thing=proposal, by=None, rule=Rule.RESPECT, reason="Merendahkan orang lain.")
    elif state == "closed":
        actions.close(proposal=proposal, by=None, reason="Sudah selesai dibahas.")
    elif state == "withdrawn":
        actions.withdraw(proposal=proposal, by=proposal.user)
    proposal.refresh_from_db()
    return proposal


def make_comment(
    state: str = "published", *, proposal: Proposal | None = None, by: User | None = None, **fields
) -> Comment:
    """A comment in one of its states."""
    author = by or UserFactory()
    values = {"body": "Setuju, di RW kami juga perlu.", "display_name": "Warga Menteng", **fields}
    comment = actions.post(proposal=proposal or make_proposal(), by=author, key=uuid.uuid4(), **values)
    if state == "hidden":
        actions.hide(thing=comment, by=None, rule=Rule.RESPECT, reason="Menghina.")
    elif state == "withdrawn":
        actions.withdraw_comment(comment=comment, by=author)
    comment.refresh_from_db()
    return comment
