"""Verbs of the person whose a thing is, beside those of roles."""

from dataclasses import dataclass
from typing import ClassVar

import pytest

from accounts.actions.perform import authorise, may
from accounts.errors import NotAllowed, OutOfReach
from accounts.models import User
from accounts.roles import Permission, Role
from accounts.scope import Paths, Place, Scope
from accounts.verbs import Verb, states
from tests.factories import UserFactory, assessor, someone, tree

pytestmark = pytest.mark.django_db
OWN = Verb("withdraw", states("open"), None, None, "", "", by_owner=True)
SHARED = Verb("close", states("open"), None, Permission.NEED_PUBLISH, "", "", by_owner=True)


@dataclass
class Thing:
    owner_id: int | None
    region_id: str = "31.74.01"
    program_id: str | None = None
    SCOPE_PATHS: ClassVar[Paths] = Paths(region="region", program="program")


def outcome(by: User, verb: Verb, thing: Thing) -> object:
    try:
        return authorise(by, verb, thing)
    except (NotAllowed, OutOfReach) as refused:
        return type(refused)


def test_owner_performs_an_own_verb_without_any_role_and_others_do_not() -> None:
    owner, officer, stranger = UserFactory(), assessor("31.74"), UserFactory()
    thing = Thing(owner.pk)
    assert outcome(owner, OWN, thing) is None
    assert may(owner, OWN, thing)
    assert outcome(officer, OWN, thing) is NotAllowed
    assert outcome(stranger, OWN, thing) is OutOfReach
    assert not may(officer, OWN, thing)
    assert not may(stranger, OWN, thing)


def test_verb_of_owner_and_role_is_performed_by_both() -> None:
    owner, officer = UserFactory(), assessor("31.74")
    thing = Thing(owner.pk)
    assert outcome(owner, SHARED, thing) is None
    assert outcome(officer, SHARED, thing).role == Role.ASSESSOR
    assert outcome(someone(Role.FACILITATOR, tree("31.74")), SHARED, thing) is NotAllowed
    assert outcome(assessor("31.75"), SHARED, thing) is OutOfReach
    assert outcome(UserFactory(), SHARED, thing) is OutOfReach


def test_thing_without_owner_and_inactive_owner_have_no_own_verbs() -> None:
    gone = UserFactory(is_active=False)
    assert outcome(UserFactory(), OWN, Thing(None)) is OutOfReach
    assert outcome(gone, OWN, Thing(gone.pk)) is OutOfReach


def test_officer_of_one_program_does_not_reach_what_belongs_to_none() -> None:
    scope = Scope.of(assessor("31.74", program="pangan"))
    assert not scope.reaches(Thing(None))
    assert scope.reaches(Thing(None, program_id="pangan"))
    assert not scope.reaches(Thing(None, program_id="umkm"))
    assert scope.reaches(Place(region="31.74.01"))
