"""A scope's two answers agree: the rows of a list are the objects it covers, one by one."""

from datetime import timedelta
from itertools import product

import pytest

from accounts import clock
from accounts.models import Assignment, User
from accounts.roles import Permission, Role
from accounts.scope import Grant, Place, Scope
from donations.deliveries.models import Delivery
from donations.pledges.models import Commitment, Route
from programs.models import Need
from tests.factories import (
    AidTypeFactory,
    OrganisationFactory,
    ProgramFactory,
    SiteFactory,
    UserFactory,
    aggregator,
    assessor,
    assign,
    make_commitment,
    make_delivery,
    make_need,
    official,
    someone,
    tree,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> list[User]:
    """Needs, commitments and deliveries in several places and programs, and people of every kind."""
    other = AidTypeFactory(program=ProgramFactory(code="umkm", name="UMKM"), code="pelatihan", unit="sesi")
    site = SiteFactory()
    giver, collector = OrganisationFactory(), aggregator()
    for need in (
        make_need(),
        make_need(code="31.74.01.1001.004"),
        make_need(code="31.74.02.1001.001", aid_type=other),
        make_need(code="31.75.01.1001.001"),
        make_need(site=site),
    ):
        make_delivery(commitment=make_commitment("accepted", need=need, quantity=5, collaborator=giver))
        make_commitment(need=need, quantity=5, route=Route.AGGREGATOR, aggregator=collector)
    mixed = assessor("31.74", program="umkm")
    assign(mixed, Role.OFFICIAL, tree("31.75.01.1001.001"))
    return [
        assessor("31"), assessor("31.74"), assessor("31.74.01"), assessor("31.74", program="pangan"), mixed,
        official(tree()), official(tree("31.74.01.1001.004")), official(site), UserFactory(),
        someone(Role.COLLABORATOR, giver), someone(Role.AGGREGATOR, collector), someone(Role.EXECUTOR, giver),
        someone(Role.FACILITATOR, tree("31.74.01.1001")), someone(Role.ADMINISTRATOR, tree("31.75")),
    ]  # fmt: skip


def test_as_q_and_covers_agree(world: list[User]) -> None:
    asked = {
        Need: (Permission.NEED_SEE, Permission.NEED_PUBLISH),
        Commitment: (Permission.COMMITMENT_SEE, Permission.COMMITMENT_ANSWER, Permission.COMMITMENT_FUND),
        Delivery: (Permission.DELIVERY_SEE, Permission.DELIVERY_CONFIRM, Permission.HANDOVER_REPORT),
    }
    found = 0
    for user, (model, permissions) in product(world, asked.items()):
        scope = Scope.of(user)
        for permission in permissions:
            listed = set(model.objects.filter(scope.as_q(permission, model.SCOPE_PATHS)))
            covered = {row for row in model.objects.all() if scope.covers(permission, row)}
            assert listed == covered, (user.pk, model.__name__, permission)
            found += len(listed)
    assert found > 60


def test_region_codes_do_not_contain_their_longer_namesakes() -> None:
    grant = Grant(Role.ASSESSOR, region="31.7")
    assert not grant.reaches(Place(region="31.74"))
    assert Grant(Role.ASSESSOR, region="31.74").reaches(Place(region="31.74"))
    assert Grant(Role.ASSESSOR, region="31.74").reaches(Place(region="31.74.01.1001.003"))


def test_official_of_an_rw_does_not_reach_its_sites_nor_its_neighbours() -> None:
    grant = Grant(Role.OFFICIAL, region="31.74.01.1001.003")
    assert grant.reaches(Place(region="31.74.01.1001.003"))
    assert not grant.reaches(Place(region="31.74.01.1001.003", site=1))
    assert not grant.reaches(Place(region="31.74.01.1001.004"))
    assert not Grant(Role.OFFICIAL, site=1).reaches(Place(region="31.74.01.1001.003"))


@pytest.mark.parametrize(
    ("starts", "ends", "state", "holds"),
    [(-5, 5, "appointed", True), (0, 0, "appointed", True), (1, 5, "appointed", False), (-5, -1, "appointed", False),
     (-5, None, "appointed", True), (-5, 5, "ended", False)],
)  # fmt: skip
def test_assignment_holds_within_its_term(starts: int, ends: int | None, state: str, holds: bool) -> None:
    user, today = UserFactory(), clock.today()
    Assignment.objects.create(
        user=user, role=Role.ASSESSOR, region=tree("31.74"), area=tree("31.74"), state=state,
        starts=today + timedelta(days=starts), ends=None if ends is None else today + timedelta(days=ends),
    )  # fmt: skip
    assert Scope.of(user).has_role(Role.ASSESSOR) is holds


def test_inactive_person_is_nothing() -> None:
    user = assessor()
    user.is_active = False
    assert Scope.of(user) == Scope(None)


def test_scope_is_of_the_assignments_in_force() -> None:
    user, today, day = UserFactory(), clock.today(), timedelta(days=1)
    for place, term in (
        ("31.74", {"starts": today, "ends": today}),
        ("31.75", {"starts": today - 2 * day, "ends": today - day}),
        ("31.73", {"starts": today + day}),
        ("31.72", {"starts": today, "state": "ended"}),
    ):
        Assignment.objects.filter(pk=assign(user, Role.ASSESSOR, tree(place)).pk).update(**term)
    held = list(user.assignments.in_force().values_list("region", flat=True))
    assert [grant.region for grant in Scope.of(user).grants] == held == ["31.74"]
