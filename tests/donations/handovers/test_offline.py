"""A report written without signal, in a real browser: kept through a closed tab, sent once when there is signal again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from accounts.models import User
from donations.deliveries.models import Delivery, DeliveryLine
from donations.handovers.models import Handover
from tests.conftest import chromium
from tests.factories import make_delivery, official, picture, tree

SESSION = "ksbb_session"

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
        self.context.add_cookies([{"name": SESSION, "value": self.session, "url": self.base}])
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
    found = Phone(browser, tmp_path / "profile", live_server.url, client.cookies[SESSION].value)
    yield found
    found.close()


@pytest.fixture
def page(browser: Browser, live_server, client, receiver: User, delivery: Delivery) -> Iterator[Page]:
    """The beginning of a report, with all that the phone needs without signal."""
    client.force_login(receiver)
    context = browser.new_context(viewport={"width": 360, "height": 640}, locale="id-ID")
    context.add_cookies([{"name": SESSION, "value": client.cookies[SESSION].value, "url": live_server.url}])
    found = context.new_page()
    found.goto(live_server.url + reverse("report_start", args=[delivery.pk]))
    ready(found)
    yield found
    context.close()


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


def until(page: Page, holds: str, about: str = "") -> None:
    """What comes true later is told by a promise, which Playwright's own way of waiting does not wait for."""
    for _turn in range(300):
        if page.evaluate(holds, about):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"waited in vain: {holds}")


def ready(page: Page) -> None:
    """Wait until the phone has what it needs without signal."""
    until(page, KEPT)


WRITTEN = """(words) => new Promise((resolve) => {
  indexedDB.open("ksbb-laporan").onsuccess = ({ target: { result } }) => {
    result.transaction("reports").objectStore("reports").getAll().onsuccess = ({ target }) => {
      result.close();
      resolve(JSON.stringify(target.result).includes(words));
    };
  };
})"""


def wrote(page: Page, words: str) -> None:
    """Wait until what was typed last is on the phone: nobody closes a tab faster."""
    until(page, WRITTEN, words)


def go_on(page: Page, there: str) -> None:
    # A click that leads away at once is tried again by Playwright, on the next page.
    page.get_by_role("button", name="Lanjut").evaluate("(button) => button.click()")
    page.wait_for_url(f"**/{there}/")


def write(page: Page, photos: list[Path], good: str = "100") -> None:
    page.get_by_role("button", name="Mulai dari foto").evaluate("(button) => button.click()")
    page.wait_for_url("**/laporan/foto/")
    page.locator("#id_photos").set_input_files(photos)
    expect(page.locator("[data-file]")).to_have_count(len(photos))
    go_on(page, "jumlah")
    page.get_by_label("Baik").fill(good)
    go_on(page, "keluarga")
    page.get_by_label("Berapa keluarga").fill("90")
    go_on(page, "saksi")
    page.get_by_label("Jabatannya").fill("Ketua RW 03")
    page.get_by_label("Nama saksi").fill("Budi Contoh")
    go_on(page, "tempat")
    page.get_by_label("Tempat serah terima").fill("Balai warga RW 03")


def hand_in(page: Page, *, signed: bool = False) -> None:
    if not signed:
        go_on(page, "tanda-tangan")
    go_on(page, "periksa")
    expect(page.get_by_text("Budi Contoh")).to_be_visible()
    page.get_by_label("sesuai dengan yang saya lihat").check()
    page.get_by_role("button", name="Ajukan berita acara").click()


def test_report_without_signal_outlives_the_tab(phone: Phone, delivery: Delivery, photos: list[Path]) -> None:
    page = phone.visit("report_start", delivery.pk)
    ready(page)
    phone.context.set_offline(True)
    write(page, photos)
    wrote(page, "Balai warga RW 03")
    phone.close()
    page = phone.open(online=False)
    phone.visit("report_blank", delivery.pk, "tempat")
    expect(page.get_by_label("Tempat serah terima")).to_have_value("Balai warga RW 03")
    hand_in(page)
    page.wait_for_url("**/laporan/menunggu/")
    expect(page.get_by_text("1 laporan menunggu sinyal")).to_be_visible()
    assert not Handover.objects.exists()
    phone.context.set_offline(False)
    page.get_by_role("button", name="Kirim sekarang").click()
    page.get_by_role("link", name="Lihat tanda terima").click()
    report = Handover.objects.get()
    expect(page.get_by_text(report.code_in_groups)).to_be_visible()
    assert (report.state, report.photos.count(), report.lines.get().good) == ("submitted", 2, 100)


