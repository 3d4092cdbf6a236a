"""No public page scrolls sideways, in either language, on a small phone or on a tablet; its links can be hit there."""

import pytest
from django.core.management import call_command
from playwright.sync_api import Browser

from donations.statistics.actions import recompute
from tests.factories import make_handover, tree

pytestmark = pytest.mark.django_db(transaction=True)

PAGES = (
    "", "peta/", "kebutuhan/", "program/", "program/pangan/", "program/pendidikan/", "program/umkm/",
    "program/permukiman/", "program/persampahan/", "program/tenaga-kerja/", "statistik/", "definisi/", "data/",
    "tentang/", "privasi/", "aksesibilitas/", "panduan/rw/", "bast/", "wilayah/31/", "wilayah/31.74.01.1001.003/",
    "masuk/", "masuk/telepon/", "daftar/", "usulan/", "usulan/aturan/", "usulan/baru/",
    "kolaborator/", "galeri/", "kisah/", "statistik/banding/", "statistik/seminar/", "data/api/", "sematan/",
    "ikrar/tempatkan/", "lapor/", "lapor/baru/", "lapor/pantau/",
)  # fmt: skip

# What is pressed has 24 px each way; links amid a sentence are free to be smaller (WCAG 2.5.8), and boxes have labels.
SMALL = """() => [...document.querySelectorAll('a[href], button, select, summary')].filter(one => {
    const box = one.getBoundingClientRect(), style = getComputedStyle(one)
    const hidden = !box.width || !box.height || style.visibility === 'hidden' || one.closest('.sr, .skip, svg')
    const amid = style.display === 'inline' && one.parentElement.textContent.trim() !== one.textContent.trim()
    return !hidden && !amid && (box.width < 24 || box.height < 24)
}).map(one => one.outerHTML.slice(0, 120))"""
DOUBLE = """() => [...document.querySelectorAll('[id]')].map(one => one.id)
    .filter((id, at, all) => all.indexOf(id) < at)"""


def test_public_pages_fit_phones_and_tablets(browser: Browser, live_server) -> None:
    tree("31")
    call_command("load_programs", verbosity=0)
    report = make_handover("verified")
    recompute("31.74")
    page = browser.new_page(viewport={"width": 360, "height": 740})
    too_wide, small, double = [], [], []
    need = report.delivery.lines.get().allocation.need_id
    for language in ("id", "en"):
        for path in (*PAGES, f"kebutuhan/{need}/", f"bast/{report.code}/"):
            answer = page.goto(f"{live_server.url}/{language}/{path}")
            assert answer is not None
            assert answer.status == 200, path
            small += [(path, one) for one in page.evaluate(SMALL)]
            double += [(path, one) for one in page.evaluate(DOUBLE)]
            for width in (360, 768):
                page.set_viewport_size({"width": width, "height": 740})
                if page.evaluate("document.documentElement.scrollWidth") > width:
                    too_wide.append((language, path, width))
    page.close()
    assert (too_wide, small, double) == ([], [], [])
