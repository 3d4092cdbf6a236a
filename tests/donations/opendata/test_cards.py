"""Cards: framed anywhere, carrying nothing of a person, saying what the pages say; and the page of their code."""

import re
from html import unescape
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from regions.models import SampleData
from regions.notation import number
from regions.queries import forget_sample_data
from tests.donations.opendata.conftest import Small, as_csv
from tests.factories import collaborator

CARDS = ("/id/sematan/statistik/", "/id/sematan/peta/", "/en/sematan/statistik/", "/en/sematan/peta/")


@pytest.mark.parametrize("address", CARDS)
def test_cards_may_stand_in_any_frame_and_nothing_else_may(small: Small, address: str) -> None:
    card = Client().get(address)
    assert card.status_code == 200
    assert "X-Frame-Options" not in card
    assert re.search(r"frame-ancestors \*(;|$)", card["Content-Security-Policy"])
    for page in ("/id/", "/id/sematan/", "/id/data/", "/id/statistik/"):
        other = Client().get(page)
        assert other["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in other["Content-Security-Policy"]


@pytest.mark.parametrize("address", CARDS)
def test_cards_know_nobody(small: Small, address: str) -> None:
    visitor = Client()
    plain = visitor.get(address)
    assert not plain.cookies
    member = Client()
    member.force_login(collaborator())
    assert member.get(address).content == plain.content
    text = plain.content.decode()
    assert "<script" not in text
    assert "<form" not in text
    assert "style=" not in text
    assert text.count("http://testserver/") >= 2  # the ways back
    # What is opened from a card is not read in its frame.
    assert text.count("<a ") == text.count('target="_blank"')
    assert len(plain.content) < 40_000


def test_statistics_card_says_what_the_downloads_add_up_to(small: Small) -> None:
    card = unescape(Client().get("/id/sematan/statistik/?program=pangan&wilayah=31.74").content.decode())
    rows = as_csv("allocations", "?within=31.74&program=pangan")
    for column in ("quantity", "received", "verified"):
        assert number(sum(int(row[column]) for row in rows)) in card
    assert "/id/statistik/?program=pangan&wilayah=31.74" in card
    assert "paket terverifikasi, paket sembako" in card


def test_map_card_counts_open_needs(small: Small) -> None:
    card = Client().get("/id/sematan/peta/?wilayah=31.75.01.1001").content.decode()
    rows = re.findall(r"<li><span>(.*?)</span><b>(.*?)</b></li>", card)
    assert {count for _name, count in rows} == {"1"}
    assert len(rows) == 2


def test_map_card_of_an_rw_shows_its_village(small: Small) -> None:
    assert Client().get("/id/sematan/peta/?wilayah=31.75.01.1001.001").status_code == 200


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/id/sematan/statistik/?wilayah=99", "wilayah"),
        ("/id/sematan/statistik/?wilayah=31.74.01.1001.003", "wilayah"),
        ("/id/sematan/peta/?program=<script>", "program"),
        ("/id/sematan/peta/?warna=ungu", "warna"),
        ("/id/sematan/peta/?x=1", "x"),
    ],
)
def test_wrong_choices_are_said_in_the_card(small: Small, address: str, name: str) -> None:
    card = Client().get(address)
    assert card.status_code == 400
    assert "frame-ancestors *" in card["Content-Security-Policy"]
    text = card.content.decode()
    assert f'<span class="code">{name}</span>' in text
    assert "<script>" not in text


def test_cards_take_the_readers_colours_or_those_asked_for(small: Small) -> None:
    assert "data-theme" not in Client().get("/id/sematan/peta/").content.decode()
    assert 'data-theme="dark"' in Client().get("/id/sematan/peta/?warna=gelap").content.decode()


def test_dark_cards_have_the_dark_colours_of_all_pages() -> None:
    """Custom properties of the dark scheme, in core.css and where a card is dark for every reader."""

    def colours(name: str, selector: str) -> dict[str, str]:
        text = (Path(settings.BASE_DIR) / "static/css" / name).read_text()
        block = text.partition(selector)[2].partition("{")[2].partition("}")[0]
        return dict(re.findall(r"(--[-\w]+): ([^;]+);", block))

    dark = colours("core.css", ':root:not([data-theme="light"])')
    assert dark
    assert colours("card-dark.css", ':root[data-theme="dark"]') == dark


def test_cards_of_sample_data_say_so(small: Small) -> None:
    SampleData.objects.create()
    forget_sample_data()
    for address in CARDS:
        assert "card-sample" in Client().get(address).content.decode()


def test_page_writes_code_that_can_be_pasted(small: Small) -> None:
    page = Client().get("/id/sematan/?kartu=peta&program=pangan&wilayah=31.74&warna=gelap").content.decode()
    [code] = re.findall(r'<code id="kode-kartu">(.*?)</code>', page, re.DOTALL)
    frame = unescape(code)
    [address] = re.findall(r'src="(.*?)"', frame)
    shown = unescape(address).removeprefix("http://testserver")
    assert shown == "/id/sematan/peta/?program=pangan&wilayah=31.74&warna=gelap"
    assert Client().get(shown).status_code == 200
    assert "<script" not in frame


def test_page_says_a_wrong_choice_and_shows_the_usual_card(small: Small) -> None:
    page = Client().get("/id/sematan/?kartu=emas&wilayah=99&program=x")
    assert page.status_code == 200
    assert "/id/sematan/statistik/" in page.content.decode()
    assert "frame-src 'self'" in page["Content-Security-Policy"]


def test_number_of_queries_is_fixed(small: Small, django_assert_max_num_queries) -> None:
    for address in CARDS:
        with django_assert_max_num_queries(12):
            Client().get(address)
