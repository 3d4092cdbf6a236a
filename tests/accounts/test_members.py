"""An organisation's members: who lets in whom, who leaves, who hands over, and what it says of itself."""

from itertools import product

import pytest
from django.db import IntegrityError, transaction

from accounts import clock
from accounts.actions import members
from accounts.actions.invitations import accept, renew_lapsed
from accounts.errors import NotAllowed, OutOfReach, Refused
from accounts.models import Assignment, Organisation, User
from accounts.notices.models import Notice
from accounts.personal import when_asked_for
from accounts.roles import Role, Standing
from tests.factories import OrganisationFactory, UserFactory, assign, someone, tree

pytestmark = pytest.mark.django_db
OWNER, ADMIN, MEMBER = Standing.OWNER, Standing.ADMIN, Standing.MEMBER


def organisation(**fields: object) -> Organisation:
    return OrganisationFactory(region=tree("31.74"), **fields)


def member(of: Organisation, standing: Standing = MEMBER, role: Role = Role.COLLABORATOR) -> Assignment:
    assignment = assign(UserFactory(), role, of)
    assignment.standing = standing
    assignment.save()
    return assignment


def test_member_invited_by_the_owner_joins_with_the_standing_that_was_offered() -> None:
    ours = organisation()
    owner = member(ours, OWNER)
    sent = members.invite_member(
        organisation=ours, by=owner.user, name="Rini", email="Rini@contoh.test", standing=ADMIN
    )
    joined = accept(invitation=sent.invitation, user=UserFactory(email="rini@contoh.test"))
    assert (joined.organisation, joined.role, joined.standing) == (ours, Role.COLLABORATOR, ADMIN)
    assert [move.verb for move in joined.moves.all()] == ["join"]


def test_invitation_of_a_member_who_has_left_is_refused() -> None:
    ours = organisation()
    first, second = member(ours, OWNER), member(ours, OWNER)
    sent = members.invite_member(
        organisation=ours, by=second.user, name="R", email="r@contoh.test", standing=MEMBER
    )
    members.leave(assignment=second, by=second.user)
    sent.invitation.invited_by = User.objects.get(pk=second.user_id)
    with pytest.raises(Refused, match="undangan baru"):
        accept(invitation=sent.invitation, user=UserFactory(email="r@contoh.test"))
    assert first.organisation == ours


@pytest.mark.parametrize(("mine", "theirs"), list(product([OWNER, ADMIN, MEMBER], repeat=2)))
def test_who_may_dismiss_and_rank_whom(mine: Standing, theirs: Standing) -> None:
    ours = organisation()
    member(ours, OWNER)
    me, other = member(ours, mine), member(ours, theirs)
    may = mine == OWNER or (mine == ADMIN and theirs == MEMBER)
    expected = () if may else (Refused, NotAllowed)
    for act in (
        lambda: members.rank(assignment=other, by=me.user, standing=MEMBER),
        lambda: members.dismiss(assignment=other, by=me.user, reason="Sudah pindah."),
    ):
        if expected:
            with pytest.raises(expected), transaction.atomic():
                act()
        else:
            act()
    other.refresh_from_db()
    assert other.is_over is may


def test_admin_makes_no_owner_and_strangers_do_not_reach_an_organisation() -> None:
    ours = organisation()
    owner, admin, other = member(ours, OWNER), member(ours, ADMIN), member(ours)
    with pytest.raises(Refused, match="Hanya pemilik"):
        members.rank(assignment=other, by=admin.user, standing=OWNER)
    with pytest.raises(Refused, match="Hanya pemilik"):
        members.invite_member(
            organisation=ours, by=admin.user, name="A", email="a@contoh.test", standing=ADMIN
        )
    with pytest.raises(OutOfReach):
        members.dismiss(assignment=owner, by=someone(Role.COLLABORATOR, organisation()), reason="x")


def test_last_owner_hands_over_before_leaving() -> None:
    ours = organisation()
    owner, heir = member(ours, OWNER), member(ours)
    with pytest.raises(Refused, match="Serahkan"):
        members.leave(assignment=owner, by=owner.user)
    members.hand_over(own=owner, to=heir, by=owner.user)
    owner.refresh_from_db()
    heir.refresh_from_db()
    assert (owner.standing, heir.standing) == (ADMIN, OWNER)
    members.leave(assignment=owner, by=owner.user)
    owner.refresh_from_db()
    assert owner.is_over


def test_last_member_leaves_nothing_open_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("accounts.personal._matters", [])
    when_asked_for(lambda organisation: ["satu ikrar"])
    owner = member(organisation(), OWNER)
    with pytest.raises(Refused, match="satu ikrar"):
        members.leave(assignment=owner, by=owner.user)
    monkeypatch.setattr("accounts.personal._matters", [])
    members.leave(assignment=owner, by=owner.user)


def test_nobody_leaves_for_somebody_else() -> None:
    ours = organisation()
    owner, other = member(ours, OWNER), member(ours)
    with pytest.raises(NotAllowed):
        members.leave(assignment=other, by=owner.user)


def test_lapsed_invitation_is_renewed_to_the_same_address_once() -> None:
    ours = organisation()
    owner = member(ours, OWNER)
    sent = members.invite_member(
        organisation=ours, by=owner.user, name="R", email="r@contoh.test", standing=MEMBER
    )
    with pytest.raises(Refused, match="sudah dikirim"):
        renew_lapsed(invitation=sent.invitation)
    with clock.at(sent.invitation.expires_at):
        again = renew_lapsed(invitation=sent.invitation)
        assert again.token != sent.token
        assert again.invitation.email == "r@contoh.test"
        with pytest.raises(Refused, match="sudah dikirim"):
            renew_lapsed(invitation=again.invitation)
        assert accept(invitation=again.invitation, user=UserFactory(email="r@contoh.test")).standing == MEMBER


def test_profile_is_edited_by_owner_and_admin_only() -> None:
    ours = organisation(may_be_named=True)
    for standing in (OWNER, ADMIN):
        members.present(
            organisation=ours, by=member(ours, standing).user, about="Kami berbagi.", has_page=True
        )
    ours.refresh_from_db()
    assert (ours.about, ours.is_presented) == ("Kami berbagi.", True)
    with pytest.raises(NotAllowed):
        members.present(organisation=ours, by=member(ours).user, about="x")
    with pytest.raises(OutOfReach):
        members.present(organisation=ours, by=someone(Role.COLLABORATOR, organisation()), about="x")


def test_page_needs_a_name_that_may_be_said() -> None:
    ours = organisation(may_be_named=True)
    owner = member(ours, OWNER).user
    with pytest.raises(Refused):
        members.present(organisation=ours, by=owner, may_be_named=False, has_page=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.filter(pk=ours.pk).update(may_be_named=False, has_page=True)


def test_members_hear_who_joined_and_whoever_is_changed_hears_of_it() -> None:
    ours = organisation()
    owner, other = member(ours, OWNER), member(ours)
    sent = members.invite_member(
        organisation=ours, by=owner.user, name="R", email="r@contoh.test", standing=MEMBER
    )
    newcomer = UserFactory(email="r@contoh.test")
    accept(invitation=sent.invitation, user=newcomer)
    told = Notice.objects.filter(kind="member.joined").values_list("person", flat=True)
    assert set(told) == {owner.user_id, other.user_id}
    members.rank(assignment=other, by=owner.user, standing=ADMIN)
    assert Notice.objects.get(kind="member.ranked").person == other.user
    members.dismiss(assignment=other, by=owner.user, reason="Pindah.")
    assert Notice.objects.get(kind="member.dismissed").path == "/akun/"
