"""An anonymous report answered twice, both ways: on a phone at night, and at an inspector's desk."""

import re

import pytest
from django.test import Client
from playwright.sync_api import Browser, expect

from accounts.roles import Role
from donations.misconduct.models import Case
from tests.chain.walkers import DESKTOP, PHONE, Walker
from tests.donations.misconduct.making import RW, pdf
from tests.factories import make_handover, official, picture, someone, tree

pytestmark = pytest.mark.django_db(transaction=True)


def sign_in(walker: Walker, user) -> None:
    client = Client()
    client.force_login(user)
    walker.context.add_cookies(
        [{"name": "ksbb_session", "value": client.cookies["ksbb_session"].value, "url": walker.base}]
    )


def test_anonymous_report_is_answered_twice(browser: Browser, live_server) -> None:
    head = official(tree(RW))
    handover = make_handover("verified", by=head)
    inspector, overseer = someone(Role.INSPECTOR, tree("31")), someone(Role.OVERSEER, tree("31"))
    photo = {"name": "IMG.jpg", "mimeType": "image/jpeg", "buffer": picture().getvalue()}
    paper = {"name": "a.pdf", "mimeType": "application/pdf", "buffer": pdf().getvalue()}

    with Walker(browser, live_server.url, "pelapor", PHONE, color_scheme="dark") as citizen:
        page = citizen.go("/id/lapor/")
        citizen.go(f"/id/bast/{handover.code}/")
        citizen.press("Laporkan penyimpangan")
        citizen.reads("Langkah 1 dari 6", f"Berita acara {handover.number}")
        citizen.press("Lanjut", status=422)
        page.get_by_label("Jumlahnya kurang").check()
        citizen.press("Lanjut")
        page.get_by_label("Apa yang terjadi?").fill("Berasnya hanya tiga kilogram, bukan lima.")
        citizen.press("Lanjut")
        expect(page.get_by_label("Di mana?")).to_have_value(re.compile(re.escape(RW)))
        citizen.press("Lanjut")
        page.get_by_label("Pengurus RT atau RW").check()
        citizen.press("Lanjut")
        page.get_by_label("Foto atau dokumen").set_input_files([photo, paper])
        citizen.press("Lanjut")
        citizen.reads("Bukti 1: foto", "Bukti 2: PDF")
        citizen.press("Lanjut")
        code = page.locator("#kode").inner_text()
        citizen.press("Kirim laporan", status=422)
        assert page.locator("#kode").inner_text() == code
        page.get_by_label("Kode ini sudah saya simpan").check()
        citizen.press("Kirim laporan")
        case = Case.objects.get()
        citizen.reads(case.number, "paling lambat")
        citizen.press("Selesai, tutup laporan di perangkat ini")

        with Walker(browser, live_server.url, "pemeriksa", DESKTOP) as desk:
            sign_in(desk, inspector)
            desk.go("/id/lapor/kasus/")
            desk.press(case.number)
            desk.reads("Berasnya hanya tiga kilogram", "tanpa nama", "Bukti 2")
            desk.press("Mulai tangani")
            desk.press("Mulai tangani")
            desk.page.get_by_label("Isi", exact=True).fill("Apakah kantongnya masih ada?")
            desk.press("Simpan")

        # The code comes with the QR's address, behind the "#", and leaves it at once.
        citizen.go(f"/id/lapor/pantau/#{code}")
        expect(page.get_by_label("Kode rahasia")).to_have_value(code)
        assert "#" not in page.url
        citizen.press("Buka laporan")
        citizen.reads("Apakah kantongnya masih ada?", "ditangani")
        page.get_by_label("Pesan untuk pemeriksa").fill("Masih, ini fotonya.")
        page.get_by_label("Tambah foto atau dokumen").set_input_files([photo])
        citizen.press("Kirim pesan")
        citizen.reads("Masih, ini fotonya.", "3 bukti tersimpan")

        with Walker(browser, live_server.url, "pemeriksa", PHONE) as desk:
            sign_in(desk, inspector)
            desk.go(f"/id/lapor/kasus/{case.number}/")
            desk.reads("Masih, ini fotonya.")
            desk.press("Koordinasikan")
            desk.page.get_by_label("Alasan").fill("Dengan suku dinas sosial.")
            desk.press("Koordinasikan")
            desk.press("Nyatakan terbukti dan selesai")
            desk.page.get_by_label("Alasan").fill("Benar kurang; sisanya dikirim ulang.")
            desk.press("Nyatakan terbukti dan selesai")
            sign_in(desk, head)
            desk.go(f"/id/lapor/kasus/{case.number}/", status=404)
            sign_in(desk, overseer)
            desk.go("/id/lapor/akses/")
            desk.reads(inspector.name, case.number)

        citizen.go("/id/lapor/pantau/")
        citizen.reads("Benar kurang; sisanya dikirim ulang.", "terbukti dan selesai")
        assert "suku dinas" not in citizen.text()
        page.get_by_label("Mengapa perlu diperiksa lagi?").fill("Yang dikirim ulang pun kurang.")
        citizen.press("Minta diperiksa lagi")
        citizen.reads("Pemeriksa membaca laporan Anda paling lambat")
        citizen.press("Tutup")
    case.refresh_from_db()
    assert case.state == "received"