def test_upload_broken_half_way_goes_on_with_what_is_missing(page: Page, photos: list[Path]) -> None:
    broken, sent = True, 0

    def break_after_the_first(route: Route) -> None:
        nonlocal sent
        if broken and sent:
            route.abort("connectionreset")
        else:
            sent += 1
            route.continue_()

    page.context.set_offline(True)
    write(page, photos)
    hand_in(page)
    page.wait_for_url("**/laporan/menunggu/")
    page.context.route("**/laporan/foto/", break_after_the_first)
    page.context.set_offline(False)
    # the browser says that it is online: what waits goes by itself
    expect(page.get_by_text("red.jpg: terkirim")).to_be_visible()
    expect(page.get_by_text("blue.jpg: menunggu")).to_be_visible()
    expect(page.locator("[data-state]")).to_have_text("Menunggu sinyal")
    assert (Handover.objects.get().photos.count(), Handover.objects.get().state) == (1, "draft")
    broken = False
    # two windows at once: what is missing goes once, and the report is handed in once
    other = page.context.new_page()
    other.goto(page.url)
    for one in (page, other):
        one.evaluate("document.querySelector('[data-send]')?.click()")
    expect(page.get_by_role("link", name="Lihat tanda terima")).to_be_visible()
    report = Handover.objects.get()
    # two photos and their captions
    assert (report.state, report.photos.count(), sent) == ("submitted", 2, 3)
    assert report.moves.filter(verb="submit").count() == 1


SLOW = """() => {
  const [decode, held] = [createImageBitmap, []];
  window.createImageBitmap = (...all) => new Promise((go) => held.push(go)).then(() => decode(...all));
  window.hurry = () => [(window.createImageBitmap = decode), held.forEach((go) => go())];
}"""


def test_photo_chosen_while_another_is_on_its_way_is_kept(page: Page, photos: list[Path]) -> None:
    sent: list[Route] = []

    def hold_first(route: Route) -> None:
        sent.append(route) if route.request.method == "POST" and not sent else route.continue_()

    page.context.route("**/laporan/foto/", hold_first)
    page.get_by_role("button", name="Mulai dari foto").evaluate("(button) => button.click()")
    page.wait_for_url("**/laporan/foto/")
    page.locator("#id_photos").set_input_files(photos[0])
    expect(page.locator("[data-file]")).to_have_count(1)
    for _turn in range(400):
        if sent:
            break
        page.wait_for_timeout(50)
    page.evaluate(SLOW)
    page.locator("#id_photos").set_input_files(photos[1])
    sent[0].continue_()
    expect(page.get_by_text("Terkirim", exact=True)).to_be_visible()
    page.evaluate("window.hurry()")
    expect(page.get_by_role("heading", name="2 foto tersimpan")).to_be_visible()


def test_what_is_refused_comes_back_to_its_field(page: Page, photos: list[Path], live_server) -> None:
    page.context.set_offline(True)
    write(page, photos[:1])
    hand_in(page)
    page.wait_for_url("**/laporan/menunggu/")
    # a page that no phone keeps, in its place
    page.goto(live_server.url + "/id/peta/")
    expect(page.get_by_text("belum tersimpan di telepon ini")).to_be_visible()
    page.go_back()
    # of what the phone does not know, the server says it
    DeliveryLine.objects.update(good=1)
    # whoever else signs in on the same phone neither sees nor sends it
    mine = page.context.cookies()
    client = Client()
    client.force_login(official(tree()))
    theirs = {"name": SESSION, "value": client.cookies[SESSION].value, "url": live_server.url}
    page.context.add_cookies([theirs])
    page.context.set_offline(False)
    page.reload()
    expect(page.get_by_text("Tidak ada yang menunggu.")).to_be_visible()
    assert not Handover.objects.exists()
    page.context.clear_cookies()
    page.context.add_cookies(mine)
    page.reload()
    expect(page.get_by_text("1 laporan perlu dilihat")).to_be_visible()
    expect(page.locator("[data-error]")).to_contain_text("dilaporkan 99")
    page.get_by_role("link", name="Perbaiki").click()
    page.wait_for_url("**/jumlah/")
    expect(page.locator(".tally .error")).to_contain_text("dilaporkan 99")
    expect(page.get_by_label("Baik")).to_have_value("100")
    page.get_by_label("Baik").fill("99")
    go_on(page, "tanda-terima")
    assert Handover.objects.get().state == "submitted"


FULL = """const put = IDBObjectStore.prototype.put;
IDBObjectStore.prototype.put = function (value, ...more) {
  if (window.phoneIsFull && this.name === "files") throw new DOMException("full", "QuotaExceededError");
  return put.call(this, value, ...more);
};"""


def test_full_phone_says_so_and_keeps_what_is_there(page: Page, photos: list[Path]) -> None:
    page.context.set_offline(True)
    page.add_init_script(FULL)
    page.get_by_role("button", name="Mulai dari foto").evaluate("(button) => button.click()")
    page.wait_for_url("**/laporan/foto/")
    page.locator("#id_photos").set_input_files(photos[0])
    expect(page.locator("[data-file]")).to_have_count(1)
    page.evaluate("window.phoneIsFull = true")
    page.locator("#id_photos").set_input_files(photos[1])
    expect(page.get_by_text("Penyimpanan telepon penuh.")).to_be_visible()
    page.reload()
    expect(page.locator("[data-file]")).to_have_count(1)


