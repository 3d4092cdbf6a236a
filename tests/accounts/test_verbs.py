import pytest

from accounts.errors import NotNow
from accounts.roles import GRANTS, STANDING_GRANTS, Permission, Role
from accounts.verbs import NEW, Table, Verb, states
from donations.deliveries.states import DELIVERY
from donations.handovers.states import HANDOVER
from donations.outside.states import OUTSIDE
from donations.pledges.states import COMMITMENT, REPEAT
from programs.proposals.states import ANSWER, COMMENT, PROPOSAL
from programs.states import NEED

TABLES = [NEED, COMMITMENT, REPEAT, DELIVERY, HANDOVER, OUTSIDE, PROPOSAL, COMMENT, ANSWER]


@pytest.mark.parametrize("table", TABLES, ids=lambda t: t.name)
def test_table_reaches_every_state_from_new(table: Table) -> None:
    reached, grew = {NEW}, True
    while grew:
        more = {v.target for v in table.values() if v.target and v.sources & reached}
        grew = not more <= reached
        reached |= more
    assert reached - {NEW} == {str(s) for s in table.states}


@pytest.mark.parametrize("table", TABLES, ids=lambda t: t.name)
def test_verb_by_hand_is_granted_to_some_role(table: Table) -> None:
    granted = set().union(*GRANTS.values())
    for verb in table.values():
        assert verb.by_platform or verb.by_owner or verb.permission in granted, verb.name


# Where a thing's story is over: everything else has a way out by a named role.
ENDS = {
    "need": set(),
    "outside figure": set(),
    "commitment": {"fulfilled", "closed_short"},
    # Only its giver ends it, and may promise anew.
    "repeat": {"ended"},
    "delivery": {"completed", "failed", "cancelled"},
    "handover": {"verified", "discarded"},
    # What somebody takes back is gone for good.
    "proposal": {"withdrawn"},
    "comment": {"withdrawn"},
    "answer": set(),
}


@pytest.mark.parametrize("table", TABLES, ids=lambda t: t.name)
def test_no_state_is_a_trap(table: Table) -> None:
    for state in table.states:
        ways = [v for v in table.possible(str(state)) if v.target not in (None, state) and not v.by_platform]
        assert ways or str(state) in ENDS[table.name], state


@pytest.mark.parametrize("table", TABLES, ids=lambda t: t.name)
def test_ending_against_someones_wish_needs_a_reason(table: Table) -> None:
    for verb in table.values():
        if verb.danger and verb.name != "discard":
            assert verb.needs_reason, verb.name


def test_check_refuses_a_verb_from_another_state() -> None:
    with pytest.raises(NotNow):
        COMMITMENT.check("accept", "accepted")


def test_table_refuses_unknown_states() -> None:
    verb = Verb("fly", states("nowhere"), None, None, "", "")
    with pytest.raises(ValueError, match="fly"):
        Table("wrong", COMMITMENT.states, verb)


def test_every_permission_is_granted_to_someone() -> None:
    assert set().union(*GRANTS.values(), *STANDING_GRANTS.values()) == set(Permission)
    assert set(GRANTS) == set(Role)


def test_reporting_and_verifying_are_never_one_role() -> None:
    for granted in GRANTS.values():
        assert not {Permission.HANDOVER_REPORT, Permission.HANDOVER_VERIFY} <= granted
