import pytest

from accounts.actions.permits import reinstate_permit, suspend_permit
from accounts.errors import Refused
from donations.deliveries import actions as deliveries
from donations.pledges import actions as pledges
from donations.pledges.actions import drafts
from donations.pledges.models import Pledge, Route
from tests.factories import (
    AidTypeFactory,
    OrganisationFactory,
    aggregator,
    collaborator,
    make_commitment,
    make_delivery,
    make_handover,
    make_need,
    organisation_of,
)

pytestmark = pytest.mark.django_db


def test_submit_refuses_a_suspended_collaborator() -> None:
    with pytest.raises(Refused, match="dibekukan"):
        make_commitment(collaborator=OrganisationFactory(state="suspended"))
    assert not Pledge.objects.exists()


def test_restore_refuses_a_permit_that_is_no_longer_in_force() -> None:
    collector = aggregator()
    declined = pledges.decline(
        commitment=make_commitment(route=Route.AGGREGATOR, aggregator=collector), by=None, reason="x"
    )
    suspend_permit(permit=collector.permits.get(), by=None, reason="x")
    with pytest.raises(Refused, match="tidak berlaku"):
        pledges.restore(commitment=declined, by=None)
    reinstate_permit(permit=collector.permits.get(), by=None, reason="x")
    collector.permits.update(number="PUB-baru")
    assert pledges.restore(commitment=declined, by=None).permit_text.startswith("PUB-baru")


def test_money_goes_through_an_aggregator_by_every_way() -> None:
    money = AidTypeFactory(code="thr", name="Tunjangan", unit="rupiah", kind="money", guide_value=1)
    need = make_need(aid_type=money, target=50_000_000)
    with pytest.raises(Refused, match="agregator berizin") as refused:
        make_commitment(need=need)
    assert (refused.value.code, Pledge.objects.exists()) == ("money", False)
    through = make_commitment(need=need, route=Route.AGGREGATOR, aggregator=aggregator())
    with pytest.raises(Refused, match="agregator berizin"):
        pledges.reroute(commitment=through, by=None, route=Route.DIRECT)


def test_draft_is_sent_as_another_tab_left_it() -> None:
    need, giver = make_need(), collaborator()
    first = drafts.begin(by=giver, need=need, quantity=10)
    drafts.answer(draft=first, by=giver, step="cara", route=Route.DIRECT, aggregator=None)
    drafts.answer(draft=first, by=giver, step="jumlah", quantity=30)
    organisation = organisation_of(giver)
    pledge = drafts.send(draft=first, by=giver, organisation=organisation, statement="x")
    assert pledge.commitments.get().quantity == 30
    assert drafts.send(draft=first, by=giver, organisation=organisation, statement="x") == pledge


def test_submit_refuses_more_than_anybody_could_use() -> None:
    need = make_need()
    wish = pledges.Promise(quantity=10**12 - 1, aid_type=need.aid_type, region=need.region)
    with pytest.raises(Refused, match=r"20\.000\.000"):
        pledges.submit(collaborator=OrganisationFactory(), by=None, promises=[wish])


def test_restore_refuses_a_suspended_collaborator() -> None:
    declined = pledges.decline(commitment=make_commitment(), by=None, reason="x")
    declined.pledge.collaborator.state = "suspended"
    declined.pledge.collaborator.save()
    with pytest.raises(Refused, match="dibekukan"):
        pledges.restore(commitment=declined, by=None)


def test_reduce_by_all_that_never_arrived_fulfils_the_rest() -> None:
    commitment = make_commitment("accepted", quantity=100)
    delivery = make_delivery("dispatched", commitment=commitment)
    make_handover("verified", delivery=delivery, good=90, damaged=10)
    deliveries.release(line=delivery.lines.get(), by=None, quantity=10, reason="Tidak dikirim lagi.")
    reduced = pledges.reduce(commitment=commitment, by=None, quantity=10, reason="Stok habis.")
    assert (reduced.state, reduced.live) == ("fulfilled", 90)


def test_reason_is_kept_without_what_no_text_may_hold() -> None:
    declined = pledges.decline(commitment=make_commitment(), by=None, reason=" Sudah\x00 penuh. ")
    assert declined.moves.get(verb="decline").reason == "Sudah penuh."
