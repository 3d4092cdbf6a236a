"""Pages of deliveries: who sees what, what each verb answers, and what a wrong form gets."""

from datetime import timedelta
from itertools import product

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import clock
from accounts.models import User
from accounts.roles import Role
from donations.deliveries import actions as deliveries
from donations.deliveries.models import Delivery
from donations.handovers import actions as handovers
from regions.models import Region
from regions.names import searchable
from tests.factories import (
    AidTypeFactory,
    OrganisationFactory,
    SiteFactory,
    assessor,
    make_commitment,
    make_delivery,
    make_handover,
    make_need,
    official,
    someone,
    tree,
)

pytestmark = pytest.mark.django_db

A, F, O = Role.ASSESSOR, Role.FACILITATOR, Role.OFFICIAL  # noqa: E741
C, G, E = Role.COLLABORATOR, Role.AGGREGATOR, Role.EXECUTOR
DELIVERERS = {C, G, E}
WHO = {
    "confirm": {F, O},
    "move": DELIVERERS | {O},
    "dispatch": DELIVERERS,
    "fail": DELIVERERS | {A},
    "cancel": DELIVERERS,
    "resend": {A},
    "release": {A},
}


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def deliverer(delivery: Delivery) -> User:
    return someone(C, delivery.executor)


def url(delivery: Delivery, verb: str = "") -> str:
    return (
        reverse("delivery_verb", args=[delivery.pk, verb])
        if verb
        else reverse("delivery", args=[delivery.pk])
    )


def test_official_reads_what_to_do_and_whom_to_call() -> None:
    delivery = make_delivery()
    carrier = delivery.executor
    carrier.phone = "0812 1111 2222"
    carrier.save()
    page = signed_in(official(delivery.region)).get(url(delivery)).content.decode()
    need = delivery.lines.get().allocation.need
    for words in (
        "Pastikan tanggalnya", "Hitung dulu, baru tanda tangan", "Bantuan ini gratis", "tel:+6281211112222",
        "https://wa.me/6281211112222?text=", reverse("adjustment_new", args=[need.pk]),
    ):  # fmt: skip
        assert words in page
    assert "Bantuan ini gratis" not in signed_in(deliverer(delivery)).get(url(delivery)).content.decode()


def everyone(delivery: Delivery, inside: bool) -> dict[Role, Client]:
    area, recipient = ("31.74", "31.74.01.1001.003") if inside else ("31.75", "31.74.01.1001.004")
    people = {role: someone(role, tree(area)) for role in (Role.ADMINISTRATOR, A, F)}
    people[O] = official(tree(recipient))
    for role in DELIVERERS:
        people[role] = someone(role, delivery.executor if inside else OrganisationFactory())
    return {role: signed_in(user) for role, user in people.items()}


def in_state(state: str) -> Delivery:
    made = make_delivery("planned" if state in ("planned", "confirmed", "cancelled") else "dispatched")
    if state == "confirmed":
        return deliveries.confirm(delivery=made, by=None)
    if state == "cancelled":
        return deliveries.cancel(delivery=made, by=None, reason="x")
    if state == "completed":
        make_handover("verified", delivery=made, damaged=4, missing=6)
        made.refresh_from_db()
    if state == "failed":
        make_handover("verified", delivery=made, good=10, damaged=4, missing=6)
        return deliveries.fail(delivery=made, by=None, reason="x")
    return made


# Whoever is out of the area is told nothing before the state is asked for: one state tells (all of them, of verbs
# alone: tests/donations/test_permissions.py).
@pytest.mark.parametrize(
    ("state", "inside"),
    [
        *product(["planned", "confirmed", "dispatched", "completed", "failed", "cancelled"], [True]),
        ("dispatched", False),
    ],
)
def test_verbs_answer_by_role_place_and_state(state: str, inside: bool) -> None:
    delivery = in_state(state)
    assert delivery.state == state
    line = delivery.lines.get()
    data = {
        "reason": "Alasan contoh.", "quantity": "2", "seen": "0", "planned_on": clock.today().isoformat(),
    }  # fmt: skip
    for (role, client), verb in product(everyone(delivery, inside).items(), WHO):
        address = url(delivery, verb)
        if verb in ("resend", "release"):
            address = reverse("shortfall", args=[delivery.pk, line.pk, verb])
        if not inside:
            expected = 404
        elif role not in WHO[verb]:
            expected = 403
        else:
            expected = 302 if state in Delivery.VERBS[verb].sources else 409
            if verb in ("resend", "release") and state == "dispatched":
                expected = 422  # nothing is verified yet
        with transaction.atomic():
            response = client.post(address, data)
            transaction.set_rollback(True)
        assert response.status_code == expected, (role, verb)


