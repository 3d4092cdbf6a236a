"""What search engines find: every public page in both languages, and nothing that is not public."""

import xml.etree.ElementTree as ET
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ksbb.sitemaps import PAGES, Objects
from programs.models import Need
from tests.factories import make_need, tree

pytestmark = pytest.mark.django_db
SPACE = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


@pytest.fixture(autouse=True)
def _cold_cache() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def urls(client, section: str) -> dict[str, dict[str, str]]:
    """Address → the addresses of its alternates by language."""
    cache.clear()
    root = ET.fromstring(client.get(f"/sitemap-{section}.xml").content)
    return {
        url.findtext("s:loc", "", SPACE): {
            link.get("hreflang", ""): link.get("href", "") for link in url.findall("x:link", SPACE)
        }
        for url in root.findall("s:url", SPACE)
    }


def test_index_leads_to_a_map_of_each_kind(client):
    root = ET.fromstring(client.get("/sitemap.xml").content)
    found = [place.text for place in root.iterfind("s:sitemap/s:loc", SPACE)]
    assert [address.rpartition("/")[2] for address in found] == [
        f"sitemap-{kind}.xml" for kind in ("halaman", "program", "wilayah", "kebutuhan", "kisah")
    ]
    for address in found:
        assert client.get(address.removeprefix("http://testserver")).status_code == 200


def test_every_page_of_the_map_can_be_opened_in_both_languages(client):
    found = urls(client, "halaman")
    assert len(found) == 2 * len(PAGES)
    for address, alternates in found.items():
        assert client.get(address.removeprefix("http://testserver")).status_code == 200, address
        assert set(alternates) == {"id", "en", "x-default"}


def test_drafts_and_former_regions_are_not_in_it(client):
    need, draft = make_need(), make_need("draft")
    former = tree("31.74.01.1001.009")
    former.valid_until = former.valid_from or "2020-01-01"
    former.save()
    found = urls(client, "kebutuhan")
    assert f"http://testserver/id/kebutuhan/{need.pk}/" in found
    assert f"http://testserver/en/kebutuhan/{need.pk}/" in found
    assert not any(f"/kebutuhan/{draft.pk}/" in address for address in found)
    places = urls(client, "wilayah")
    assert "http://testserver/id/wilayah/31.74/" in places
    assert not any(former.code in address for address in places)


def test_map_asks_the_same_number_of_questions_however_many_there_are(client):
    def asked() -> int:
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            client.get("/sitemap-kebutuhan.xml")
        return len(queries)

    make_need()
    one = asked()
    for number in range(1, 9):
        make_need(code=f"31.74.01.1001.{number:03d}")
    assert asked() == one


def test_long_map_is_cut_into_files(monkeypatch, client):
    monkeypatch.setattr(Objects, "limit", 2)
    for number in range(1, 4):
        make_need(code=f"31.74.01.1001.{number:03d}")
    assert Need.objects.public().count() == 3
    assert "sitemap-kebutuhan.xml?p=2" in client.get("/sitemap.xml").content.decode()
    assert len(urls(client, "kebutuhan")) == 4
    assert client.get("/sitemap-kebutuhan.xml?p=3").status_code == 404


def test_unknown_section_is_404(client):
    assert client.get("/sitemap-rahasia.xml").status_code == 404


def test_robots_name_the_map_and_leave_members_pages_alone(client):
    text = client.get("/robots.txt").content.decode()
    assert "Sitemap: http://testserver/sitemap.xml" in text
    assert "Disallow: /id/meja/" in text
    assert "Disallow: /en/akun/" in text
