"""Feeds: valid Atom, newest first, ids that stay, in both languages, for a region or a program."""

from xml.etree import ElementTree

import pytest
from django.test import Client

from donations.opendata import feeds
from regions.models import Site
from tests.donations.opendata.conftest import SECRET, Small, body
from tests.factories import make_handover, make_need

ATOM = "{http://www.w3.org/2005/Atom}"
NEEDS, HANDOVERS = "/id/umpan/kebutuhan.atom", "/id/umpan/serah-terima.atom"


def entries(address: str) -> list[dict[str, str]]:
    feed = ElementTree.fromstring(body(address))
    assert feed.tag == f"{ATOM}feed"
    for name in ("id", "title", "updated", "author/name"):
        path = "/".join(f"{ATOM}{part}" for part in name.split("/"))
        assert feed.findtext(path)
    assert {link.get("rel") for link in feed.findall(f"{ATOM}link")} == {"self", "alternate"}
    return [
        {
            **{name: entry.findtext(f"{ATOM}{name}") or "" for name in ("id", "title", "updated", "summary")},
            "href": entry.find(f"{ATOM}link").get("href"),
        }
        for entry in feed.findall(f"{ATOM}entry")
    ]


def test_needs_are_newest_first_and_lead_to_their_pages(small: Small) -> None:
    found = entries(NEEDS)
    assert [entry["href"] for entry in found] == [
        f"http://testserver{need.get_absolute_url()}" for need in (small.site, small.other, small.rw)
    ]
    assert "1.000 paket sembako untuk RW 03" in found[-1]["title"]
    assert len({entry["id"] for entry in found}) == 3


def test_handovers_say_what_arrived_and_name_nobody(small: Small) -> None:
    found = entries(HANDOVERS)
    assert [entry["title"].split(" sampai")[0] for entry in found] == [
        "90 paket sembako",
        "290 paket sembako",
    ]
    assert "terverifikasi" in found[1]["summary"]
    assert SECRET not in body(HANDOVERS)
    make_handover("draft")
    assert len(entries(HANDOVERS)) == 2


def test_ids_stay_and_differ_by_language(small: Small) -> None:
    first = [entry["id"] for entry in entries(NEEDS)]
    make_need(code="31.74.01.1001.010", aid_type=small.aid)
    assert [entry["id"] for entry in entries(NEEDS)][1:] == first
    assert not set(first) & {entry["id"] for entry in entries(NEEDS.replace("/id/", "/en/"))}


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("?wilayah=31.74", 1),
        ("?wilayah=31.75", 2),
        ("?program=pangan", 3),
        ("?wilayah=31.75&program=pangan", 2),
    ],
)
def test_feeds_are_for_a_region_or_a_program(small: Small, query: str, count: int) -> None:
    assert len(entries(NEEDS + query)) == count


@pytest.mark.parametrize("query", ["?wilayah=99", "?wilayah=<script>", "?program=emas", "?foo=1"])
def test_wrong_choices_are_named(small: Small, query: str) -> None:
    refused = Client().get(NEEDS + query)
    assert refused.status_code == 400
    assert refused.content.decode().startswith(f"{query[1:].partition('=')[0]}: ")


def test_names_that_xml_cannot_hold_or_that_look_like_markup_are_text(small: Small) -> None:
    Site.objects.filter(pk=small.orphanage.pk).update(name="Panti <b>\x0b & Co")
    assert "Panti <b> & Co" in entries(NEEDS)[0]["title"]


def test_feed_is_not_sent_twice_and_open_to_other_sites(small: Small) -> None:
    first = Client().get(NEEDS)
    assert first["Content-Type"].startswith("application/atom+xml")
    assert first["Access-Control-Allow-Origin"] == "*"
    assert Client().get(NEEDS, headers={"if-none-match": first["ETag"]}).status_code == 304


def test_feed_has_an_end(small: Small, monkeypatch) -> None:
    monkeypatch.setattr(feeds, "MOST_ENTRIES", 2)
    assert len(entries(NEEDS)) == 2