def test_pages_ask_for_sign_in() -> None:
    delivery = make_delivery()
    for address in (reverse("deliveries"), reverse("delivery_plan"), url(delivery), url(delivery, "move")):
        assert Client().get(address).status_code == 302


@pytest.mark.parametrize("name", ["deliveries", "delivery_plan"])
def test_lists_take_the_same_queries_for_one_and_for_thirty(name: str) -> None:
    carrier, need = OrganisationFactory(), make_need(target=100_000)

    def add(n: int) -> None:
        for _i in range(n):
            commitment = make_commitment("accepted", need=need, quantity=10, collaborator=carrier)
            make_delivery(commitment=commitment, quantity=5)

    def queries(user: User) -> int:
        client = signed_in(user)
        client.get(reverse(name))
        with CaptureQueriesContext(
            connection,
        ) as captured:
            response = client.get(reverse(name))
        assert response.status_code == 200
        return len(captured)

    add(1)
    user = someone(C, carrier)
    before = queries(user)
    add(29)
    assert queries(user) == before


def test_list_shows_each_their_own_by_tab_and_search() -> None:
    near, far = make_delivery(), make_delivery("dispatched", commitment=make_commitment(
        "accepted", need=make_need(code="31.75.01.1001.001")))  # fmt: skip
    for user, seen, unseen in (
        (assessor(), near, far),
        (assessor("31.75"), far, near),
        (deliverer(near), near, far),
    ):
        body = signed_in(user).get(reverse("deliveries")).content.decode()
        assert seen.number in body
        assert unseen.number not in body
    Region.objects.filter(pk="31.74.01.1001.003").update(search_path=searchable("RW 03"))
    client = signed_in(assessor("31"))
    for query, seen, unseen in (
        ("lihat=jalan", far, near), ("lihat=akan", near, far), (f"q={near.number}", near, far),
        ("q=RW+03", near, far), (f"q={far.executor.name}", far, near),
    ):  # fmt: skip
        body = client.get(f"{reverse('deliveries')}?{query}").content.decode()
        assert (seen.number in body, unseen.number in body) == (True, False), query
    for query in ("q=" + "9" * 30, "hal=x", "program=tidak", "urut=x", "lihat=x", "q=%00"):
        assert client.get(f"{reverse('deliveries')}?{query}").status_code == 200, query


def test_detail_offers_each_their_verbs() -> None:
    delivery = make_delivery()
    giver, receiver, officer = deliverer(delivery), official(tree()), assessor()
    for user, offered, withheld in (
        (giver, {"dispatch", "move", "cancel"}, {"confirm", "fail"}),
        (receiver, {"confirm", "move"}, {"dispatch", "cancel"}),
        (officer, set(), {"dispatch", "confirm", "move", "cancel", "fail"}),
    ):
        body = signed_in(user).get(url(delivery)).content.decode()
        for verb in offered:
            assert url(delivery, verb) in body, verb
        for verb in withheld:
            assert url(delivery, verb) not in body, verb


def test_detail_leads_to_a_page_that_confirms_the_departure() -> None:
    delivery = make_delivery()
    client = signed_in(deliverer(delivery))
    body = client.get(url(delivery)).content.decode()
    assert body.count(f'href="{url(delivery, "dispatch")}"') == 2  # beside the facts, and in a phone's bar
    assert f'action="{url(delivery, "dispatch")}"' not in body
    assert "tidak dapat dibatalkan" in client.get(url(delivery, "dispatch")).content.decode()
    delivery.refresh_from_db()
    assert delivery.state == "planned"


def test_detail_leads_the_official_to_the_report() -> None:
    delivery, receiver = make_delivery("dispatched"), official(tree())
    address = reverse("report_start", args=[delivery.pk])
    assert address in signed_in(receiver).get(url(delivery)).content.decode()
    assert address not in signed_in(assessor()).get(url(delivery)).content.decode()


def test_detail_takes_the_same_queries_for_one_line_and_for_five() -> None:
    user = assessor()
    client, counts = signed_in(user), []
    for n in (1, 5):
        carrier, need = OrganisationFactory(), make_need(target=1000)
        commitments = [
            make_commitment("accepted", need=need, quantity=10, collaborator=carrier) for _i in range(n)
        ]
        delivery = deliveries.plan(
            executor=carrier, quantities={c.allocations.get(): 10 for c in commitments},
            planned_on=clock.today(), by=None,
        )  # fmt: skip
        client.get(url(delivery))
        with CaptureQueriesContext(connection) as captured:
            client.get(url(delivery))
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_verb_page_keeps_what_was_typed_and_says_what_is_wrong() -> None:
    delivery = make_delivery()
    client = signed_in(deliverer(delivery))
    yesterday = clock.today() - timedelta(days=1)
    response = client.post(
        url(delivery, "move"),
        {"planned_on": yesterday.isoformat(), "window": "pagi", "reason": "Truk rusak."},
    )
    body = response.content.decode()
    assert response.status_code == 422
    for kept in (yesterday.isoformat(), "pagi", "Truk rusak.", "Tanggal kirim sudah lewat"):
        assert kept in body
    assert client.post(url(delivery, "cancel"), {"reason": "  "}).status_code == 422
    assert client.get(url(delivery, "fail")).status_code == 409
    for verb in ("arrive", "complete", "plan", "tidak-ada"):
        assert client.post(url(delivery, verb)).status_code == 404, verb


