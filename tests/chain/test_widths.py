"""No public page scrolls sideways, in either language, on a small phone or on a tablet."""

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


def test_public_pages_fit_phones_and_tablets(browser: Browser, live_server) -> None:
    tree("31")
    call_command("load_programs", verbosity=0)
    report = make_handover("verified")
    recompute("31.74")
    page = browser.new_page(viewport={"width": 360, "height": 740})
    too_wide = []
    need = report.delivery.lines.get().allocation.need_id
    for language in ("id", "en"):
        for path in (*PAGES, f"kebutuhan/{need}/", f"bast/{report.code}/"):
            answer = page.goto(f"{live_server.url}/{language}/{path}")
            assert answer is not None
            assert answer.status == 200, path
            for width in (360, 768):
                page.set_viewport_size({"width": width, "height": 740})
                if page.evaluate("document.documentElement.scrollWidth") > width:
                    too_wide.append((language, path, width))
    page.close()
    assert not too_wide
