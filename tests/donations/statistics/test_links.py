"""Every figure of the pages leads to rows that add up to it; followed as a reader would."""

import html
import re

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import translation

from donations.statistics.actions import recompute
from tests.donations.statistics.test_dimensions import a_ledger

pytestmark = pytest.mark.django_db
LINK = re.compile(r'<a[^>]*href="(/id/statistik/baris/\?[^"]+)"[^>]*>(.*?)</a>', re.DOTALL)
TOTAL = re.compile(r'id="total">([^<]*)<')
WHOLE = re.compile(r"([\d.]+)(?: belum dialokasikan| menunggu diperiksa)?")
SHARE = re.compile(r"([\d,]+)%(?: dari target)?")
PART = re.compile(r'id="share">([^<]*)%<')


def plain(text: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", text)).replace("\xa0", " ").strip()


def figures_on(path: str) -> dict[str, str]:
    """The addresses of rows on a page, with the figure that leads there."""
    response = Client().get(path)
    assert response.status_code == 200
    return {html.unescape(href): plain(said) for href, said in LINK.findall(response.content.decode())}


def number(written: str) -> float:
    return float(written.replace(",", "."))


PAGES = (
    "/id/statistik/",
    "/id/statistik/?wilayah=31.74&ukuran=delivered",
    "/id/statistik/?wilayah=31.74.01&dari=2026-02&sampai=2026-05",
    "/id/statistik/?program=semua",
    "/id/statistik/banding/?dari=2026-01&sampai=2026-03&dari2=2026-04&sampai2=2026-06",
    "/id/statistik/seminar/",
)


def test_figures_lead_to_rows_that_add_up() -> None:
    cache.clear()
    translation.activate("id")
    a_ledger(1)
    for place in ("31.74", "31.75", "31"):
        recompute(place)
    compared = shares = 0
    found = {href: said for path in PAGES for href, said in figures_on(path).items()}
    # Of the shares, one in three: those of a chart differ in their place or month alone.
    for href, said in (
        *((href, said) for href, said in found.items() if "bagian_dari=" not in href),
        *[(href, said) for href, said in found.items() if "bagian_dari=" in href][::3],
    ):
        response = Client().get(href)
        assert response.status_code == 200, href
        page = response.content.decode()
        assert "Buku besar sudah berubah" not in page, href
        [total] = TOTAL.findall(page)
        if found := WHOLE.fullmatch(said):
            assert plain(total).split(" ")[0] == found[1], href
            compared += 1
        elif (found := SHARE.fullmatch(said)) and "bagian_dari=" in href:
            # Whole per cent add up to a hundred, so that one of them may be rounded the other way.
            [part] = PART.findall(page)
            assert abs(number(found[1]) - number(part)) < (1 if "," not in found[1] else 0.05), href
            shares += 1
        elif said.endswith("%") and "angka=coverage" in href:
            assert plain(total) == said, href
            compared += 1
    assert compared >= 60
    assert shares >= 30
