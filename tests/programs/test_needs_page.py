"""The list of needs: who sees it, filters, orders, paging, and a fixed number of queries."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts import clock
from programs.actions import close, publish
from programs.models import Priority
from tests.factories import AidTypeFactory, ProgramFactory, SiteFactory, make_commitment, make_need

pytestmark = pytest.mark.django_db
ADDRESS = "/id/kebutuhan/"


def names(client: Client, query: str = "") -> list[str]:
    return [row["name"] for row in client.get(ADDRESS + query).context["rows"]]


def test_list_shows_open_needs_and_no_drafts(client):
    make_need("draft", code="31.74.01.1001.001")
    shown = make_need(code="31.74.01.1001.002")
    assert names(client) == [shown.recipient_name]


def test_publishing_shows_a_need_at_once(client):
    need = make_need("draft")
    assert names(client) == []
    publish(need=need, by=None)
    assert names(client) == [need.recipient_name]


def test_list_leaves_a_visitor_without_cookies(client):
    make_need()
    assert not client.get(ADDRESS).cookies


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?program=pangan", ["RW 01", "RW 02", "RW 03"]),
        ("?program=didik", []),
        ("?penerima=rw", ["RW 01", "RW 02"]),
        ("?penerima=lembaga", ["Panti"]),
        ("?penerima=orphanage", ["Panti"]),
        ("?penerima=school", []),
        ("?prioritas=3", ["RW 02"]),
        ("?wilayah=31.75", ["RW 02"]),
        ("?wilayah=31.75.01.1001.002", ["RW 02"]),
    ],
)
def test_filters_narrow_the_list(client, query, found):
    make_need(code="31.74.01.1001.001")
    make_need(code="31.75.01.1001.002", priority=Priority.URGENT)
    make_need(site=SiteFactory(name="Panti"))
    ProgramFactory(code="didik", name="Didik")
    shown = names(client, query)
    if query == "?program=pangan":
        assert len(shown) == 3
    else:
        assert len(shown) == len(found)
        assert all(any(name.startswith(start) for start in found) for name in shown)


def test_aid_type_filters(client):
    meal = AidTypeFactory(code="siap-saji", name="Makanan siap saji")
    make_need()
    wanted = make_need(code="31.74.01.1001.009", aid_type=meal)
    assert names(client, f"?bantuan={meal.pk}") == [wanted.recipient_name]


def test_unknown_region_is_said_beside_its_field_and_left_out(client):
    make_need()
    answer = client.get(ADDRESS + "?wilayah=Atlantis")
    assert answer.status_code == 200
    assert "Atlantis" in str(answer.context["form"].errors["wilayah"])
    assert len(answer.context["rows"]) == 1


@pytest.mark.parametrize("field", ["program", "bantuan", "penerima", "prioritas", "urut", "keadaan"])
def test_unknown_choice_is_said_beside_its_field_and_nothing_of_it_comes_back(client, field):
    make_need()
    answer = client.get(ADDRESS, {field: "<b>x"})
    assert answer.context["form"].errors[field] == ["Pilihan ini tidak dikenal, jadi tidak dipakai."]
    assert "b&gt;x" not in re.sub(r"<input[^>]*>|href=.[^>]*>", "", answer.content.decode())
    assert len(answer.context["rows"]) == 1


@pytest.mark.parametrize(
    "query", ["?program=x'x", "?prioritas=9", "?hal=99999", "?hal=x", "?urut=?", "?dekat=0", "?bantuan=-1"]
)
def test_nonsense_in_the_address_is_left_out(client, query):
    make_need()
    assert client.get(ADDRESS + query).status_code == 200


def test_closed_and_full_needs_only_among_all(client):
    full = make_need(code="31.74.01.1001.001", target=100)
    make_commitment("accepted", need=full, quantity=100)
    closed = make_need(code="31.74.01.1001.002")
    close(need=closed, by=None, reason="Selesai.")
    open_one = make_need(code="31.74.01.1001.003")
    assert names(client) == [open_one.recipient_name]
    every = names(client, "?keadaan=semua")
    assert every[0] == open_one.recipient_name
    assert len(every) == 3


def test_orders(client):
    today = clock.today()
    bare = make_need(code="31.74.01.1001.001", target=50, deadline=today + timedelta(days=5))
    half = make_need(code="31.74.01.1001.002", target=1000, deadline=today + timedelta(days=2))
    make_commitment("accepted", need=half, quantity=900)
    large = make_need(code="31.74.01.1001.003", target=9000, deadline=today + timedelta(days=200))
    assert names(client)[0] == bare.recipient_name
    assert names(client, "?urut=kurang")[0] == large.recipient_name
    assert names(client, "?urut=batas")[0] == half.recipient_name
    assert names(client, "?urut=baru")[0] == large.recipient_name


def test_priority_raises_urgency(client):
    make_need(code="31.74.01.1001.001")
    urgent = make_need(code="31.74.01.1001.002", priority=Priority.URGENT)
    assert names(client)[0] == urgent.recipient_name


def test_near_a_need_lists_the_same_aid_nearest_first(client):
    here = make_need(code="31.74.01.1001.001")
    far = make_need(code="31.75.01.1001.001")
    make_need(code="32.73.01.1001.001")  # another province is nowhere near
    near = make_need(code="31.74.01.1002.001")
    make_need(code="31.74.01.1001.002", aid_type=AidTypeFactory(code="lain"))
    for need, latitude in ((here, -6.2), (near, -6.21), (far, -6.4)):
        village = need.region.parent
        village.latitude, village.longitude = latitude, 106.8
        village.save()
    for text in (str(here.pk), here.number):
        assert names(client, f"?dekat={text}") == [near.recipient_name, far.recipient_name]


def test_paging_keeps_the_query(client):
    for number in range(1, 31):
        make_need(code=f"31.74.01.1001.{number:03}")
    first = client.get(ADDRESS + "?urut=kurang")
    assert len(first.context["rows"]) == 25
    assert "urut=kurang&amp;hal=2" in first.content.decode()
    assert len(client.get(ADDRESS + "?urut=kurang&hal=2").context["rows"]) == 5


def test_queries_do_not_grow_with_rows(client):
    make_need(code="31.74.01.1001.001")
    client.get(ADDRESS)
    with CaptureQueriesContext(
        connection,
    ) as one:
        client.get(ADDRESS)
    for number in range(2, 31):
        make_need(code=f"31.74.01.1001.{number:03}")
    with CaptureQueriesContext(connection) as many:
        client.get(ADDRESS)
    assert len(many) == len(one)


def test_empty_list_says_what_to_do(client):
    assert "Belum ada kebutuhan yang terbuka" in client.get(ADDRESS).content.decode()
    assert "Longgarkan saringan" in client.get(ADDRESS + "?program=x").content.decode()
