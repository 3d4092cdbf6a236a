"""Several quantities in one pledge, offers to a place without a need, and numbers that are asked about."""

from datetime import timedelta

import pytest
from django.test import Client

from accounts import clock
from accounts.errors import NotNow, Refused
from accounts.models import User
from donations.pledges.actions import Promise, found_need, redirect_offer, submit
from donations.pledges.models import Commitment, Pledge, PledgeDraft
from donations.pledges.views.walk import SUMMARY
from programs.models import Need, PeopleKind
from tests.donations.pledges.walks import agreement, begin, step, walk
from tests.factories import (
    AidTypeFactory,
    OrganisationFactory,
    aggregator,
    assessor,
    collaborator,
    make_commitment,
    make_need,
    tree,
)

pytestmark = pytest.mark.django_db
OTHER_RW = "31.74.01.1001.004"


@pytest.fixture
def giver(client: Client) -> User:
    user = collaborator()
    client.force_login(user)
    return user


def join(client: Client, draft: PledgeDraft, need_pk: int, quantity: str = "40") -> None:
    response = client.post(f"/id/kebutuhan/{need_pk}/ikrar/", {"jumlah": quantity, "ke": str(draft.key)})
    assert response.status_code == 302


def test_several_needs_become_one_pledge_with_one_letter(client: Client, giver: User) -> None:
    first, second = make_need(), make_need(code=OTHER_RW)
    draft = begin(client, first)
    question = client.get(f"/id/kebutuhan/{second.pk}/ikrar/").content.decode()
    assert str(draft.key) in question
    assert "Belum perlu akun" not in question
    join(client, draft, second.pk)
    join(client, draft, second.pk, "60")
    walk(client, draft)
    page = client.get(step(draft, SUMMARY)).content.decode()
    assert "(a) " in page
    assert "(b) " in page
    assert client.post(step(draft, SUMMARY), agreement(client, draft)).status_code == 302
    pledge = Pledge.objects.get()
    assert sorted(pledge.commitments.values_list("quantity", "held")) == [(60, 60), (100, 100)]
    assert "60 paket" in pledge.statement.replace("\u00a0", " ")


def test_need_of_a_basket_that_filled_is_told_and_left_out(client: Client, giver: User) -> None:
    first, second = make_need(), make_need(code=OTHER_RW, target=100)
    draft = begin(client, first)
    join(client, draft, second.pk)
    walk(client, draft)
    form = agreement(client, draft)
    make_commitment(need=second)
    response = client.post(step(draft, SUMMARY), form)
    assert response.status_code == 422
    assert "Kirim tanpa yang ini" in response.content.decode()
    assert not Pledge.objects.filter(collaborator__assignments__user=giver).exists()
    line = draft.lines.get()
    client.post(f"/id/ikrar/isian/{draft.key}/hapus/", {"baris": line.pk})
    assert client.post(step(draft, SUMMARY), agreement(client, draft)).status_code == 302
    assert Commitment.objects.latest("pk").quantity == 100


def test_first_of_a_basket_is_dropped_and_the_next_takes_its_place(client: Client, giver: User) -> None:
    draft = begin(client, make_need())
    second = make_need(code=OTHER_RW)
    join(client, draft, second.pk)
    client.post(f"/id/ikrar/isian/{draft.key}/hapus/")
    draft.refresh_from_db()
    assert (draft.need, draft.quantity, draft.lines.count()) == (second, 40, 0)
    client.post(f"/id/ikrar/isian/{draft.key}/hapus/")
    draft.refresh_from_db()
    assert draft.need == second


def test_line_is_changed_by_its_own_and_not_found_in_another_pledge(client: Client, giver: User) -> None:
    draft = begin(client, make_need())
    join(client, draft, make_need(code=OTHER_RW).pk)
    line = draft.lines.get()
    client.post(f"/id/ikrar/isian/{draft.key}/baris/{line.pk}/", {"jumlah": "7"})
    line.refresh_from_db()
    assert line.quantity == 7
    assert client.get(f"/id/ikrar/isian/{draft.key}/baris/{line.pk + 1}/").status_code == 404
    stranger = Client()
    stranger.force_login(collaborator())
    assert stranger.post(f"/id/ikrar/isian/{draft.key}/hapus/").status_code == 404


def test_number_far_beyond_every_need_is_asked_about_once(client: Client, giver: User) -> None:
    need = make_need(target=500)
    data = {"bantuan": need.aid_type.pk, "wilayah": "31.74", "jumlah": "5.000"}
    response = client.post("/id/ikrar/tempatkan/", data)
    assert response.status_code == 422
    text = response.content.decode().replace("\u00a0", " ")
    assert "5.000 paket? Itu 10 kali yang masih kurang" in text
    assert client.post("/id/ikrar/tempatkan/", data | {"yakin": "5000"}).status_code == 302
    assert PledgeDraft.objects.get().quantity == 5000


