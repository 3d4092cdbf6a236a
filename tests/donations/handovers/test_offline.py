"""A report written without signal, in a real browser: kept through a closed tab, sent once when there is signal again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Page, expect

from accounts.models import User
from donations.deliveries.models import Delivery
from donations.handovers.models import Handover
from tests.conftest import chromium
from tests.factories import make_delivery, official, picture, tree

pytestmark = pytest.mark.django_db(transaction=True)


class Phone:
    """A browser with a profile of its own, which stays when it is closed."""

    def __init__(self, browser: Browser, profile: Path, base: str, session: str) -> None:
        self.kind, self.profile, self.base, self.session = browser.browser_type, profile, base, session
        self.open()

    def open(self, *, online: bool = True) -> Page:
        self.context: BrowserContext = self.kind.launch_persistent_context(
            str(self.profile),
            executable_path=chromium(),
            args=["--no-sandbox", "--disable-gpu"],
            viewport={"width": 360, "height": 640},
            locale="id-ID",
        )
        self.context.add_cookies([{"name": "ksbb_session", "value": self.session, "url": self.base}])
        self.context.set_default_timeout(8000)
        self.context.set_offline(not online)
        self.page = self.context.pages[0]
        return self.page

    def visit(self, name: str, *args: object) -> Page:
        self.page.goto(self.base + reverse(name, args=args))
        return self.page

    def close(self) -> None:
        self.context.close()


@pytest.fixture
def receiver() -> User:
    return official(tree())


@pytest.fixture
def delivery() -> Delivery:
    return make_delivery("dispatched")


@pytest.fixture
def phone(browser: Browser, live_server, client, receiver: User, tmp_path: Path) -> Iterator[Phone]:
    client.force_login(receiver)
    found = Phone(browser, tmp_path / "profile", live_server.url, client.cookies["ksbb_session"].value)
    yield found
    found.close()


@pytest.fixture
def photos(tmp_path: Path) -> list[Path]:
    paths = []
    for colour in ("red", "blue"):
        path = tmp_path / f"{colour}.jpg"
        path.write_bytes(picture(colour, size=(2400, 1800)).getvalue())
        paths.append(path)
    return paths


KEPT = """async () => {
  for (const name of (await caches.keys()).filter((one) => one.startsWith("ksbb-halaman")))
    for (const { url } of await (await caches.open(name)).keys())
      if (url.endsWith("/periksa/")) return Boolean(navigator.serviceWorker.controller);
  return false;
}"""


def ready(page: Page) -> None:
    """Wait until the phone has what it needs without signal."""
    for _turn in range(80):
        if page.evaluate(KEPT):
            return
        page.wait_for_timeout(100)
    raise AssertionError("the phone has not got its pages")


def write(page: Page, photos: list[Path]) -> None:
    page.get_by_role("button", name="Mulai dari foto").click()
    page.wait_for_url("**/laporan/foto/")
    page.locator("#id_photos").set_input_files(photos)
    expect(page.locator("[data-file]")).to_have_count(len(photos))
    page.get_by_role("button", name="Lanjut ke jumlah").click()
    page.wait_for_url("**/jumlah/")
    page.get_by_label("Baik").fill("100")
    page.get_by_role("button", name="Lanjut").click()
    page.wait_for_url("**/saksi/")
    page.get_by_label("Jabatannya").fill("Ketua RW 03")
    page.get_by_label("Nama saksi").fill("Budi Contoh")
    page.get_by_role("button", name="Lanjut").click()
    page.wait_for_url("**/tempat/")
    page.get_by_label("Tempat serah terima").fill("Balai warga RW 03")


def test_report_without_signal_outlives_the_tab(phone: Phone, delivery: Delivery, photos: list[Path]) -> None:
    page = phone.visit("report_start", delivery.pk)
    ready(page)
    phone.context.set_offline(True)
    write(page, photos)
    page.wait_for_timeout(400)  # typed a moment ago: nobody closes a tab faster
    phone.close()
    page = phone.open(online=False)
    phone.visit("report_blank", delivery.pk, "tempat")
    expect(page.get_by_label("Tempat serah terima")).to_have_value("Balai warga RW 03")
    page.get_by_role("button", name="Lanjut").click()
    page.wait_for_url("**/periksa/")
    expect(page.get_by_text("Budi Contoh")).to_be_visible()
    page.get_by_label("sesuai dengan yang saya lihat").check()
    page.get_by_role("button", name="Ajukan berita acara").click()
    page.wait_for_url("**/laporan/menunggu/")
    expect(page.get_by_text("1 laporan menunggu sinyal")).to_be_visible()
    assert not Handover.objects.exists()
    phone.context.set_offline(False)
    page.get_by_role("button", name="Kirim sekarang").click()
    page.get_by_role("link", name="Lihat tanda terima").click()
    report = Handover.objects.get()
    expect(page.get_by_text(report.code_in_groups)).to_be_visible()
    assert (report.state, report.photos.count(), report.lines.get().good) == ("submitted", 2, 100)