def test_signing_out_asks_while_something_waits(page: Page, photos: list[Path], delivery: Delivery) -> None:
    page.context.set_offline(True)
    write(page, photos[:1])
    wrote(page, "Balai warga RW 03")
    page.context.route("**/laporan/gerbang/", lambda route: route.abort())
    page.context.set_offline(False)
    page.goto(page.url.split("/id/")[0] + reverse("delivery", args=[delivery.pk]))
    for answer in ("Jangan keluar dulu", "Tetap keluar"):
        page.get_by_role("button", name="Menu", exact=True).click()
        page.get_by_role("button", name="Keluar", exact=True).click()
        page.get_by_role("button", name=answer).click()
    page.wait_for_url("**/id/")
    assert page.evaluate("indexedDB.databases().then((all) => all.length)") == 1


SIGN = """(field) => {
  field.value = "[[100,100,300,200,500,100]]";
  field.dispatchEvent(new Event("change", { bubbles: true }));
}"""


def test_phone_asks_for_what_is_lacking_and_takes_off_what_was_signed_before(
    page: Page, photos: list[Path], delivery: Delivery
) -> None:
    page.context.set_offline(True)
    page.get_by_role("button", name="Mulai dari foto").evaluate("(button) => button.click()")
    page.wait_for_url("**/laporan/foto/")
    page.get_by_role("button", name="Lanjut").click()
    expect(page.get_by_text("Tambahkan paling sedikit satu foto barangnya.")).to_be_visible()
    # gone on at once: what was chosen is kept first
    page.locator("#id_photos").set_input_files(photos)
    go_on(page, "jumlah")
    page.get_by_label("Baik").fill("99")
    page.get_by_label("Rusak").fill("2")
    page.get_by_role("button", name="Lanjut").click()
    expect(page.get_by_text("Terhitung 101, padahal")).to_be_visible()
    page.get_by_label("Rusak").fill("1")
    page.get_by_role("button", name="Lanjut").click()
    expect(page.get_by_text("Pilih sebabnya ada yang rusak atau tidak ada.")).to_be_visible()
    page.get_by_label("Mengapa kurang").select_option(index=1)
    for step in ("keluarga", "saksi"):
        go_on(page, step)
    page.get_by_label("Jabatannya").fill("Ketua RW 03")
    page.get_by_label("Nama saksi").fill("Budi Contoh")
    go_on(page, "tempat")
    page.get_by_label("Tempat serah terima").fill("Balai warga RW 03")
    go_on(page, "tanda-tangan")
    page.get_by_label("Di layar telepon ini").check()
    expect(page.get_by_role("heading", name="Saksi")).to_be_visible()
    page.get_by_role("button", name="Lanjut").click()
    expect(page.get_by_text("Yang menerima belum menandatangani.")).to_be_visible()
    page.locator("[name=receiver]").evaluate(SIGN)
    go_on(page, "periksa")
    # a page in the other language was never opened here
    page.goto(page.url.replace("/id/", "/en/"))
    expect(page.get_by_text("belum tersimpan di telepon ini")).to_be_visible()
    page.goto(page.url.split("/en/")[0] + reverse("report_blank", args=[delivery.pk, "jumlah"]))
    expect(page.get_by_label("Rusak")).to_have_value("1")
    page.get_by_label("Rusak").fill("0")
    page.get_by_label("Baik").fill("100")
    go_on(page, "keluarga")
    page.goto(page.url.replace("keluarga", "periksa"))
    page.get_by_label("sesuai dengan yang saya lihat").check()
    page.get_by_role("button", name="Ajukan berita acara").click()
    page.wait_for_url("**/tanda-tangan/")
    expect(page.get_by_text("Isinya berubah setelah ditandatangani.")).to_be_visible()
    assert not page.locator("[name=receiver]").input_value()
    # handed in without signal, and changed once more: it waits for the signature, and is not sent without one
    page.locator("[name=receiver]").evaluate(SIGN)
    hand_in(page, signed=True)
    page.wait_for_url("**/laporan/menunggu/")
    page.goto(page.url.split("/id/")[0] + reverse("report_blank", args=[delivery.pk, "saksi"]))
    page.get_by_label("Nama saksi").fill("Cici Contoh")
    go_on(page, "tanda-tangan")
    expect(page.get_by_text("Isinya berubah setelah ditandatangani.")).to_be_visible()
    page.context.set_offline(False)
    page.locator("[name=receiver]").evaluate(SIGN)
    go_on(page, "tanda-terima")
    assert Handover.objects.get().signatures.count() == 1