def test_offer_names_a_place_and_says_what_is_open_there(client: Client, giver: User) -> None:
    need = make_need()
    data = {"tempat": need.region_id, "bantuan": need.aid_type.pk, "jumlah": "30"}
    page = client.post("/id/ikrar/tawarkan/", data)
    assert page.status_code == 200
    assert need.get_absolute_url() in page.content.decode()
    assert client.post("/id/ikrar/tawarkan/", data | {"tetap": "1"}).status_code == 302
    draft = walk(client, PledgeDraft.objects.get())
    client.post(step(draft, SUMMARY), agreement(client, draft))
    commitment = Commitment.objects.get()
    assert (commitment.is_offer, commitment.region_id, commitment.held) == (True, need.region_id, 0)
    thanks = client.get(f"/id/ikrar/{commitment.pledge_id}/terkirim/").content.decode()
    assert "di tempat pilihan Anda" in thanks
    assert "kebutuhan yang paling kekurangan" not in thanks


@pytest.mark.parametrize(
    "place", ["", "Tempat yang tidak ada", "31.74", "<script>alert(1)</script>", "x" * 10_000]
)
def test_offer_without_a_place_says_so(client: Client, place: str) -> None:
    aid = AidTypeFactory()
    tree("31.74.01.1001.003")
    response = client.post("/id/ikrar/tawarkan/", {"tempat": place, "bantuan": aid.pk, "jumlah": "3"})
    assert response.status_code == 422
    assert "<script>alert" not in response.content.decode()


def offer() -> Commitment:
    promise = Promise(quantity=50, aid_type=AidTypeFactory(), region=tree(), is_offer=True)
    return submit(collaborator=OrganisationFactory(), by=None, promises=[promise]).commitments.get()


def test_offer_becomes_a_need_that_it_fills() -> None:
    commitment = offer()
    need = found_need(
        commitment=commitment, by=assessor(), target=80, people=80, people_kind=PeopleKind.FAMILIES,
        reason="Ditawarkan warga.", deadline=clock.today() + timedelta(days=20),
    )  # fmt: skip
    commitment.refresh_from_db()
    assert (need.state, need.reserved, need.missing) == ("published", 0, 80)
    need.refresh_from_db()
    assert (need.reserved, need.missing) == (50, 30)
    assert (commitment.state, commitment.is_offer, commitment.reserved) == ("accepted", False, 50)
    with pytest.raises(NotNow):
        redirect_offer(commitment=commitment, need=need, by=assessor(), reason="Sudah.")


def test_offer_is_redirected_to_a_need_and_still_waits() -> None:
    commitment, need = offer(), make_need(code=OTHER_RW, target=60)
    redirect_offer(commitment=commitment, need=need, by=assessor(), reason="Di sana lebih kurang.")
    commitment.refresh_from_db()
    need.refresh_from_db()
    assert (commitment.state, commitment.region_id, commitment.held, need.held) == (
        "submitted",
        OTHER_RW,
        50,
        50,
    )
    with pytest.raises(Refused):
        redirect_offer(commitment=commitment, need=need, by=assessor(), reason="Lagi.")


def test_officer_turns_an_offer_into_a_need_by_its_form(client: Client) -> None:
    commitment = offer()
    client.force_login(assessor())
    page = client.get(f"/id/komitmen/{commitment.pk}/found_need/")
    assert page.status_code == 200
    form = {
        "seen": page.context["form"]["seen"].value(), "target": "60", "people": "60", "people_kind": "families",
        "reason": "Ditawarkan.", "priority": "1", "deadline": f"{clock.today() + timedelta(days=9):%Y-%m-%d}",
    }  # fmt: skip
    assert (
        client.post(f"/id/komitmen/{commitment.pk}/found_need/", form | {"target": "40"}).status_code == 422
    )
    for _press in range(2):
        assert client.post(f"/id/komitmen/{commitment.pk}/found_need/", form).status_code == 302
    need = Need.objects.get()
    assert (need.target, need.reserved, need.region_id) == (60, 50, commitment.region_id)


def test_money_goes_through_an_aggregator_only(client: Client, giver: User) -> None:
    money = AidTypeFactory(code="thr", name="Tunjangan", unit="rupiah", kind="money", guide_value=1)
    need = make_need(aid_type=money, target=50_000_000)
    collector = aggregator("Lumbung Bersama")
    draft = begin(client, make_need(code=OTHER_RW))
    walk(client, draft)
    join(client, draft, need.pk, "Rp 1.000.000")
    # How it gets there was answered for goods alone: it is asked anew, before the letter.
    assert client.get(step(draft, SUMMARY))["Location"] == step(draft, "cara")
    page = client.get(step(draft, "cara")).content.decode()
    assert "Kami kirim sendiri" not in page
    assert "Ikrar ini memuat uang" in page
    assert "Izin PUB" in page
    client.post(step(draft, "cara"), {"cara": collector.pk})
    assert client.post(step(draft, SUMMARY), agreement(client, draft)).status_code == 302
    assert {one.aggregator for one in Commitment.objects.all()} == {collector}
