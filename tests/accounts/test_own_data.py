"""A copy of one's own data, and the end of an account: nothing personal stays, the journals do."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress

from accounts import clock
from accounts.actions import own_data
from accounts.actions.perform import perform
from accounts.actions.registration import register_collaborator
from accounts.errors import OutOfReach, Refused
from accounts.models import (
    CollaboratorKind,
    Erasure,
    Invitation,
    Organisation,
    OrganisationMove,
    PersonalCopy,
    User,
)
from accounts.personal import pointing, when_asked_for
from accounts.roles import Role, Standing
from tests.factories import OrganisationFactory, UserFactory, assessor, assign, tree, with_password

pytestmark = pytest.mark.django_db


def giver(kind: str = CollaboratorKind.INDIVIDUAL) -> tuple[User, Organisation]:
    user = with_password(UserFactory(name="Budi Pribadi", email="budi@contoh.test"), "rahasia-sekali")
    ours = register_collaborator(
        user=user,
        kind=kind,
        name="Budi Pribadi",
        may_be_named=True,
        region=tree("31.74"),
        phone="+62811111111",
    )
    return user, ours


def copied(user: User) -> dict[str, list[dict[str, object]]]:
    copy = own_data.ask_for_copy(user=user, by=user)
    own_data.make_copy(copy.pk)
    copy.refresh_from_db()
    with copy.file.open() as stream:
        content = stream.read()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        found: dict[str, list[dict[str, object]]] = json.loads(archive.read("data.json"))
    return found


def test_copy_holds_what_is_kept_and_no_secret() -> None:
    user, ours = giver()
    with perform(ours, "present", by=user):
        pass
    tables = copied(user)
    assert tables["accounts.user"][0]["email"] == "budi@contoh.test"
    assert tables["accounts.assignment.user"][0]["organisation_id"] == str(ours.pk)
    assert [row["verb"] for row in tables["accounts.organisationmove.actor"]] == ["present"]
    assert tables["account.emailaddress.user"][0]["email"] == "budi@contoh.test"
    assert "password" not in tables["accounts.user"][0]
    assert user.password not in json.dumps(tables)


def test_every_column_that_points_to_a_person_is_asked() -> None:
    names = {f"{model._meta.label}.{field.name}" for model, field in pointing()}
    assert {
        "accounts.Assignment.user", "accounts.Invitation.invited_by", "donations.Pledge.submitted_by",
        "donations.Handover.reported_by", "donations.CommitmentMove.actor", "programs.Proposal.user",
        "donations.HandoverPhoto.cleared_by", "account.EmailAddress.user",
    } <= names  # fmt: skip


def test_copy_is_asked_for_by_oneself_made_once_and_ends() -> None:
    user, _ours = giver()
    with pytest.raises(OutOfReach):
        own_data.ask_for_copy(user=user, by=assessor())
    copy = own_data.ask_for_copy(user=user, by=user)
    assert own_data.ask_for_copy(user=user, by=user).pk == copy.pk
    for _twice in range(2):
        own_data.make_copy(copy.pk)
    copy.refresh_from_db()
    name, storage = copy.file.name, copy.file.storage
    assert (copy.is_open, storage.exists(name), copy.moves.count()) == (True, True, 2)
    with clock.at(copy.expires_at):
        assert not copy.is_open
        assert own_data.end_copies() == 1
    assert PersonalCopy.objects.get().file.name == ""


@pytest.mark.django_db(transaction=True)
def test_file_of_a_copy_is_gone_when_its_time_is_over() -> None:
    user, _ours = giver()
    copy = own_data.ask_for_copy(user=user, by=user)
    own_data.make_copy(copy.pk)
    copy.refresh_from_db()
    with clock.at(copy.expires_at):
        own_data.end_copies()
    assert not copy.file.storage.exists(copy.file.name)


def test_account_with_something_open_is_not_erased_and_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    user, _ours = giver()
    monkeypatch.setattr("accounts.personal._matters", [])
    when_asked_for(lambda organisation: ["ikrar KM-00001 sedang berjalan"])
    with pytest.raises(Refused, match="KM-00001"):
        own_data.ask_for_erasure(user=user, by=user)
    officer = assessor()
    with pytest.raises(Refused, match="bertugas sebagai"):
        own_data.ask_for_erasure(user=officer, by=officer)


def test_only_owner_of_others_hands_over_first() -> None:
    user, ours = giver(CollaboratorKind.SOCIAL)
    other = assign(UserFactory(), Role.COLLABORATOR, ours)
    other.standing = Standing.MEMBER
    other.save()
    with pytest.raises(Refused, match="kepemilikan"):
        own_data.ask_for_erasure(user=user, by=user)
    other.standing = Standing.OWNER
    other.save()
    assert own_data.ask_for_erasure(user=user, by=user).state == "waiting"


def test_erasure_waits_can_be_undone_and_is_asked_once() -> None:
    user, _ours = giver()
    erasure = own_data.ask_for_erasure(user=user, by=user)
    assert own_data.ask_for_erasure(user=user, by=user).pk == erasure.pk
    assert own_data.erase_due() == 0
    with pytest.raises(OutOfReach):
        own_data.undo_erasure(erasure=erasure, by=assessor())
    own_data.undo_erasure(erasure=erasure, by=user)
    with clock.at(clock.now() + timedelta(days=30)):
        assert own_data.erase_due() == 0
    user.refresh_from_db()
    assert user.name == "Budi Pribadi"


def test_what_was_opened_meanwhile_holds_the_erasure_up_until_it_is_settled(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    user, _ours = giver()
    erasure = own_data.ask_for_erasure(user=user, by=user)
    monkeypatch.setattr("accounts.personal._matters", [])
    when_asked_for(lambda organisation: ["ikrar baru"])
    with clock.at(clock.now() + timedelta(days=30)):
        assert own_data.erase_due() == 0
        assert own_data.erase_due() == 0
        erasure.refresh_from_db()
        assert "ikrar baru" in erasure.held_by
        assert [move.verb for move in erasure.moves.all()] == ["ask", "hold"]
        monkeypatch.setattr("accounts.personal._matters", [])
        assert own_data.erase_due() == 1


def test_erasing_takes_name_and_contact_and_leaves_the_journal() -> None:
    user, ours = giver()
    with perform(ours, "present", by=user) as act:
        act.subject.about = "Budi berbagi."
    Invitation.objects.create(
        email="budi@contoh.test", name="Budi Pribadi", role=Role.COLLABORATOR, organisation=ours,
        area=tree("31.74"), token_digest="x", expires_at=clock.now(),
    )  # fmt: skip
    moves = OrganisationMove.objects.count()
    own_data.ask_for_erasure(user=user, by=user)
    with clock.at(clock.now() + timedelta(days=30)):
        assert own_data.erase_due() == 1
    user.refresh_from_db()
    ours.refresh_from_db()
    assert (user.email, user.phone, user.name, user.is_active) == (None, None, "", False)
    assert not user.has_usable_password()
    assert "Budi" not in f"{ours} {ours.about} {ours.phone} {ours.email}"
    assert not EmailAddress.objects.filter(user=user).exists()
    assert not Invitation.objects.filter(name__contains="Budi").exists()
    assert not user.assignments.in_force().filter(state="appointed").exists()
    told = OrganisationMove.objects.filter(actor=user, role=Role.COLLABORATOR)
    assert (told.count(), OrganisationMove.objects.count()) == (1, moves + 1)
    assert Erasure.objects.get().state == "done"
    # The address is free for somebody new.
    UserFactory(email="budi@contoh.test")


def test_organisation_that_is_no_person_keeps_its_name() -> None:
    user, ours = giver(CollaboratorKind.ENTERPRISE)
    own_data.ask_for_erasure(user=user, by=user)
    with clock.at(clock.now() + timedelta(days=30)):
        own_data.erase_due()
    ours.refresh_from_db()
    assert ours.name == "Budi Pribadi"
    assert OrganisationFactory.build().name
