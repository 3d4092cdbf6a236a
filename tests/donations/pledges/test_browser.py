"""The pledge on a phone: by somebody without an account, counted in taps and minutes, and without scripts."""

import re
import time

import pytest
from django.core import mail
from playwright.sync_api import Browser, Locator

from donations.pledges.models import Commitment, Pledge
from tests.chain.walkers import PHONE, Walker
from tests.factories import collaborator, make_need, tree, with_password

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "kopi-tubruk-dua-gelas"
MOST_TAPS, MOST_SECONDS = 12, 120
# Milliseconds a letter: a quick thumb.
THUMB = 60


class Thumb(Walker):
    """Counts every touch but those that only type."""

    taps = 0

    def press(self, *words, **options):
        self.taps += 1
        return super().press(*words, **options)

    def tick(self, box: Locator) -> None:
        self.taps += 1
        box.check()

    def write(self, label: str | re.Pattern[str], text: str) -> None:
        self.page.get_by_label(label).press_sequentially(text, delay=THUMB)


def test_newcomer_pledges_in_two_minutes_and_twelve_taps(browser: Browser, live_server) -> None:
    tree("31.74")
    need = make_need()
    with Thumb(browser, live_server.url, "pendatang", PHONE) as giver:
        page = giver.go(need.get_absolute_url())
        began = time.monotonic()
        giver.press(re.compile("^Bantu RW 03"))
        giver.write(re.compile("Berapa paket"), "100")
        giver.press(re.compile("Lanjut ke"))
        giver.press(re.compile("Kami kirim sendiri"))
        giver.press(re.compile("CSR"))
        giver.press(re.compile("Lanjut ke"))
        giver.press(re.compile("Ya, sebut nama kami"))
        giver.tick(page.get_by_label("perorangan"))
        giver.write("Nama organisasi atau nama Anda", "Sari Contoh")
        giver.write("Surel", "sari@contoh.test")
        giver.write("Kata sandi", PASSWORD)
        giver.tick(page.get_by_label("Saya menyetujui"))
        giver.press("Buat akun")
        giver.taps += 1  # the link in the mail
        giver.go(re.findall(r"https?://[^/]+(/\S+/confirm-email/\S+)", mail.outbox[-1].body)[0])
        giver.press("Ya, konfirmasikan")
        giver.press("Setujui surat dan kirim")
        giver.reads("Ikrar Anda sudah kami terima")
        seconds = time.monotonic() - began
    print(f"{giver.taps} taps, {seconds:.0f} s")  # noqa: T201 the figure
    assert giver.taps <= MOST_TAPS
    assert seconds <= MOST_SECONDS
    assert Commitment.objects.get().quantity == 100


def test_pledge_of_two_needs_without_scripts_in_english(browser: Browser, live_server) -> None:
    user = with_password(collaborator(), PASSWORD)
    first, second = make_need(), make_need(code="31.74.01.1001.004")
    with Walker(browser, live_server.url, "tanpa-skrip", PHONE, java_script_enabled=False) as giver:
        page = giver.page

        def send(selector: str) -> None:
            with page.expect_navigation():
                page.locator(selector).filter(visible=True).first.click()
            assert giver.status == 200, page.url

        page.goto(f"{live_server.url}/en/kebutuhan/{first.pk}/ikrar/")
        page.locator("[name=jumlah]").fill("40")
        send(".actionbar button")
        for choice in (".choice-go", ".choice-go[value=csr]", ".actionbar button", ".choice-go[value=tidak]"):
            send(choice)
        page.goto(f"{live_server.url}/en/kebutuhan/{second.pk}/ikrar/")
        page.locator("[name=jumlah]").fill("30")
        send(".actionbar button")
        send("main a[href*='/masuk/']")
        page.locator("[name=login]").fill(str(user.email))
        page.locator("[name=password]").fill(PASSWORD)
        send("main form button[type=submit]")
        send(".actionbar button")
        assert re.search(r"/en/ikrar/\d+/terkirim/", page.url)
    pledge = Pledge.objects.get()
    assert pledge.statement_language == "en"
    assert sorted(pledge.commitments.values_list("held", flat=True)) == [30, 40]
