"""The report as an official writes it on a small phone, in a real browser."""

from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, expect

from donations.handovers import actions as handovers
from donations.handovers.models import Handover
from tests.factories import make_delivery, official, picture, tree

# The pages are asked for by the server's own threads, so what is made here has to be committed.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / "satu.jpg", tmp_path / "dua.jpg", tmp_path / "bukan.jpg"]
    for path, content in zip(paths, (picture("red"), picture("blue"), None), strict=True):
        path.write_bytes(content.getvalue() if content else b"%PDF-1.7")
    return paths


def test_official_reports_on_a_small_phone(browser: Browser, live_server, client, files) -> None:
    receiver, delivery = official(tree()), make_delivery("dispatched")
    client.force_login(receiver)
    context = browser.new_context(
        viewport={"width": 360, "height": 640},
        geolocation={"latitude": -6.21, "longitude": 106.85},
        permissions=["geolocation"],
        locale="id-ID",
    )
    context.add_cookies(
        [{"name": "ksbb_session", "value": client.cookies["ksbb_session"].value, "url": live_server.url}]
    )
    page = context.new_page()
    page.goto(live_server.url + reverse("delivery", args=[delivery.pk]))
    page.locator(".actionbar").get_by_text("Buat berita acara").click()
    page.get_by_role("button", name="Mulai dari foto").click()
    page.wait_for_url("**/foto/")

    # each photo goes by itself as soon as it is chosen; the one that is none is named, and taken off
    page.locator("#id_photos").set_input_files(files)
    expect(page.get_by_text("Tidak diterima: Berkas ini PDF")).to_be_visible()
    page.locator("[data-file]").get_by_role("button", name="Hapus").click()
    expect(page.get_by_role("heading", name="2 foto tersimpan")).to_be_visible()
    page.get_by_role("button", name="Lanjut ke jumlah").click()
    page.wait_for_url("**/jumlah/")

    page.get_by_label("Baik").fill("1.00")  # on the way to 1.000
    page.get_by_label("Baik").fill("90")
    page.get_by_label("Rusak").fill("4")
    expect(page.locator(".tally-sum")).to_contain_text("94 dari 100")
    page.get_by_role("button", name="Lanjut ke saksi").click()
    expect(page.get_by_text("Masih 6 paket belum terhitung")).to_be_visible()
    page.get_by_label("Tidak ada").fill("6")
    page.get_by_role("button", name="Lanjut ke saksi").click()

    page.get_by_label("Jabatannya").fill("Ketua RW 03")
    page.get_by_label("Nama saksi").fill("Budi Contoh")
    page.get_by_role("button", name="Lanjut ke tempat").click()
    page.wait_for_url("**/tempat/")
    page.get_by_label("Tempat serah terima").fill("Balai warga RW 03")
    page.get_by_role("button", name="Pakai posisi saya").click()
    expect(page.get_by_text("Posisi tercatat")).to_be_visible()
    page.get_by_role("button", name="Lanjut memeriksa").click()

    page.get_by_label("sesuai dengan yang saya lihat").check()
    page.get_by_role("button", name="Ajukan berita acara").click()
    report = Handover.objects.get()
    expect(page.get_by_text(report.code_in_groups)).to_be_visible()
    assert (report.state, report.latitude, report.photos.count()) == ("submitted", -6.21, 2)
    page.go_back()
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    context.close()


def test_report_works_without_scripts(browser: Browser, live_server, client, files) -> None:
    receiver, delivery = official(tree()), make_delivery("dispatched")
    report = handovers.start(delivery=delivery, by=receiver)
    client.force_login(receiver)
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 640})
    context.add_cookies(
        [{"name": "ksbb_session", "value": client.cookies["ksbb_session"].value, "url": live_server.url}]
    )
    page = context.new_page()
    page.goto(live_server.url + reverse("report_step", args=[report.pk, "foto"]))
    page.locator("#id_photos").set_input_files(files[:2])
    page.get_by_role("button", name="Simpan foto yang dipilih").click()
    expect(page.get_by_role("heading", name="2 foto tersimpan")).to_be_visible()
    page.get_by_role("button", name="Lanjut ke jumlah").click()
    page.get_by_label("Baik").fill("100")
    page.get_by_role("button", name="Lanjut ke saksi").click()
    expect(page.get_by_label("Nama saksi")).to_be_visible()
    context.close()