def test_verb_sent_twice_is_done_once() -> None:
    delivery = make_delivery()
    client = signed_in(deliverer(delivery))
    assert [client.post(url(delivery, "dispatch")).status_code for _i in range(2)] == [302, 302]
    assert delivery.moves.filter(verb="dispatch").count() == 1
    assert signed_in(someone(C, delivery.executor)).post(url(delivery, "dispatch")).status_code == 409


def plan_data(commitment, quantity: object, **more: str) -> dict[str, str]:
    return {
        f"quantity_{commitment.allocations.get().pk}": str(quantity),
        "planned_on": clock.today().isoformat(),
        "key": "6f2c2f0e-33bd-4a3b-9d3a-d3ee3b1f0d5b",
        **more,
    }


def test_plan_from_a_commitment_goes_straight_to_its_recipient() -> None:
    commitment = make_commitment("accepted", quantity=100)
    client = signed_in(someone(C, commitment.executor))
    page = client.get(f"{reverse('delivery_plan')}?komitmen={commitment.pk}")
    assert page.context["form"]
    key = page.context["journey"].key
    address = f"{reverse('delivery_plan')}?perjalanan={key}"
    response = client.post(address, plan_data(commitment, "60", window="09.00–11.00", note="Truk kecil"))
    made = Delivery.objects.get()
    assert response.url == url(made)
    assert (made.lines.get().quantity, made.window, made.note) == (60, "09.00–11.00", "Truk kecil")
    # the same form again is the same delivery, also when nothing is left to plan
    assert client.post(address, plan_data(commitment, "60")).url == url(made)
    client.post(address, plan_data(commitment, "40", key="7f2c2f0e-33bd-4a3b-9d3a-d3ee3b1f0d5b"))
    assert client.post(address, plan_data(commitment, "40")).url == url(made)
    assert Delivery.objects.count() == 2


@pytest.mark.parametrize("quantity", ["101", "-5", "1000000000000", "9" * 40, "sepuluh", "1,5", "", "0"])
def test_plan_refuses_quantities_that_cannot_be(quantity: str) -> None:
    commitment = make_commitment("accepted", quantity=100)
    client = signed_in(someone(C, commitment.executor))
    address = f"{reverse('delivery_plan')}?komitmen={commitment.pk}"
    key = client.get(address).context["journey"].key
    response = client.post(
        f"{reverse('delivery_plan')}?perjalanan={key}", plan_data(commitment, quantity, note="Tetap ada")
    )
    assert response.status_code == 422
    assert "Tetap ada" in response.content.decode()
    assert not Delivery.objects.exists()


def test_plan_refuses_a_day_in_the_past_and_others_allocations() -> None:
    commitment, other = make_commitment("accepted"), make_commitment("accepted")
    client = signed_in(someone(C, commitment.executor))
    key = client.get(f"{reverse('delivery_plan')}?komitmen={commitment.pk}").context["journey"].key
    address = f"{reverse('delivery_plan')}?perjalanan={key}"
    past = (clock.today() - timedelta(days=1)).isoformat()
    for day in (past, "kemarin", ""):
        assert client.post(address, plan_data(commitment, 10, planned_on=day)).status_code == 422
    assert client.post(address, plan_data(other, 10)).status_code == 422
    assert client.get(f"{reverse('delivery_plan')}?komitmen={other.pk}").status_code == 404
    assert client.get(f"{reverse('delivery_plan')}?komitmen=x").status_code == 404
    assert signed_in(assessor()).get(reverse("delivery_plan")).status_code == 403
    assert not Delivery.objects.exists()


def test_plan_puts_several_allocations_of_one_recipient_together() -> None:
    carrier, need = OrganisationFactory(), make_need(target=1000)
    first, second = (make_commitment("accepted", need=need, collaborator=carrier) for _i in range(2))
    make_commitment("accepted", need=make_need(site=SiteFactory()), collaborator=carrier)
    client = signed_in(someone(C, carrier))
    assert len(client.get(reverse("delivery_plan")).context["journeys"]) == 2
    key = client.get(f"{reverse('delivery_plan')}?komitmen={first.pk}").context["journey"].key
    client.post(f"{reverse('delivery_plan')}?perjalanan={key}", plan_data(first, 30) | plan_data(second, 20))
    assert sorted(Delivery.objects.get().lines.values_list("quantity", flat=True)) == [20, 30]


