"""The map in a real browser: a click picks an RW, the list opens it, the address keeps the view."""

import json
import re

import pytest
from playwright.sync_api import Browser, expect

from regions.codes import Level
from regions.models import Boundary
from regions.outlines import draw_layer
from tests.factories import make_need, tree

pytestmark = pytest.mark.django_db(transaction=True)
WEST, SOUTH, SIDE = 106.80, -6.21, 0.01


def square(code: str, column: int, width: int = 1) -> None:
    west, east = WEST + column * SIDE, WEST + (column + width) * SIDE
    ring = [[west, SOUTH], [east, SOUTH], [east, SOUTH + SIDE], [west, SOUTH + SIDE], [west, SOUTH]]
    Boundary.objects.create(
        region_id=code, geometry={"type": "Polygon", "coordinates": [ring]}, min_lon=west, max_lon=east,
        min_lat=SOUTH, max_lat=SOUTH + SIDE, is_approximate=True, source="contoh",
    )  # fmt: skip


@pytest.fixture
def drawn() -> None:
    make_need(code="31.74.01.1001.001", target=300)
    tree("31.74.01.1001.002")
    square("31.74.01.1001.001", 0)
    square("31.74.01.1001.002", 1)
    square("31.74", 0, 2)
    for level in (Level.RW, Level.CITY):
        draw_layer("31", level).save()


def test_click_picks_an_rw_and_nothing_breaks_the_policy(browser: Browser, live_server, drawn) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    trouble: list[str] = []
    page.on("console", lambda said: trouble.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: trouble.append(str(error)))
    with page.expect_response("**/data/map/figures.json**"):
        page.goto(f"{live_server.url}/id/peta/")
    box = page.locator("#peta").bounding_box()
    assert box is not None
    middle = box["y"] + box["height"] / 2
    page.mouse.click(box["x"] + box["width"] * 0.35, middle)
    picked = page.locator("#panel .need[aria-current=true]")
    expect(picked).to_contain_text("RW 01")
    expect(picked.get_by_role("link", name="Beri bantuan")).to_be_visible()
    assert "pilih=31.74.01.1001.001" in page.url
    page.get_by_role("link", name="Cakupan").click()
    expect(page.locator("#keterangan")).to_contain_text("bagian target yang sudah diterima")
    expect(page.get_by_role("link", name="Cakupan")).to_be_focused()
    expect(picked).to_contain_text("RW 01")
    page.get_by_role("button", name="Perbesar").click()
    expect(page).to_have_url(re.compile("#"))
    assert trouble == []
    page.close()


def test_near_me_is_found_on_the_device(browser: Browser, live_server, drawn) -> None:
    context = browser.new_context(
        geolocation={"latitude": SOUTH + SIDE / 2, "longitude": WEST + 1.5 * SIDE},
        permissions=["geolocation"],
    )
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url + json.dumps(request.post_data or "")))
    page.goto(f"{live_server.url}/id/peta/")
    page.get_by_role("button", name="Dekat saya").click()
    expect(page.locator("#panel .need[aria-current=true]")).to_contain_text("RW 02")
    assert not any("106.81" in address for address in asked)
    context.close()


def test_list_and_tiles_stand_in_without_scripts(browser: Browser, live_server, drawn) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/id/peta/")
    # By its class: texts and roles inside <noscript> are not looked at by the tool.
    expect(page.locator(".map-still")).to_be_visible()
    page.get_by_role("link", name="RW 01 Wilayah 31.74.01.1001").click()
    expect(page.get_by_role("link", name="Beri bantuan")).to_be_visible()
    context.close()
