"""A collaborator's own pages: who may, what they show, how many queries they take."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import clock
from accounts.models import Organisation, User
from accounts.roles import Role
from donations.pledges import actions
from donations.pledges.models import Commitment, Pledge
from donations.pledges.wording import next_step
from regions.models import Region
from regions.names import searchable
from tests.donations.pledges.walks import begin
from tests.factories import (
    AidTypeFactory,
    OrganisationFactory,
    aggregator,
    assessor,
    assign,
    collaborator,
    make_commitment,
    make_delivery,
    make_handover,
    make_need,
    official,
    organisation_of,
    someone,
    tree,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def giver(client: Client) -> User:
    user = collaborator()
    client.force_login(user)
    return user


def pledged(giver: User, **fields: object) -> Commitment:
    return make_commitment(collaborator=organisation_of(giver), **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["pledges", "pledge", "pledge_thanks"])
def test_own_pages_ask_for_sign_in(client: Client, name: str) -> None:
    address = reverse(name, args=[] if name == "pledges" else [make_commitment().pledge_id])
    assert client.get(address)["Location"].startswith("/id/")
    assert "next=" in client.get(address)["Location"]


@pytest.mark.parametrize("role", [None, Role.ASSESSOR, Role.OFFICIAL, Role.EXECUTOR, Role.AGGREGATOR])
def test_pledge_is_not_found_by_others(client: Client, role: Role | None) -> None:
    pledge = make_commitment().pledge
    people = {
        None: collaborator,
        Role.ASSESSOR: assessor,
        Role.OFFICIAL: lambda: official(tree()),
        Role.EXECUTOR: lambda: someone(Role.EXECUTOR, pledge.collaborator),
        Role.AGGREGATOR: lambda: someone(Role.AGGREGATOR, aggregator()),
    }
    client.force_login(people[role]())
    assert client.get(f"/id/ikrar/{pledge.pk}/").status_code == 404
    assert client.get(f"/id/ikrar/{pledge.pk}/terkirim/").status_code == 404
    assert pledge.number not in client.get("/id/ikrar/").content.decode()


def test_pledge_shows_the_way_from_promise_to_proof(client: Client, giver: User) -> None:
    commitment = pledged(giver, state="accepted")
    delivery = make_delivery("dispatched", commitment=commitment)
    handover = make_handover("verified", delivery=delivery)
    page = client.get(f"/id/ikrar/{commitment.pledge_id}/").content.decode()
    for shown in (delivery.number, handover.number, "Selesai", "terverifikasi"):
        assert str(shown) in page
    english = client.get(f"/en/ikrar/{commitment.pledge_id}/")
    assert english.status_code == 200


def test_pledge_says_what_is_owed_by_whom_and_until_when(client: Client, giver: User) -> None:
    commitment = pledged(giver)
    page = client.get(f"/id/ikrar/{commitment.pledge_id}/").content.decode()
    assert "Menghubungi kolaborator" in page
    assert "ditahan untuk Anda sampai" in page


def test_next_step_follows_the_commitment() -> None:
    officer, commitment = assessor(), make_commitment(quantity=100)

    def owed(of: Commitment) -> str:
        found = next_step(Commitment.objects.for_rows().get(pk=of.pk))
        return f"{found.what}: {found.who}" if found else ""

    assert "Menghubungi kolaborator: asesor" in owed(commitment)
    actions.contact(commitment=commitment, by=officer, channel="phone")
    assert "Menerima atau menolak" in owed(commitment)
    commitment = actions.accept(commitment=commitment, by=officer)
    assert "Merencanakan pengiriman" in owed(commitment)
    delivery = make_delivery("planned", commitment=commitment)
    assert "Mengirim" in owed(commitment)
    from donations.deliveries import actions as deliveries

    delivery = deliveries.dispatch(delivery=delivery, by=None)
    assert "berita acara: penerima" in owed(commitment)
    handover = make_handover("submitted", delivery=delivery)
    assert "Memeriksa berita acara" in owed(commitment)
    from donations.handovers import actions as handovers

    handovers.verify(handover=handover, by=None)
    assert owed(commitment) == ""


def test_next_step_of_money_is_with_giver_and_then_aggregator() -> None:
    collector = aggregator("Agregator Sah")
    commitment = make_commitment("accepted", route="aggregator", aggregator=collector)
    found = next_step(commitment)
    assert found is not None
    assert found.who == commitment.pledge.collaborator.name
    actions.fund(commitment=commitment, by=None, amount=1_000_000)
    found = next_step(Commitment.objects.for_rows().get())
    assert found is not None
    assert found.who == "Agregator Sah"


def test_list_searches_and_filters(client: Client, giver: User) -> None:
    first = pledged(giver, need=make_need(code="31.74.01.1001.001"))
    eid = make_need(code="31.74.01.1001.002", aid_type=AidTypeFactory(code="thr", name="Paket lebaran"))
    second = pledged(giver, need=eid, state="accepted")
    Region.objects.filter(pk=eid.region_id).update(search_path=f" {searchable('RW 02')} ")

    def shown(**query: str) -> set[int]:
        page = client.get("/id/ikrar/", query)
        return {one.pk for one in page.context["page"]}

    assert shown() == {first.pk, second.pk}
    assert shown(cari="lebaran") == {second.pk}
    assert shown(cari=first.pledge.number) == {first.pk}
    assert shown(cari=second.number.lower()) == {second.pk}
    assert shown(cari="RW 02") == {second.pk}
    assert shown(keadaan="accepted") == {second.pk}
    assert shown(program=second.program_id, tahun=str(clock.today().year), urut="nilai") == {
        first.pk,
        second.pk,
    }
    assert shown(tahun="1999") == {first.pk, second.pk}  # no such year in the list: said beside the field
    assert shown(cari="tidak ada") == set()
    assert "Tidak ada ikrar yang cocok" in client.get("/id/ikrar/?cari=zzz").content.decode()
    assert client.get("/id/ikrar/?keadaan=palsu&hal=x").status_code == 200


def test_list_without_pledges_says_what_to_do(client: Client, giver: User) -> None:
    assert "Belum ada ikrar" in client.get("/id/ikrar/").content.decode()


def test_list_shows_what_was_not_sent(client: Client, giver: User) -> None:
    draft = begin(client, make_need())
    assert f"/id/ikrar/isian/{draft.key}/ringkasan/" in client.get("/id/ikrar/").content.decode()


def test_list_takes_as_many_queries_for_thirty_rows_as_for_one(client: Client, giver: User) -> None:
    pledged(giver, quantity=1, need=make_need())

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert client.get("/id/ikrar/").status_code == 200
        return len(seen)

    queries()
    one = queries()
    for number in range(4, 34):
        pledged(giver, quantity=1, need=make_need(code=f"31.74.01.1001.{number:03d}"))
    assert queries() == one
    page = client.get("/id/ikrar/?cari=contoh&hal=2")
    assert page.context["page"].number in (1, 2)


def test_pledge_takes_as_many_queries_however_much_arrived(client: Client, giver: User) -> None:
    bare = pledged(giver, state="accepted")
    rich = pledged(giver, state="accepted", need=make_need(code="31.74.01.1001.009"))
    for _arrival in range(3):
        make_handover("verified", delivery=make_delivery("dispatched", commitment=rich, quantity=10))

    def queries(commitment: Commitment) -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(f"/id/ikrar/{commitment.pledge_id}/").status_code == 200
        return len(seen)

    queries(bare)
    # Deliveries, reports and their handovers are read in one query each, where there are any.
    assert queries(rich) <= queries(bare) + 3


def test_thanks_says_until_when_it_is_held(client: Client, giver: User) -> None:
    with clock.at(clock.now() - timedelta(hours=1)):
        commitment = pledged(giver)
    page = client.get(f"/id/ikrar/{commitment.pledge_id}/terkirim/")
    assert page.context["held_until"] - Pledge.objects.get().submitted_at == timedelta(hours=72)
    assert page.context["contact_by"] - Pledge.objects.get().submitted_at == timedelta(hours=48)


def test_person_of_two_organisations_sees_the_pledges_of_both(client: Client, giver: User) -> None:
    second: Organisation = OrganisationFactory()
    assign(giver, Role.COLLABORATOR, second)
    client.force_login(giver)
    pledged_by = list(Organisation.objects.all())
    for number, one in enumerate(pledged_by, 1):
        make_commitment(collaborator=one, need=make_need(code=f"31.74.01.1001.{number:03d}"))
    assert client.get("/id/ikrar/").context["page"].paginator.count == 2


def test_list_adds_up_and_downloads_what_it_shows(client: Client, giver: User) -> None:
    first = pledged(giver, quantity=10, need=make_need())
    second = pledged(giver, quantity=5, state="accepted", need=make_need(code="31.74.01.1001.009"))
    Organisation.objects.filter(pk=organisation_of(giver).pk).update(name="=1+1 Yayasan")
    make_commitment(need=make_need(code="31.74.01.1001.008"))  # somebody else's
    totals = client.get("/id/ikrar/").context["totals"]
    assert (totals.count, totals.pledged, totals.received) == (2, 15 * 200_000, 0)
    response = client.get("/id/ikrar/unduh.csv?urut=lama")
    rows = list(csv.DictReader(io.StringIO(b"".join(response).decode("utf-8-sig"))))
    assert [row["komitmen"] for row in rows] == [first.number, second.number]
    assert {row["kolaborator"] for row in rows} == {"'=1+1 Yayasan"}
    assert rows[0]["langkah_berikutnya"] == "Menghubungi kolaborator"
    only = b"".join(client.get("/id/ikrar/unduh.csv?keadaan=accepted")).decode()
    assert second.number in only
    assert first.number not in only


def test_details_are_changed_by_the_giver_and_written_down(client: Client, giver: User) -> None:
    item = pledged(giver, state="accepted", need=make_need())
    collector, day = aggregator("Agregator Sah"), clock.today() + timedelta(days=9)

    def send(verb: str, **data: object) -> int:
        return client.post(reverse("commitment_verb", args=[item.pk, verb]), data).status_code

    assert send("reschedule", schedule=day.isoformat()) == 302
    assert send("reschedule", schedule="2001-01-01") == 422
    assert send("reroute", way=str(collector.pk)) == 302
    assert send("reroute", way=str(aggregator("Habis", days=-1).pk)) == 422
    assert send("name", named="tidak") == 302
    assert send("note", text="Hubungi Ibu Sari.") == 302
    item.refresh_from_db()
    assert (item.schedule, item.aggregator, item.executor) == (day, collector, collector)
    assert (item.pledge.may_be_named, item.pledge.note) == (False, "Hubungi Ibu Sari.")
    assert (
        send("entrust", executor=str(item.pledge.collaborator_id)) == 422
    )  # the aggregator names who carries
    verbs = list(item.moves.order_by("pk").values_list("verb", flat=True))
    assert verbs == ["submit", "accept", "reschedule", "reroute", "name", "note"]
    actions.fund(commitment=item, by=None, amount=5)
    assert send("reroute", way="langsung") == 422
    assert "Dananya sudah diterima agregator" in client.get(item.get_absolute_url()).content.decode()


def test_a_part_is_withdrawn_where_the_giver_says(client: Client, giver: User) -> None:
    item = pledged(giver, state="accepted", need=make_need())
    actions.accept_redirect(
        redirect=actions.propose_redirect(
            allocation=item.allocations.get(), need=make_need(code="31.74.01.1001.009"), quantity=30, by=None,
            reason="x",
        ),
        by=None,
    )  # fmt: skip
    first, second = item.allocations.order_by("pk")
    address = reverse("commitment_verb", args=[item.pk, "reduce"])
    form = {"allocation": first.pk, "quantity": "71", "reason": "Stok berkurang."}
    assert client.post(address, form).status_code == 422
    assert client.post(address, {**form, "quantity": "70"}).status_code == 302
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.live, second.live) == (0, 30)


def test_a_change_that_cannot_be_made_now_says_why_in_place_of_its_form(client: Client, giver: User) -> None:
    item = pledged(giver, state="accepted", need=make_need())
    make_delivery("dispatched", commitment=item)
    for page in (
        reverse("commitment_verb", args=[item.pk, "reduce"]), reverse("redirect_new", args=[item.pk])
    ):  # fmt: skip
        shown = client.get(page).content.decode()
        assert "Sudah dikirim: " in shown
        assert "<textarea" not in shown
