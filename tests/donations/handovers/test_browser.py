"""The report as an official writes it on a small phone, in a real browser."""

import re
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, FloatRect, Page, expect

from donations.handovers import actions as handovers
from donations.handovers.models import Handover
from tests.factories import make_delivery, official, picture, tree

# The pages are asked for by the server's own threads, so what is made here has to be committed.
pytestmark = pytest.mark.django_db(transaction=True)
# The bar that leads on, whatever comes next.
ONWARD = re.compile("^Lanjut")


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / "bukan.jpg", tmp_path / "satu.jpg", tmp_path / "dua.jpg"]
    for path, content in zip(paths, (None, picture("red"), picture("blue")), strict=True):
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

    # each photo goes by itself once it is chosen; the one that is none is named, holds up no other, and is taken off
    page.locator("#id_photos").set_input_files(files)
    expect(page.get_by_text("Tidak diterima: Berkas ini PDF")).to_be_visible()
    expect(page.get_by_text("Terkirim", exact=True)).to_have_count(2)
    page.locator("[data-file]").get_by_role("button", name="Hapus").click()
    expect(page.get_by_role("heading", name="2 foto tersimpan")).to_be_visible()
    # a finger that is quicker than the scripts sends the form itself; nothing waits for that step later
    page.evaluate("document.querySelector('form:has(.actionbar)').submit()")
    page.wait_for_url("**/jumlah/")

    page.get_by_label("Baik").fill("1.00")  # on the way to 1.000
    page.get_by_label("Baik").fill("90")
    page.get_by_label("Rusak").fill("4")
    expect(page.locator(".tally-sum")).to_contain_text("94 dari 100")
    page.get_by_label("Mengapa kurang dari kiriman").select_option("weather")
    page.get_by_role("button", name=ONWARD).click()
    expect(page.get_by_text("Masih 6 paket belum terhitung")).to_be_visible()
    page.get_by_label("Tidak ada").fill("6")
    page.get_by_role("button", name=ONWARD).click()
    page.get_by_label("Berapa keluarga").fill("30")
    page.get_by_role("button", name=ONWARD).click()

    page.get_by_label("Jabatannya").fill("Ketua RW 03")
    page.get_by_label("Nama saksi").fill("Budi Contoh")
    page.get_by_role("button", name=ONWARD).click()
    page.wait_for_url("**/tempat/")
    page.get_by_label("Tempat serah terima").fill("Balai warga RW 03")
    page.get_by_role("button", name="Pakai posisi saya").click()
    expect(page.get_by_text("Posisi tercatat")).to_be_visible()
    page.get_by_role("button", name=ONWARD).click()

    # signed with a finger: a dot is none, and what was drawn can be taken back
    page.get_by_label("Di layar telepon ini").check()
    pad = page.get_by_role("img", name="Bidang tanda tangan yang menerima")
    # clear of the bar at the bottom
    pad.evaluate("(one) => one.scrollIntoView({ block: 'center' })")
    box = pad.bounding_box()
    assert box
    draw(page, box, [(0.5, 0.5)])
    page.get_by_role("button", name=ONWARD).click()
    expect(page.get_by_text("baru berupa titik").first).to_be_visible()
    # clear of the bar at the bottom
    pad.evaluate("(one) => one.scrollIntoView({ block: 'center' })")
    box = pad.bounding_box()
    assert box
    page.get_by_role("button", name=re.compile("^Hapus.*yang menerima")).click()
    draw(page, box, [(0.1, 0.8), (0.3, 0.2), (0.4, 0.8), (0.7, 0.3), (0.9, 0.7)])
    draw(page, box, [(0.1, 0.9), (0.9, 0.9)])
    page.get_by_role("button", name=re.compile("^Batalkan.*yang menerima")).click()
    page.get_by_role("button", name=ONWARD).click()
    page.wait_for_url("**/periksa/")

    page.get_by_label("sesuai dengan yang saya lihat").check()
    page.get_by_role("button", name="Ajukan berita acara").click()
    page.wait_for_url("**/tanda-terima/")
    report = Handover.objects.get()
    expect(page.get_by_text(report.code_in_groups)).to_be_visible()
    assert (report.state, report.latitude, report.photos.count()) == ("submitted", -6.21, 2)
    assert len(report.signatures.get().strokes) == 1
    assert report.recipients.get().count == 30
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
    page.locator("#id_photos").set_input_files(files[1:])
    page.get_by_role("button", name="Simpan foto yang dipilih").click()
    expect(page.get_by_role("heading", name="2 foto tersimpan")).to_be_visible()
    page.get_by_role("button", name=ONWARD).click()
    page.get_by_label("Baik").fill("100")
    page.get_by_role("button", name=ONWARD).click()
    page.get_by_role("button", name=ONWARD).click()
    expect(page.get_by_label("Nama saksi")).to_be_visible()
    page.goto(live_server.url + reverse("report_step", args=[report.pk, "tanda-tangan"]))
    expect(page.get_by_label("Di layar telepon ini")).to_be_hidden()
    page.get_by_label("lembarnya difoto").check()
    page.locator("#id_sheets").set_input_files(files[1:2])
    page.get_by_role("button", name=ONWARD).click()
    page.wait_for_url("**/periksa/")
    assert report.sheets.count() == 1
    context.close()


def draw(page: Page, box: FloatRect, points: list[tuple[float, float]]) -> None:
    """A stroke through these parts of a box."""
    places = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in points]
    page.mouse.move(*places[0])
    page.mouse.down()
    for place in places[1:]:
        page.mouse.move(*place, steps=6)
    page.mouse.up()
