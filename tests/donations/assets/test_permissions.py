"""Who may do which verb with an asset, in which state, where; and registering under threads."""

from itertools import product
from threading import Barrier, Thread

import pytest
from django.db import connection

from accounts.actions import perform
from accounts.errors import NotAllowed, OutOfReach
from accounts.roles import Role
from donations.assets import actions
from donations.assets.models import Asset, AssetMove, AssetTransfer
from tests.donations.assets.making import make_asset, make_assets, offer
from tests.donations.test_permissions import Allowed, NotNow, outcome, people
from tests.factories import OrganisationFactory, tree

D, A, F, O = Role.ADMINISTRATOR, Role.ASSESSOR, Role.FACILITATOR, Role.OFFICIAL  # noqa: E741
NEAR = {D, A, F, O}
# Written down here on its own: the code's grants must agree.
WHO: dict[str, set[Role]] = {
    "describe": {O, F, A}, "split": {O, F, A}, "check": {O, F, A}, "hand_over": {A, D}, "call_back": {A, D},
    "write_off": {A, D}, "restore": {A, D}, "move": set(), "stay": set(),
}  # fmt: skip
ANSWERS: dict[str, set[Role]] = {"accept": {A, D, O}, "decline": {A, D, O}, "withdraw": set()}


def compare(subjects: dict[str, Asset] | dict[str, AssetTransfer], who: dict[str, set[Role]]) -> int:
    given = OrganisationFactory()
    compared = 0
    for inside, (state, subject) in product((True, False), subjects.items()):
        persons = people(inside, dict.fromkeys((Role.COLLABORATOR, Role.AGGREGATOR, Role.EXECUTOR), given))
        for (role, user), (name, verb) in product(persons.items(), type(subject).VERBS.items()):
            if verb.sources == {""}:
                continue
            # Givers and carriers reach no asset: it is nobody's any more but the recipient's.
            near = inside and role in NEAR
            expected: type[Exception] = NotAllowed if near or verb.by_platform else OutOfReach
            if near and role in who[name]:
                expected = Allowed if state in verb.sources else NotNow
            assert outcome(subject, name, user) is expected, (state, name, role, inside)
            compared += 1
    assert set(who) == {name for name, verb in type(subject).VERBS.items() if verb.sources != {""}}
    return compared


@pytest.mark.django_db
def test_permissions_of_assets_by_state_verb_role_and_area() -> None:
    kept, moving, gone = make_assets(3)
    offer(moving)
    gone = actions.write_off(asset=gone, by=None, reason="x", document="SK-12/2026")
    moving.refresh_from_db()
    assert compare({"kept": kept, "moving": moving, "written_off": gone}, WHO) > 300


@pytest.mark.django_db
def test_permissions_of_transfers_are_of_the_place_where_it_goes() -> None:
    # From the neighbours to the RW whose people `people` knows.
    states = ("offered", "accepted", "declined", "withdrawn")
    subjects = {
        state: offer(asset, tree())
        for state, asset in zip(states, make_assets(4, code="31.74.01.1001.009"), strict=True)
    }
    actions.accept(transfer=subjects["accepted"], by=None)
    actions.decline(transfer=subjects["declined"], by=None, reason="x")
    actions.call_back(asset=subjects["withdrawn"].asset, by=None, reason="x")
    for state, one in subjects.items():
        one.refresh_from_db()
        assert one.state == state
    assert compare(subjects, ANSWERS) > 100


@pytest.mark.django_db
def test_nobody_performs_by_hand_what_the_platform_does() -> None:
    asset = make_asset("moving")
    with pytest.raises(NotAllowed), perform(asset, "move", by=people(True, _given())[A]):
        pass


def _given() -> dict[Role, object]:
    return dict.fromkeys((Role.COLLABORATOR, Role.AGGREGATOR, Role.EXECUTOR), OrganisationFactory())


@pytest.mark.django_db(transaction=True)
def test_registering_at_once_makes_each_asset_once(monkeypatch) -> None:
    from donations.handovers import beside
    from donations.handovers.models import Handover

    monkeypatch.setattr(beside, "_listeners", [])
    assert make_assets(4) == []
    report, together = Handover.objects.get(), Barrier(4)

    def register() -> None:
        together.wait()
        try:
            actions.register(handover=report)
        finally:
            connection.close()

    threads = [Thread(target=register) for _i in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (Asset.objects.count(), AssetMove.objects.count()) == (4, 4)
