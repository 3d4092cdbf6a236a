"""Pictures of link previews: they say what the page says, and never change under their address."""

import io
import re
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from PIL import Image

from donations.statistics.actions import places, recompute
from programs.actions import publish, revise
from programs.preview import HEIGHT, WIDTH, Preview
from programs.preview.drawing import draw
from tests.factories import make_commitment, make_handover, make_need

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _cold_cache() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def picture_of(client, page: str) -> str:
    cache.clear()
    found = re.search(
        r'property="og:image" content="http://testserver([^"]+)"', client.get(page).content.decode()
    )
    assert found, page
    return found[1]


def test_every_kind_of_page_has_a_picture_of_its_own(client):
    need = make_commitment("accepted", need=make_need(target=300), quantity=50).allocations.get().need
    make_handover("verified")
    for code in places():
        recompute(code)
    pages = ("/id/", f"/id/kebutuhan/{need.pk}/", "/id/wilayah/31.74/", "/en/program/pangan/", "/id/tentang/")
    found = [picture_of(client, page) for page in pages]
    assert [address.split("/")[3] for address in found] == [
        "beranda",
        "kebutuhan",
        "wilayah",
        "program",
        "situs",
    ]
    for address in found:
        answer = client.get(address)
        assert answer["Content-Type"] == "image/png"
        assert "immutable" in answer["Cache-Control"]
        assert Image.open(io.BytesIO(answer.content)).size == (WIDTH, HEIGHT)
        assert len(answer.content) < 60_000


def test_address_changes_with_the_figures_and_the_old_one_leads_to_the_new(client):
    need = make_need(target=300)
    before = picture_of(client, f"/id/kebutuhan/{need.pk}/")
    revise(need=need, by=None, changes={"target": 900}, reason="Hasil pendataan ulang.")
    after = picture_of(client, f"/id/kebutuhan/{need.pk}/")
    assert after != before
    answer = client.get(before)
    assert (answer.status_code, answer["Location"]) == (302, after)
    assert "immutable" not in answer["Cache-Control"]


def test_languages_have_their_own_pictures(client):
    need = make_need()
    assert picture_of(client, f"/id/kebutuhan/{need.pk}/") != picture_of(client, f"/en/kebutuhan/{need.pk}/")


@pytest.mark.parametrize(
    "address",
    [
        "/gambar/id/kebutuhan/999999/0123456789ab.png",
        "/gambar/id/kebutuhan/abc/0123456789ab.png",
        "/gambar/id/rahasia/1/0123456789ab.png",
        "/gambar/fr/situs/ksbb/0123456789ab.png",
        "/gambar/id/wilayah/99/0123456789ab.png",
        "/gambar/id/kisah/1/0123456789ab.png",
    ],
)
def test_what_does_not_exist_has_no_picture(client, address):
    assert client.get(address).status_code == 404


def test_draft_need_has_no_picture_until_it_is_published(client):
    need = make_need("draft")
    address = f"/gambar/id/kebutuhan/{need.pk}/0123456789ab.png"
    assert client.get(address).status_code == 404
    publish(need=need, by=None)
    assert client.get(address).status_code == 302


@pytest.mark.parametrize(
    "parts", [(), (0, 0, 0, 0, 0), (1, 1, 1, 1, 1), (5, 0, 0, 0, 0), (0, 0, 0, 10**12, 1)]
)
def test_any_words_and_parts_can_be_drawn(parts):
    words = "Sangat panjang sekali " * 30
    found = Preview(
        "kebutuhan", "1", "id", words, words, "Rp999.999.999.999", words, True, parts, "data contoh"
    )
    assert Image.open(io.BytesIO(draw(found))).size == (WIDTH, HEIGHT)
