"""Photos are private to their report until an officer lets them into the gallery, and can be taken out again."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.errors import NotAllowed, NotNow, OutOfReach
from accounts.roles import Role
from donations.handovers import actions
from donations.handovers.models import Handover
from tests.factories import make_commitment, make_delivery, make_handover, make_need, official, someone, tree

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _cold_cache() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def cleared(handover: Handover | None = None) -> Handover:
    handover = handover or make_handover("verified")
    return actions.clear(handover=handover, by=None, photos=set(handover.photos.values_list("pk", flat=True)))


def recipients(client: Client, query: str = "") -> list[str]:
    cache.clear()
    return [item["href"] for item in client.get(f"/id/galeri/{query}").context["items"]]


def test_gallery_shows_only_what_was_cleared(client):
    make_handover("verified")
    shown = cleared()
    assert recipients(client) == [shown.get_absolute_url()]


def test_photo_taken_out_is_gone_at_once(client):
    handover = cleared()
    address = reverse("gallery_photo", args=[handover.photos.get().pk])
    assert client.get(address)["Content-Type"] == "image/jpeg"
    actions.clear(handover=handover, by=None, photos=())
    assert client.get(address).status_code == 404
    assert recipients(client) == []


def test_clearing_is_recorded_with_who_and_when():
    handover = make_handover("verified")
    officer = someone(Role.ASSESSOR, tree("31.74"))
    cleared_photo = handover.photos.get()
    actions.clear(handover=handover, by=officer, photos=[cleared_photo.pk])
    cleared_photo.refresh_from_db()
    assert cleared_photo.cleared_by == officer
    move = handover.moves.order_by("-pk").first()
    assert (move.verb, move.actor, move.data) == ("clear", officer, {"shown": [cleared_photo.pk]})


def test_only_an_assessor_of_the_place_clears_and_only_of_a_verified_report():
    handover = make_handover("verified")
    for person, error in (
        (someone(Role.FACILITATOR, tree("31.74")), NotAllowed),
        (someone(Role.ASSESSOR, tree("31.75")), OutOfReach),
    ):
        with pytest.raises(error):
            actions.clear(handover=handover, by=person, photos=[handover.photos.get().pk])
    waiting = make_handover("submitted")
    with pytest.raises(NotNow):
        actions.clear(handover=waiting, by=None, photos=[waiting.photos.get().pk])


def test_filters_by_program_and_city(client):
    here = cleared()
    need = make_need(code="31.75.01.1001.001")
    there = make_handover(
        "verified", delivery=make_delivery("dispatched", commitment=make_commitment("accepted", need=need))
    )
    cleared(there)
    assert recipients(client, "?kota=31.74") == [here.get_absolute_url()]
    assert recipients(client, "?kota=31.75") == [there.get_absolute_url()]
    assert len(recipients(client, "?program=pangan")) == 2
    assert len(recipients(client, "?program=%00&kota=zz&hal=99999999999")) == 2
    for address, told in (
        ("?kota=zz", True),
        ("?program=%3Cscript%3E", True),
        ("?kota=31.74", False),
        ("", False),
    ):
        for name in ("gallery", "stories"):
            page = client.get(reverse(name) + address).content.decode()
            assert ("Sebagian pilihan di alamat ini tidak dikenal." in page) is told
    for asked, told in (
        ({"jenis": "zz"}, True),
        ({"urut": "<b>"}, True),
        ({"jenis": "social", "urut": "nilai"}, False),
    ):
        page = client.get(reverse("collaborators"), asked).content.decode()
        assert ("Sebagian pilihan di alamat ini tidak dikenal." in page) is told


def test_gallery_asks_the_same_number_of_questions_whatever_there_is(client):
    def asked() -> int:
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/id/galeri/").status_code == 200
        return len(queries)

    cleared()
    one = asked()
    for _ in range(4):
        cleared()
    assert asked() == one


def test_officer_chooses_photos_on_the_page_of_the_report(client):
    handover = make_handover("verified")
    client.force_login(someone(Role.ASSESSOR, tree("31.74")))
    address = reverse("handover_clear", args=[handover.pk])
    assert address in client.get(reverse("handover", args=[handover.pk])).content.decode()
    photo = handover.photos.get()
    assert str(photo.pk) in client.get(address).content.decode()
    assert client.post(address, {"photos": [photo.pk]}).status_code == 302
    photo.refresh_from_db()
    assert photo.cleared_at
    assert client.post(address, {"photos": ["999999"]}).status_code == 422


def test_others_may_not_open_the_choice(client):
    handover = make_handover("verified")
    address = reverse("handover_clear", args=[handover.pk])
    assert client.get(address).status_code == 302
    client.force_login(someone(Role.ASSESSOR, tree("31.75")))
    assert client.get(address).status_code == 404
    client.force_login(official(handover.delivery.region))
    assert client.get(address).status_code in (403, 404)
