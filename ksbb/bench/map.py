"""What the first view of the map costs a visitor, in a real browser: bytes, requests, time, smoothness.

The baselines are the promises themselves: no other map of all RW stands beside ours to compare with.
"""

import os
import shutil
import statistics
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from ksbb.bench.pages import served
from ksbb.embedded import Trouble
from regions.benchmarks import Measurement, benchmark

if TYPE_CHECKING:
    from playwright.sync_api import Browser, CDPSession, Page

ADDRESS = "/id/peta/"
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
MOST_BYTES, MOST_REQUESTS, MOST_SECONDS, LEAST_FRAMES = 250_000, 6, 1.5, 50
SLOWER = 4  # times a phone's processor is slower than this machine's
ROUNDS = 5
DRAWN = "() => performance.getEntriesByName('ksbb:drawn').length"
# One number for each frame that the browser had time for while the map was dragged.
COUNT_FRAMES = """() => {
  window.frames_at = [];
  const note = (time) => { window.frames_at.push(time); window.counting = requestAnimationFrame(note); };
  window.counting = requestAnimationFrame(note);
}"""


@benchmark("map_bytes", unit="bytes", at_most=1, data="demo")
def map_bytes() -> Measurement:
    return Measurement(ours=max(_wire(PHONE)[0], _wire(DESK)[0]), baseline=MOST_BYTES)


@benchmark("map_requests", unit="requests", at_most=1, data="demo")
def map_requests() -> Measurement:
    return Measurement(ours=max(_wire(PHONE)[1], _wire(DESK)[1]), baseline=MOST_REQUESTS)


@benchmark("map_drawn", unit="s", at_most=1, data="demo")
def map_drawn() -> Measurement:
    with _browser() as (browser, base):
        seconds = [_in_page(browser, base, DESK, _drawn_after) for _ in range(ROUNDS)]
    return Measurement(ours=statistics.median(seconds), baseline=MOST_SECONDS)


@benchmark("map_panning", unit="frames/s", at_least=1, data="demo")
def map_panning() -> Measurement:
    with _browser() as (browser, base):
        rates = [_in_page(browser, base, DESK, _frames_while_dragging) for _ in range(ROUNDS)]
    return Measurement(ours=statistics.median(rates), baseline=LEAST_FRAMES)


def _wire(size: dict[str, int]) -> tuple[int, int]:
    """Bytes with their headers, as they travelled, and how many requests, until all is still."""
    with _browser() as (browser, base):
        context = browser.new_context(viewport=size, locale="id-ID")  # type: ignore[arg-type]
        page = context.new_page()
        network = context.new_cdp_session(page)
        network.send("Network.enable")
        received: list[int] = []
        network.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
        page.goto(base + ADDRESS)
        page.wait_for_function(DRAWN)
        page.wait_for_load_state("networkidle")
        context.close()
    return int(sum(received)), len(received)


def _drawn_after(page: "Page", _session: "CDPSession") -> float:
    return float(page.evaluate("() => performance.getEntriesByName('ksbb:drawn')[0].startTime")) / 1000


def _frames_while_dragging(page: "Page", _session: "CDPSession") -> float:
    box = page.locator("#peta").bounding_box()
    if box is None:
        raise Trouble("The map is not to be seen.")
    x, y = box["x"] + box["width"] * 0.6, box["y"] + box["height"] * 0.4
    page.mouse.move(x, y)
    page.mouse.down()
    page.evaluate(COUNT_FRAMES)
    for step in range(90):
        page.mouse.move(x - step * 4, y + (step % 30) * 4)
    times = page.evaluate("() => { cancelAnimationFrame(window.counting); return window.frames_at; }")
    page.mouse.up()
    return (len(times) - 1) * 1000 / (times[-1] - times[0])


def _in_page(
    browser: "Browser",
    base: str,
    size: dict[str, int],
    measure: Callable[["Page", "CDPSession"], float],
) -> float:
    """The measure in a page of its own, with nothing kept from before and a slow processor."""
    context = browser.new_context(viewport=size, locale="id-ID")  # type: ignore[arg-type]
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(base + ADDRESS)
    page.wait_for_function(DRAWN)
    page.wait_for_load_state("networkidle")
    found = measure(page, session)
    context.close()
    return found


def chromium_path() -> str:
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    program = os.environ.get("KSBB_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if program is None:
        raise Trouble("There is no Chromium here: install it, or set KSBB_CHROMIUM to its path.")
    return program


@contextmanager
def _browser() -> Iterator[tuple[Any, str]]:
    """A real Chromium, and the address of a server that has given the page once already."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError as error:
        raise Trouble("Playwright is not installed: run this as `make bench`.") from error
    program = chromium_path()
    # Playwright runs a loop in this thread, which makes Django suspect every query; nothing here is concurrent.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with served(ADDRESS) as port, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        # The first visitor after a change waits for the page to be made; these are all the others.
        with_page = browser.new_page()
        with_page.goto(f"http://localhost:{port}{ADDRESS}", wait_until="networkidle")
        with_page.close()
        yield browser, f"http://localhost:{port}"
        browser.close()
