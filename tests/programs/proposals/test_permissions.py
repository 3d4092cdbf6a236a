"""Who may do what with proposals, comments and answers: the product of state, verb, role and area."""

from itertools import product

import pytest

from accounts.actions import perform
from accounts.errors import NotAllowed, NotNow, OutOfReach
from accounts.models import User
from accounts.roles import Role
from programs.proposals import actions
from programs.proposals.models import Answer, Comment, Proposal
from tests.factories import OrganisationFactory, ProgramFactory, UserFactory, someone, tree
from tests.programs.proposals.making import make_comment, make_proposal

pytestmark = pytest.mark.django_db

A, F, M, O = Role.ASSESSOR, Role.FACILITATOR, Role.ADMINISTRATOR, Role.OFFICIAL  # noqa: E741
C, G, E = Role.COLLABORATOR, Role.AGGREGATOR, Role.EXECUTOR
OWNER = "owner"
MODERATORS, OFFICES = {A, F, M}, {A, M}

# verb → who may, within reach. Written down here on its own: the code's grants must agree.
WHO: dict[type, dict[str, set]] = {
    Proposal: {
        "submit": {OWNER}, "edit": {OWNER}, "publish": MODERATORS, "hide": MODERATORS, "appeal": {OWNER},
        "restore": MODERATORS, "uphold": MODERATORS, "keep": MODERATORS, "link": OFFICES, "unlink": OFFICES,
        "close": MODERATORS, "reopen": MODERATORS, "withdraw": {OWNER},
    },
    Comment: {
        "post": {OWNER}, "edit": {OWNER}, "hide": MODERATORS, "appeal": {OWNER}, "restore": MODERATORS,
        "uphold": MODERATORS, "keep": MODERATORS, "withdraw": {OWNER},
    },
    Answer: dict.fromkeys(("study", "accept", "refer", "decline", "realise", "reconsider", "report"), OFFICES),
}  # fmt: skip


class Allowed(Exception):
    """The verb's block was reached: state, role and place are all right."""


def outcome(subject: Proposal | Comment | Answer, verb: str, by: User) -> type[Exception]:
    try:
        with perform(subject, verb, by=by, reason="Alasan contoh."):
            raise Allowed  # nothing is kept
    except (Allowed, NotAllowed, NotNow, OutOfReach) as result:
        return type(result)


def people(area: str, recipient: str, program: str = "") -> dict[Role, User]:
    found = {role: someone(role, tree(area), program) for role in (M, A, F)}
    found[O] = someone(O, tree(recipient))
    return found | {role: someone(role, OrganisationFactory()) for role in (C, G, E)}


def check(subjects: dict[str, Proposal | Comment | Answer]) -> int:
    """Compare every outcome of the product with the table above; how many were compared."""
    compared = 0
    # The official works for this very RW: in reach, and not allowed. Organisations are in reach of no proposal.
    inside = people("31.74", "31.74.01.1001.003")
    outside = people("31.75", "31.74.01.1001.004")
    other_program = people("31.74", "31.74.01.1001.005", program="umkm")
    groups = ((inside, True), (outside, False), (other_program, False))
    for (state, subject), verb in product(
        subjects.items(), type(subjects[next(iter(subjects))]).VERBS.values()
    ):
        if verb.sources == {""}:
            continue
        who = WHO[type(subject)][verb.name]
        for group, reached in groups:
            for role, user in group.items():
                if not reached or role in (C, G, E):
                    expected: type[Exception] = OutOfReach
                elif role not in who:
                    expected = NotAllowed
                else:
                    expected = Allowed if state in verb.sources else NotNow
                assert outcome(subject, verb.name, user) is expected, (state, verb.name, role, reached)
                compared += 1
        owner = User.objects.filter(pk=getattr(subject, "owner_id", None)).first()
        if owner is not None:
            expected = OutOfReach
            if OWNER in who:
                expected = Allowed if state in verb.sources else NotNow
            assert outcome(subject, verb.name, owner) is expected, (state, verb.name, OWNER)
            compared += 1
    assert set(WHO[type(subject)]) == set(type(subject).VERBS)
    return compared


def test_permissions_of_proposals_by_state_verb_role_and_area() -> None:
    program = ProgramFactory()
    states = ("submitted", "published", "hidden", "closed", "withdrawn")
    assert check({s: make_proposal(s, code="31.74.01.1001.003", program=program) for s in states}) > 1000


def test_permissions_of_comments_by_state_verb_role_and_area() -> None:
    proposal = make_proposal(code="31.74.01.1001.003", program=ProgramFactory())
    states = ("published", "hidden", "withdrawn")
    assert check({state: make_comment(state, proposal=proposal) for state in states}) > 400


def test_permissions_of_answers_by_state_verb_role_and_area() -> None:
    program = ProgramFactory()

    def answered(*verbs: str) -> Answer:
        proposal = make_proposal(code="31.74.01.1001.003", program=program)
        for verb in verbs:
            found = actions.answer(proposal=proposal, verb=verb, by=None, text="Jawaban.", program=program)
        return found

    subjects = {
        "studied": answered("study"),
        "accepted": answered("accept"),
        "referred": answered("refer"),
        "declined": answered("decline"),
        "realised": answered("accept", "realise"),
    }
    assert check(subjects) > 500


def test_anybody_proposes_and_comments_wherever_it_is() -> None:
    for user in (UserFactory(), someone(O, tree()), someone(C, OrganisationFactory())):
        assert make_proposal("submitted", by=user, code="31.75").user == user
        assert make_comment(by=user).user == user


def test_nobody_submits_or_comments_in_anothers_name() -> None:
    proposal = Proposal(user=UserFactory(), region=tree("31.74"), title="x", body="x", for_whom="x")
    with pytest.raises((NotAllowed, OutOfReach)), perform(proposal, "submit", by=UserFactory()):
        pass
