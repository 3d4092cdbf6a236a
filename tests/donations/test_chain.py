"""The whole chain, verb by verb, by the people whose verbs they are."""

from datetime import timedelta

import pytest

from accounts import clock, photos
from accounts.errors import OutOfReach, Refused
from accounts.roles import Role
from donations.deliveries import actions as deliveries
from donations.handovers import actions as handovers
from donations.pledges import actions as pledges
from donations.pledges.actions import NeedFull, Promise
from donations.pledges.models import Route
from programs.actions import publish
from tests.factories import (
    PARTIES,
    WHY,
    OrganisationFactory,
    aggregator,
    assessor,
    assign,
    collaborator,
    make_commitment,
    make_handover,
    make_need,
    official,
    organisation_of,
    picture,
    someone,
    tree,
)

pytestmark = pytest.mark.django_db


def test_chain_from_target_to_verified_handover() -> None:

    officer, second = assessor(), assessor()
    need = publish(need=make_need("draft", target=1000), by=officer)
    giver = collaborator()
    direct = pledges.submit(
        collaborator=organisation_of(giver), by=giver, promises=[Promise(quantity=600, need=need)]
    ).commitments.get()
    collector = aggregator()
    through = pledges.submit(
        collaborator=organisation_of(other := collaborator()),
        by=other,
        promises=[Promise(quantity=400, need=need, route=Route.AGGREGATOR, aggregator=collector)],
    ).commitments.get()
    third = collaborator()
    with pytest.raises(NeedFull):
        pledges.submit(
            collaborator=organisation_of(third), by=third, promises=[Promise(quantity=1, need=need)]
        )
    need.refresh_from_db()
    assert (need.held, need.reserved, need.missing) == (1000, 0, 0)

    pledges.contact(commitment=direct, by=officer, channel="phone")
    direct = pledges.accept(commitment=direct, by=officer)
    through = pledges.accept(commitment=through, by=officer)
    need.refresh_from_db()
    assert (need.held, need.reserved) == (0, 1000)

    delivery = deliveries.plan(
        executor=organisation_of(giver),
        quantities={direct.allocations.get(): 600},
        planned_on=clock.today() + timedelta(days=1),
        by=giver,
    )
    receiver = official(tree())
    deliveries.confirm(delivery=delivery, by=receiver)
    deliveries.dispatch(delivery=delivery, by=giver)

    early = deliveries.plan(
        executor=collector,
        quantities={through.allocations.get(): 400},
        planned_on=clock.today(),
        by=someone(Role.AGGREGATOR, collector),
    )
    with pytest.raises(Refused, match="dibeli"):
        deliveries.dispatch(delivery=early, by=someone(Role.AGGREGATOR, collector))

    report = handovers.start(delivery=delivery, by=receiver)
    line = delivery.lines.get()
    handovers.save(
        handover=report,
        by=receiver,
        counts={line.pk: (580, 12, 8)},
        explained={line.pk: WHY},
        arrived_at=clock.now(),
        place="Balai warga",
        **PARTIES,
    )
    handovers.add_photo(handover=report, by=receiver, photo=photos.clean(picture()))
    report = handovers.submit(handover=report, by=receiver)
    assert report.number == f"1/31.74/{clock.today().year}"
    need.refresh_from_db()
    assert (need.received, need.verified) == (580, 0)
    report = handovers.verify(handover=report, by=second)
    delivery.refresh_from_db()
    need.refresh_from_db()
    assert (need.received, need.verified, delivery.state) == (580, 580, "completed")

    line.refresh_from_db()
    deliveries.release(line=line, by=officer, quantity=8, reason="Tidak akan dikirim ulang.")
    deliveries.resend(line=line, by=officer, quantity=12)
    need.refresh_from_db()
    direct.refresh_from_db()
    assert (need.reserved, need.dispatched, need.missing) == (992, 580, 8)
    assert direct.allocations.get().free == 12
    moves = list(delivery.moves.values_list("verb", flat=True))
    assert moves == ["plan", "confirm", "dispatch", "arrive", "complete", "release", "resend"]


def test_nobody_accepts_the_pledge_of_an_organisation_of_their_own() -> None:
    officer = assessor()
    assign(officer, Role.COLLABORATOR, giver := OrganisationFactory())
    commitment = make_commitment(need=make_need(), collaborator=giver)
    with pytest.raises(Refused, match="organisasi Anda sendiri"):
        pledges.accept(commitment=commitment, by=officer)


def test_who_reported_an_earlier_version_does_not_verify_the_next() -> None:
    first, second = official(tree()), official(tree())
    report = make_handover("submitted", by=first)
    report = handovers.send_back(handover=report, by=assessor(), reason="Hitung ulang.")
    report = handovers.submit(handover=report, by=second)
    assign(first, Role.ASSESSOR, tree("31.74"))
    with pytest.raises(Refused, match="Pemeriksa bukan pelapor"):
        handovers.verify(handover=report, by=first)


def test_wish_is_not_allocated_to_a_need_outside_ones_area() -> None:
    wish = pledges.submit(
        collaborator=OrganisationFactory(),
        by=None,
        promises=[Promise(quantity=5, aid_type=make_need().aid_type, region=tree("31.74"))],
    ).commitments.get()
    wish = pledges.accept(commitment=wish, by=None)
    elsewhere = make_need(code="31.75.01.1001.001")
    with pytest.raises(OutOfReach):
        pledges.allocate(commitment=wish, need=elsewhere, quantity=5, by=assessor("31.74"))
