"""The map in a real browser: drawn, searched, drilled, walked by keys, shared, and the same said in its list."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from playwright.sync_api import Browser, Page, expect

from accounts.actions.layers import load as load_layers
from regions.codes import Level
from regions.indicators import Series
from regions.models import Boundary, Region
from regions.outlines import draw_layer
from tests.chain.walkers import broken_rules
from tests.factories import SiteFactory, make_need, tree

pytestmark = pytest.mark.django_db(transaction=True)
WEST, SOUTH, SIDE = 106.80, -6.21, 0.01
DRAWN = "() => performance.getEntriesByName('ksbb:drawn').length"
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
# What is painted at a place of the map, in css pixels from its corner.
PIXEL = """([x, y]) => {
  const canvas = document.querySelector('#peta canvas');
  const box = canvas.getBoundingClientRect();
  const frame = document.getElementById('peta').getBoundingClientRect();
  const ratio = canvas.width / box.width;
  const at = [frame.left + x - box.left, frame.top + y - box.top];
  return [...canvas.getContext('2d').getImageData(at[0] * ratio, at[1] * ratio, 1, 1).data];
}"""


def square(code: str, column: int, width: int = 1, *, hole: bool = False, islet: bool = False) -> None:
    west, east = WEST + column * SIDE, WEST + (column + width) * SIDE
    ring = [[west, SOUTH], [east, SOUTH], [east, SOUTH + SIDE], [west, SOUTH + SIDE], [west, SOUTH]]
    x, y, r = (west + east) / 2, SOUTH + SIDE / 2, SIDE / 5
    lake = [[x - r, y - r], [x - r, y + r], [x + r, y + r], [x + r, y - r], [x - r, y - r]]
    parts = [[ring, lake] if hole else [ring]]
    if islet:
        parts.append([[[east + r, y], [east + 2 * r, y], [east + 2 * r, y + r], [east + r, y]]])
    Boundary.objects.create(
        region_id=code, geometry={"type": "MultiPolygon", "coordinates": parts}, min_lon=west, max_lon=east,
        min_lat=SOUTH, max_lat=SOUTH + SIDE, is_approximate=True, source="contoh",
    )  # fmt: skip


@pytest.fixture
def drawn() -> None:
    make_need(code="31.74.01.1001.001", target=300)
    tree("31.74.01.1001.002")
    square("31.74.01.1001.001", 0)
    square("31.74.01.1001.002", 1, hole=True, islet=True)
    square("31.74", 0, 2)
    Region.objects.filter(code="31.74.01.1001.001").update(latitude=SOUTH + 0.002, longitude=WEST + 0.002)
    home = SiteFactory(region=tree("31.74.01.1001.001"), kind="orphanage", name="Panti Contoh")
    make_need(site=home, target=40)
    for level in (Level.RW, Level.CITY):
        draw_layer("31", level).save()


class Watched:
    """A page whose every error counts."""

    def __init__(self, page: Page, base: str) -> None:
        self.page, self.base = page, base
        self.trouble: list[str] = []
        page.on("console", lambda said: self.trouble.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.trouble.append(str(error)))

    def open(self, query: str = "", language: str = "id") -> Page:
        self.page.goto(f"{self.base}/{language}/peta/{query}")
        self.page.wait_for_function(DRAWN)
        return self.page

    def click_map(self, across: float, down: float = 0.5) -> None:
        box = self.page.locator("#peta").bounding_box()
        assert box is not None
        self.page.mouse.click(box["x"] + box["width"] * across, box["y"] + box["height"] * down)


@pytest.fixture(params=[DESK, PHONE], ids=["desk", "phone"])
def visitor(request, browser: Browser, live_server, drawn) -> Iterator[Watched]:
    context = browser.new_context(viewport=request.param, reduced_motion="reduce")
    watched = Watched(context.new_page(), live_server.url)
    yield watched
    assert watched.trouble == []
    context.close()


@pytest.fixture
def desk(browser: Browser, live_server, drawn) -> Iterator[Watched]:
    context = browser.new_context(viewport=DESK, reduced_motion="reduce")
    watched = Watched(context.new_page(), live_server.url)
    yield watched
    assert watched.trouble == []
    context.close()


def eventually(page: Page, holds: Callable[[], bool]) -> None:
    """Figures are fetched after the panel has changed: look again until the picture follows."""
    for _look in range(300):
        if holds():
            return
        page.wait_for_timeout(100)
    pytest.fail("the picture never followed")


def picked(page: Page):
    return page.locator("#panel .need[aria-current=true]")


def test_click_picks_an_rw_and_the_measure_may_change(visitor: Watched) -> None:
    page = visitor.open()
    visitor.click_map(0.35, 0.6)
    expect(picked(page)).to_contain_text("RW 01")
    expect(picked(page).get_by_role("link", name="Beri bantuan")).to_be_attached()
    assert "pilih=31.74.01.1001.001" in page.url
    page.get_by_role("link", name="Cakupan").click()
    expect(page.locator("#keterangan")).to_contain_text("bagian target yang sudah diterima")
    expect(page.get_by_role("link", name="Cakupan")).to_be_focused()
    expect(picked(page)).to_contain_text("RW 01")
    page.get_by_role("button", name="Perbesar").click()
    expect(page).to_have_url(re.compile("#"))


def test_area_is_drawn_by_clicks_and_by_keys(desk: Watched) -> None:
    page = desk.open()
    page.get_by_role("button", name="Gambar daerah").click()
    for corner in ((0.35, 0.35), (0.8, 0.35), (0.8, 0.8), (0.35, 0.8), (0.35, 0.35)):
        desk.click_map(*corner)
    expect(page.locator("#judul")).to_contain_text("di daerah ini")
    assert "daerah=-6." in page.url
    page.get_by_role("button", name="Gambar ulang daerah").click()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="1 sudut")).to_be_visible()
    page.keyboard.press("Backspace")
    expect(page.get_by_role("button", name="Hapus sudut terakhir")).to_be_disabled()
    assert not broken_rules(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Gambar ulang daerah")).to_be_focused()
    page.get_by_role("link", name="Seluruh peta").click()
    expect(page.locator("#judul")).to_contain_text("di Jakarta")


def test_canvas_shows_the_legends_colours_and_leaves_holes_open(desk: Watched) -> None:
    page = desk.open()
    box = page.locator("#peta").bounding_box()
    assert box is not None
    middle = [box["width"] / 2, box["height"] / 2]
    # East of the middle of both squares lies the second, whose own middle is a lake.
    # Aside of the village's name.
    inside, lake = [middle[0] + 20, middle[1] + 50], [middle[0] * 1.49, middle[1]]
    assert page.evaluate(PIXEL, inside)[3] == 255
    assert page.evaluate(PIXEL, lake)[3] == 0
    before = page.evaluate(PIXEL, [middle[0] * 0.6, middle[1] * 0.9])
    page.get_by_role("link", name="Keluarga").click()
    expect(page.locator("#keterangan")).to_contain_text("Keluarga per RW")
    first = [middle[0] * 0.6, middle[1] * 0.9]
    eventually(page, lambda: page.evaluate(PIXEL, inside) == page.evaluate(PIXEL, first) != before)


def test_one_drills_down_and_goes_back(visitor: Watched) -> None:
    page = visitor.open()
    parts = page.locator(".map-parts")
    parts.get_by_role("link", name="Wilayah 31.74").click()
    expect(page.locator("#judul")).to_contain_text("di Wilayah 31.74")
    parts.get_by_role("link", name="Wilayah 31.74.01").click()
    parts.get_by_role("link", name="Wilayah 31.74.01.1001").click()
    expect(page.locator("#judul")).to_contain_text("1 RW di Wilayah 31.74.01.1001")
    page.locator("#panel").get_by_role("link", name="RW 01").first.click()
    expect(page.get_by_role("navigation", name="Letak di peta")).to_contain_text("RW 01")
    page.go_back()
    expect(picked(page)).to_have_count(0)
    expect(page.locator("#judul")).to_contain_text("1 RW di Wilayah 31.74.01.1001")
    page.go_back()
    expect(page.locator("#judul")).to_contain_text("di Wilayah 31.74.01")
    page.go_forward()
    page.get_by_role("link", name="Semua wilayah").click()
    expect(page.locator("#judul")).to_contain_text("di Jakarta")


def test_everything_goes_by_keys_and_is_said(desk: Watched) -> None:
    page = desk.open()
    page.locator("#q").focus()
    page.keyboard.type("31.74.01.1001.002")
    page.keyboard.press("Enter")
    expect(picked(page)).to_contain_text("RW 02")
    expect(page.locator("#kabar")).to_have_text(
        "RW 02. Belum ada target untuk Paket sembako di sini. 1 RW di Wilayah 31.74.01.1001"
    )
    page.locator("#peta").focus()
    before = page.url
    page.keyboard.press("+")
    expect(page).not_to_have_url(before)
    for _press in range(12):
        page.keyboard.press("ArrowLeft")
    page.keyboard.press("-")
    page.keyboard.press("-")
    page.keyboard.press("-")
    page.goto(f"{desk.base}/id/peta/#15/{SOUTH + SIDE / 2}/{WEST + SIDE * 0.7}")
    page.reload()
    page.wait_for_function(DRAWN)
    page.locator("#peta").focus()
    # What Enter would pick is seen and said before.
    expect(page.locator(".map-said")).to_contain_text("RW 01")
    expect(page.locator("#kabar")).to_contain_text("340 paket")
    page.keyboard.press("Enter")
    expect(picked(page)).to_contain_text("RW 01")
    expect(page.locator("#peta")).to_be_focused()


def test_paper_is_light_for_whoever_reads_in_the_dark(desk: Watched) -> None:
    page = desk.page
    page.emulate_media(color_scheme="dark")
    desk.open()
    box = page.locator("#peta").bounding_box()
    assert box is not None
    at = [box["width"] / 2 + 20, box["height"] / 2 + 50]
    dark = sum(page.evaluate(PIXEL, at)[:3])
    page.emulate_media(color_scheme="dark", media="print")
    expect(page.locator(".map-title")).to_be_visible()
    middle = "() => [peta.clientWidth / 2 + 12, peta.clientHeight / 2 + 40]"
    eventually(page, lambda: sum(page.evaluate(PIXEL, page.evaluate(middle))[:3]) > max(dark, 600))
    page.emulate_media(color_scheme="dark", media="screen")
    eventually(page, lambda: sum(page.evaluate(PIXEL, at)[:3]) == dark)


def test_link_keeps_the_view(desk: Watched, browser: Browser) -> None:
    page = desk.open("?ukuran=cakupan")
    desk.click_map(0.35, 0.6)
    expect(picked(page)).to_contain_text("RW 01")
    page.get_by_role("button", name="Perbesar").click()
    expect(page).to_have_url(re.compile("#"))
    address = ""
    while address != page.url:
        address = page.url
        page.wait_for_timeout(400)
    other = browser.new_page(viewport=DESK)
    other.goto(address)
    other.wait_for_function(DRAWN)
    expect(picked(other)).to_contain_text("RW 01")
    expect(other.get_by_role("link", name="Cakupan")).to_have_attribute("aria-current", "page")
    assert other.url == address
    other.close()


@pytest.mark.parametrize(
    ("column", "said"), [(1.2, "RW 02"), (1.5, "di luar wilayah peta ini"), (80, "di luar wilayah peta ini")]
)
def test_near_me_is_found_on_the_device(
    browser: Browser, live_server, drawn, column: float, said: str
) -> None:
    context = browser.new_context(
        geolocation={"latitude": SOUTH + SIDE / 2, "longitude": WEST + column * SIDE},
        permissions=["geolocation"],
    )
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url + json.dumps(request.post_data or "")))
    page.goto(f"{live_server.url}/id/peta/")
    page.get_by_role("button", name="Dekat saya").click()
    expect(page.locator("#panel")).to_contain_text(said)
    if "RW" in said:
        expect(picked(page)).to_contain_text(said)
        expect(page.locator(".map-here")).to_be_visible()
    assert not any(f"{WEST + column * SIDE:.2f}" in address for address in asked)
    context.close()


def test_who_gives_no_position_is_told_what_else_to_do(desk: Watched) -> None:
    page = desk.open()
    page.get_by_role("button", name="Dekat saya").click()
    expect(page.locator("#dekat-kabar")).to_contain_text("Cari nama kelurahan Anda di atas")


def test_institution_is_picked_by_its_mark(visitor: Watched) -> None:
    page = visitor.open("?pilih=31.74.01.1001.001")
    page.locator("#panel").get_by_role("link", name="Panti Contoh").click()
    expect(picked(page)).to_contain_text("Panti Contoh")
    expect(picked(page)).to_contain_text("40 paket masih kurang")
    if visitor.page.viewport_size == PHONE:
        expect(page.locator("#aksi").get_by_role("link")).to_have_text("Bantu Panti Contoh, masih kurang 40")
    visitor.click_map(0.5, 0.5)
    expect(picked(page)).to_contain_text("Panti Contoh")


def test_layer_lies_under_dots_of_the_measure(visitor: Watched) -> None:
    facts = {
        "name_id": "Banjir", "name_en": "Floods", "unit_id": "hari", "unit_en": "days", "source": "Dinas Contoh",
        "direction": "high", "breaks": "",
    }  # fmt: skip
    load_layers(
        several=[Series("banjir", facts, date(2025, 12, 31), (1, 3, 6, 10), {"31.74.01.1001": 40})], by=None
    )
    page = visitor.open()
    if not page.locator("#lagi").is_visible():
        page.locator("#saring").click()
    page.locator("#lagi").click()
    page.locator("#lapis").select_option("banjir")
    expect(page.locator("#keterangan")).to_contain_text("Sumber: Dinas Contoh, 2025.")
    box = page.locator("#peta").bounding_box()
    assert box is not None
    at = [box["width"] * 0.5 + 12, box["height"] * 0.5 + 40]  # aside of the village's name
    fill = page.evaluate(
        "getComputedStyle(document.querySelector('#keterangan .b5')).getPropertyValue('--k')"
    )
    assert fill

    def is_violet() -> bool:
        red, green, blue, _alpha = page.evaluate(PIXEL, at)
        return bool(blue > red + 20 > green)

    # The strongest of the layer's own colours, and not the grey of nothing to show.
    eventually(page, is_violet)


def test_pages_break_no_rule_and_do_not_scroll_sideways(visitor: Watched) -> None:
    for query, language in (("", "id"), ("?pilih=31.74.01.1001.001", "id"), ("?q=Atlantis", "en")):
        page = visitor.open(query, language)
        page.wait_for_load_state("networkidle")
        assert not (broken := broken_rules(page)), broken
        assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]  # type: ignore[index]


def test_phone_has_the_action_at_hand_after_a_pick_on_the_map(browser: Browser, live_server, drawn) -> None:
    context = browser.new_context(viewport=PHONE, has_touch=True, reduced_motion="reduce")
    watched = Watched(context.new_page(), live_server.url)
    page = watched.open()
    expect(page.locator("#aksi").get_by_role("link")).to_have_count(0)
    watched.click_map(0.35, 0.6)
    expect(page.locator("#aksi").get_by_role("link")).to_be_in_viewport()
    expect(page.locator("#aksi").get_by_role("link")).to_have_text("Bantu RW 01, masih kurang 340")
    assert watched.trouble == []
    context.close()


def test_list_and_tiles_stand_in_without_scripts(browser: Browser, live_server, drawn) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/id/peta/")
    # By its class: texts and roles inside <noscript> are not looked at by the tool.
    expect(page.locator(".map-still")).to_be_visible()
    page.fill("#q", "31.74.01.1001")
    page.get_by_role("button", name="Cari", exact=True).click()
    expect(page.locator("#judul")).to_contain_text("1 RW di Wilayah 31.74.01.1001")
    page.get_by_role("link", name="RW 01").first.click()
    expect(page.get_by_role("link", name="Beri bantuan")).to_be_visible()
    context.close()


def test_list_says_what_happens_where_the_picture_cannot_be_fetched(
    browser: Browser, live_server, drawn
) -> None:
    page = browser.new_page()
    page.route("**/data/map/outlines/**", lambda route: route.abort())
    page.goto(f"{live_server.url}/id/peta/")
    expect(page.locator(".map-failed")).to_contain_text("Daftar di halaman ini menyebut angka yang sama")
    page.locator("#panel").get_by_role("link", name="RW 01").first.click()
    expect(picked(page)).to_contain_text("RW 01")
    page.close()