def test_shortfall_is_decided_once_for_each_unit() -> None:
    delivery = in_state("completed")
    line, client = delivery.lines.get(), signed_in(assessor())
    address = reverse("shortfall", args=[delivery.pk, line.pk, "resend"])
    page = client.get(address)
    assert page.context["form"].initial == {"quantity": 10, "seen": 0}
    data = {"quantity": "4", "seen": "0"}
    assert client.post(address, {"quantity": "11", "seen": "0"}).status_code == 422
    assert [client.post(address, data).status_code for _i in range(2)] == [302, 409]
    release = reverse("shortfall", args=[delivery.pk, line.pk, "release"])
    assert client.post(release, {"quantity": "6", "seen": "4"}).status_code == 422  # no reason
    assert client.post(release, {"quantity": "6", "seen": "4", "reason": "Habis."}).status_code == 302
    line.refresh_from_db()
    assert (line.settled, line.allocation.free, line.allocation.released) == (10, 4, 6)
    told = [
        (move["label"], move["detail"]) for move in client.get(delivery.get_absolute_url()).context["moves"]
    ]
    row = client.get(delivery.get_absolute_url()).context["lines"][0]
    assert (row.resent, row.released) == (4, 6)
    body = client.get(delivery.get_absolute_url()).content.decode()
    assert "4 dikirim ulang" in body
    assert "6 dilepaskan ke kebutuhan" in body
    assert told[:2] == [
        ("Yang kurang dilepaskan kembali ke kebutuhan", "6 paket sembako"),
        ("Yang kurang akan dikirim ulang", "4 paket sembako"),
    ]
    assert client.get(reverse("shortfall", args=[delivery.pk, line.pk + 999, "resend"])).status_code == 404


def test_note_has_a_code_only_once_there_is_a_report() -> None:
    delivery, client = make_delivery("dispatched"), signed_in(assessor())
    address = reverse("delivery_note", args=[delivery.pk])
    assert 'class="qr"' not in client.get(address).content.decode()
    report = make_handover("submitted", delivery=delivery)
    body = client.get(address).content.decode()
    assert 'class="qr"' in body
    assert report.code_in_groups in body
    assert signed_in(assessor("31.75")).get(address).status_code == 404


def test_timeline_leads_from_an_arrival_to_its_report() -> None:
    delivery = make_delivery("dispatched")
    report = make_handover("submitted", delivery=delivery)
    moves = signed_in(deliverer(delivery)).get(url(delivery)).context["moves"]
    arrival = next(move for move in moves if move["detail_href"])
    assert (arrival["label"], arrival["detail"]) == ("Tiba, dilaporkan penerima", f"BAST {report.number}")
    assert arrival["detail_href"] == reverse("handover", args=[report.pk])


def test_drafts_of_reports_are_for_those_who_write_them() -> None:
    delivery = make_delivery("dispatched")
    draft = handovers.start(delivery=delivery, by=None)
    link = reverse("handover", args=[draft.pk])
    assert link in signed_in(official(tree())).get(url(delivery)).content.decode()
    assert link not in signed_in(deliverer(delivery)).get(url(delivery)).content.decode()


def test_cargo_is_written_in_words_of_its_aid_type() -> None:
    from donations.deliveries.wording import amount, amounts

    food = AidTypeFactory()
    laptop = AidTypeFactory(code="laptop", name="Laptop", name_en="Laptop", unit="unit", unit_en="units")
    assert amount(food, 1200) == "1.200 paket sembako"
    assert amounts([(food, 100), (laptop, 2), (food, 20)]) == "120 paket sembako dan 2 unit laptop"


def test_suspended_organisation_plans_nothing_new_but_ends_what_is_under_way() -> None:
    planned = make_delivery(quantity=40)
    dropped = deliveries.plan(
        executor=planned.executor,
        quantities={planned.lines.get().allocation: 10},
        planned_on=clock.today(),
        by=None,
    )
    planned.executor.state = "suspended"
    planned.executor.save()
    client = signed_in(deliverer(planned))
    page = client.get(f"/id/pengiriman/rencana/?komitmen={planned.lines.get().allocation.commitment_id}")
    assert "sedang dibekukan" in page.content.decode()
    assert '<form method="post"' not in page.content.decode()
    response = client.post(page.context["plan_url"], {"planned_on": clock.today().isoformat()})
    assert response.status_code == 422
    assert "sedang dibekukan" in response.content.decode()
    assert Delivery.objects.count() == 2
    assert client.post(url(planned, "dispatch")).status_code == 302
    assert client.post(url(dropped, "cancel"), {"reason": "Tidak jadi."}).status_code == 302
