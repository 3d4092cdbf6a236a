"""The desks: what waits for whom, in a fixed number of queries."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts import clock
from accounts.models import User
from accounts.roles import Role
from accounts.scope import Scope
from donations.desk.tasks import figures
from donations.handovers.checking import notice
from donations.pledges import actions
from donations.pledges.wording import contact_due
from tests.factories import (
    OrganisationFactory,
    UserFactory,
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
DESK = "/id/meja/"


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def kinds(user: User, query: str = "") -> list[str]:
    return [row.kind for row, _href in as_(user).get(DESK + query).context["rows"]]


def queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def one_of_each() -> None:
    """A task of every kind for an assessor of 31.74."""
    need = make_need(target=100_000)
    make_commitment(need=need)
    actions.contact(commitment=make_commitment(need=need), by=assessor(), channel="phone")
    loose = make_commitment("accepted", need=need)
    actions.release(allocation=loose.allocations.get(), by=None, reason="x")
    make_handover(
        "submitted", delivery=make_delivery("dispatched", commitment=make_commitment("accepted", need=need))
    )
    with clock.at(clock.now() - timedelta(days=4)):
        make_delivery(commitment=make_commitment("accepted", need=need))
    short = make_delivery("dispatched", commitment=make_commitment("accepted", need=need))
    make_handover("verified", delivery=short, damaged=3)
    make_need("draft")


def test_desk_is_private() -> None:
    assert Client().get(DESK).status_code == 302


def test_desk_without_assignment_says_what_to_do() -> None:
    response = as_(UserFactory()).get(DESK)
    assert response.status_code == 200
    assert "belum punya penugasan" in response.content.decode()


def test_assessor_sees_every_kind_of_task_by_deadline() -> None:
    one_of_each()
    response = as_(assessor()).get(DESK)
    rows = [row for row, _href in response.context["rows"]]
    assert {row.kind for row in rows} == {
        "contact",
        "answer",
        "allocate",
        "check",
        "overdue",
        "short",
        "publish",
    }
    assert [row.due for row in rows] == sorted(row.due for row in rows)
    assert response.context["tabs"][0]["count"] == len(rows)
    backwards = [row.due for row, _href in as_(assessor()).get(DESK + "?urut=-batas").context["rows"]]
    assert backwards == sorted(backwards, reverse=True)


def test_assessor_of_another_area_or_program_sees_none_of_it() -> None:
    one_of_each()
    assert kinds(assessor("31.75")) == []
    assert kinds(assessor(program="pendidikan")) == []


@pytest.mark.parametrize(
    ("tab", "expected"),
    [("hubungi", {"contact"}), ("ikrar", {"answer"}), ("alokasi", {"allocate"}), ("bast", {"check"}),
     ("pengiriman", {"overdue", "short"}), ("draf", {"publish"})],
)  # fmt: skip
def test_tabs_divide_the_tasks(tab: str, expected: set[str]) -> None:
    one_of_each()
    assert set(kinds(assessor(), f"?jenis={tab}")) == expected


def test_search_and_program_narrow_the_tasks() -> None:
    item = make_commitment(collaborator=OrganisationFactory(name="Koperasi Melati"))
    make_commitment(need=make_need(code="31.74.01.1001.009"))
    user = assessor()
    assert kinds(user, "?q=melati") == ["contact"]
    assert kinds(user, f"?q={item.number}") == ["contact"]
    assert kinds(user, "?q=RW+09") == ["contact"]
    assert kinds(user, "?q=tidak-ada") == []
    assert len(kinds(user, "?program=pangan")) == 2
    assert len(kinds(user, "?program=tidak-ada")) == 2


def test_a_chosen_task_stands_in_the_panel_and_what_is_out_of_reach_is_not_found() -> None:
    one_of_each()
    user = assessor()
    client = as_(user)
    for row, _href in client.get(DESK).context["rows"]:
        response = client.get(f"{DESK}?pilih={row.key}")
        assert response.status_code == 200
        assert response.context["panel"].key == row.key
    elsewhere = make_commitment(need=make_need(code="31.75.01.1001.001"))
    for key in (f"contact-{elsewhere.pk}", "contact-999999", "contact-x", "explode-1", "x"):
        assert client.get(f"{DESK}?pilih={key}").status_code == 404, key


def test_late_contact_is_counted_and_said() -> None:
    with clock.at(clock.now() - timedelta(hours=50)):
        make_commitment()
    response = as_(assessor()).get(DESK)
    assert response.context["figures"][0]["value"] == "1"
    assert "Terlambat" in response.content.decode()


def test_desk_of_assessor_asks_the_same_queries_for_1_and_30_rows() -> None:
    one_of_each()
    client = as_(assessor())
    every = queries(client, DESK)
    one = queries(client, DESK + "?jenis=ikrar")
    for _ in range(2):
        one_of_each()
    assert queries(client, DESK) == every
    need = make_need(target=100_000)
    for _ in range(30):
        item = make_commitment(need=need, quantity=1)
        actions.contact(commitment=item, by=assessor(), channel="phone")
    assert queries(client, DESK + "?jenis=ikrar") == one
    assert len(client.get(DESK + "?jenis=ikrar").context["rows"]) == 25


def test_reports_with_warnings_are_marked_filtered_and_listed_for_a_spreadsheet() -> None:
    plain, odd = make_handover("submitted"), make_handover("submitted", damaged=10)
    # The same picture in both; the desk tells what was noticed when each was looked over.
    notice(odd.pk)
    user = assessor()
    client = as_(user)
    address = DESK + "?jenis=bast"
    notes = {row.pk: row.note for row, _href in client.get(address).context["rows"]}
    assert notes[plain.pk] == ""
    assert "peringatan" in notes[odd.pk]
    asked = queries(client, address)
    make_commitment()
    assert kinds(user, "?peringatan=ada") == ["check"]
    lines = b"".join(client.get("/id/meja/bast.csv")).decode().splitlines()
    assert len(lines) == 3
    assert f"/id/laporan/{odd.pk}/" in lines[2]
    assert len(b"".join(client.get("/id/meja/bast.csv?peringatan=ada")).splitlines()) == 2
    for _report in range(3):
        notice(make_handover("submitted").pk)
    assert queries(client, address) == asked
    assert as_(assessor("31.75")).get("/id/meja/bast.csv").status_code == 200
    assert as_(collaborator()).get("/id/meja/bast.csv").status_code == 403


def test_paging_goes_through_all_tasks_and_wild_pages_are_the_last() -> None:
    need = make_need(target=100_000)
    for _ in range(27):
        make_commitment(need=need, quantity=1)
    client = as_(assessor())
    seen = {row.key for page in (1, 2) for row, _h in client.get(f"{DESK}?hal={page}").context["rows"]}
    assert len(seen) == 27
    assert len(client.get(f"{DESK}?hal=999").context["rows"]) == 2
    assert client.get(f"{DESK}?hal=x").status_code == 200


def test_batch_accept_says_of_each_what_came_of_it() -> None:
    first, second = make_commitment(), make_commitment()
    late = actions.decline(commitment=make_commitment(), by=None, reason="x")
    elsewhere = make_commitment(need=make_need(code="31.75.01.1001.001"))
    response = as_(assessor()).post(
        "/id/meja/terima/", {"ikrar": [first.pk, second.pk, late.pk, elsewhere.pk, "x"]}, follow=True
    )
    text = response.content.decode()
    assert f"2 ikrar diterima: {first.number}, {second.number}." in text
    assert f"{late.number}: Langkah ini" in text
    for item, state in (
        (first, "accepted"),
        (second, "accepted"),
        (late, "declined"),
        (elsewhere, "submitted"),
    ):
        item.refresh_from_db()
        assert item.state == state


def test_batch_accept_is_the_assessors() -> None:
    assert as_(collaborator()).post("/id/meja/terima/", {"ikrar": ["1"]}).status_code == 403
    assert as_(assessor()).get("/id/meja/terima/").status_code == 405
    assert as_(assessor()).post("/id/meja/terima/").status_code == 302


def test_collaborator_sees_own_commitments_with_the_next_step() -> None:
    giver = collaborator()
    item = make_commitment("accepted", collaborator=organisation_of(giver))
    make_commitment()
    response = as_(giver).get(DESK)
    assert [(row.pk, step.mine) for row, step in response.context["rows"]] == [(item.pk, True)]
    assert "Rencanakan pengiriman" in response.content.decode()


def test_desk_of_collaborator_asks_the_same_queries_for_1_and_30_rows() -> None:
    giver = collaborator()
    need = make_need(target=100_000)
    make_delivery(commitment=make_commitment("accepted", need=need, collaborator=organisation_of(giver)))
    client = as_(giver)
    before = queries(client, DESK)
    for _ in range(30):
        make_delivery(commitment=make_commitment("accepted", need=need, collaborator=organisation_of(giver)))
    assert queries(client, DESK) == before


def test_official_sees_what_is_owed_before_what_comes() -> None:
    need = make_need(target=100_000)
    later = make_delivery(commitment=make_commitment("accepted", need=need))
    owed = make_delivery("dispatched", commitment=make_commitment("accepted", need=need))
    response = as_(official(tree())).get(DESK)
    assert [one.delivery.pk for one in response.context["owed"]] == [owed.pk]
    assert [one.delivery.pk for one in response.context["later"]] == [later.pk]
    assert "Bapak/Ibu" in response.content.decode()
    other = as_(official(tree("31.74.01.1001.004"))).get(DESK)
    assert other.context["owed"] == []


def test_desk_of_official_asks_the_same_queries_for_1_and_30_rows() -> None:
    need = make_need(target=100_000)
    make_delivery("dispatched", commitment=make_commitment("accepted", need=need))
    client = as_(official(tree()))
    before = queries(client, DESK)
    for _ in range(30):
        make_delivery("dispatched", commitment=make_commitment("accepted", need=need))
    assert queries(client, DESK) == before


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.ADMINISTRATOR])
def test_desks_of_area_roles_open(role: Role) -> None:
    make_delivery()
    response = as_(someone(role, tree("31.74"))).get(DESK)
    assert response.status_code == 200


def test_somebody_with_two_roles_chooses_between_two_desks() -> None:
    user = assessor()
    assign(user, Role.COLLABORATOR, OrganisationFactory())
    client = as_(user)
    assert client.get(DESK).context["desk_name"] == "asesor"
    response = client.get(DESK + "?peran=bantuan")
    assert response.context["desk_name"] == "bantuan"
    assert response.context["role_assignment"].role == "collaborator"
    assert client.get(DESK + "?peran=administrasi").context["desk_name"] == "asesor"


def test_pledge_that_was_sent_again_is_not_late_at_once() -> None:
    now = clock.now()
    with clock.at(now - timedelta(days=30)):
        need = make_need(deadline=clock.today() + timedelta(days=90))
        old = actions.contact(commitment=make_commitment(need=need), by=None, channel="phone")
        old = actions.decline(commitment=old, by=None, reason="x")
    with clock.at(now - timedelta(hours=1)):
        again = actions.restore(commitment=old, by=None)
    assert again.contacted_at is None
    assert contact_due(again) == now + timedelta(hours=47)
    scope = Scope.of(assessor())
    assert (figures(scope).unanswered, figures(scope).late_contacts) == (1, 0)
    with clock.at(now + timedelta(hours=47, minutes=1)):
        assert figures(scope).late_contacts == 1
