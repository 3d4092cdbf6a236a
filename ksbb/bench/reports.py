"""What a report of an arrival costs a cheap phone, in a real browser: bytes over the wire, and the wait on a slow link.

All that travels goes through a counter between browser and server, since a browser tells of its pages only, not of what
its worker loads. The baselines are the promises themselves.
"""

import io
import os
import socket
import statistics
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any
from urllib.request import Request, urlopen

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.urls import reverse
from django.utils.translation import override
from PIL import Image, ImageDraw

from accounts.models import Assignment
from accounts.roles import Role
from donations.deliveries.models import Delivery
from donations.handovers.models import Handover
from ksbb.bench.map import chromium_path
from ksbb.bench.pages import free_port, served
from ksbb.embedded import Trouble
from regions.benchmarks import Measurement, benchmark

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

PHONE = {"width": 360, "height": 740}
MOST_BYTES, MOST_SECONDS, MOST_UPLOAD = 120_000, 3.0, 1_200_000
ROUNDS = 3
PHOTOS, PIXELS = 6, (4000, 3000)
# "Slow 3G": 400 kbit/s either way, 400 ms there and back.
SLOW = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
MARKS = """() => {
  const [page] = performance.getEntriesByType("navigation");
  const painted = performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0;
  const ready = performance.getEntriesByName("ksbb:ready")[0].startTime;
  return { answered: page.responseEnd, painted, parsed: page.domContentLoadedEventStart, ready };
}"""
READY = "() => performance.getEntriesByName('ksbb:ready').length"


@benchmark("report_page_bytes", unit="bytes", at_most=1, data="demo")
def report_page_bytes() -> Measurement:
    """The first page of a report with all that the phone keeps to write it without signal, on a first visit."""
    with _phone() as (context, wire, address):
        page = context.new_page()
        parts = _parts(context, page)
        page.goto(address)
        _until_kept(page, wire)
        for name, size in sorted(parts.items()):
            say(f"{size:>8,.0f} {name}")
        say(f"{wire.down:>8,} in all, over the wire with headers, worker included; {wire.up:,} up")
        return Measurement(ours=wire.down, baseline=MOST_BYTES)


@benchmark("report_page_usable", unit="s", at_most=1, data="demo")
def report_page_usable() -> Measurement:
    """Until the form of that page can be filled in and keeps what is typed, on a slow link with nothing kept before."""
    taken = []
    for _round in range(ROUNDS):
        with _phone() as (context, _wire, address):
            page = context.new_page()
            session = context.new_cdp_session(page)
            session.send("Network.enable")
            session.send("Network.emulateNetworkConditions", SLOW)
            page.goto(address)
            page.wait_for_function(READY)
            marks = page.evaluate(MARKS)
            say(", ".join(f"{name} {milliseconds / 1000:.2f} s" for name, milliseconds in marks.items()))
            taken.append(marks["ready"] / 1000)
    return Measurement(ours=statistics.median(taken), baseline=MOST_SECONDS)


@benchmark("report_photos_upload", unit="bytes", at_most=1, data="demo")
def report_photos_upload() -> Measurement:
    """What leaves the phone for a report with six photos of twelve megapixels, each made small on the phone."""
    with _phone() as (context, wire, address):
        page = context.new_page()
        page.goto(address)
        _until_kept(page, wire)
        before, began = wire.up, time.perf_counter()
        files = [
            {"name": f"foto-{turn}.jpg", "mimeType": "image/jpeg", "buffer": _photo(turn)}
            for turn in range(PHOTOS)
        ]
        page.locator("#id_photos").set_input_files(files)  # type: ignore[arg-type]
        page.wait_for_function(
            f"() => document.querySelectorAll('.kept img').length === {PHOTOS}", timeout=120_000
        )
        chosen = sum(len(file["buffer"]) for file in files)
        sent = wire.up - before
        say(f"{chosen:,} bytes chosen, {sent:,} sent in {time.perf_counter() - began:.1f} s")
        kept = Handover.objects.order_by("-pk")[0].photos.count()
        if kept != PHOTOS:
            raise AssertionError(f"{kept} photos arrived")
        return Measurement(ours=sent, baseline=MOST_UPLOAD)


def say(part: str) -> None:
    """One part of a figure, under its name."""
    sys.stdout.write(f"    {part}\n")


def _photo(turn: int) -> bytes:
    """Twelve megapixels with edges, slopes and the grain of a cheap phone's camera."""
    ground = Image.linear_gradient("L").resize(PIXELS).rotate(turn * 30)
    grain = Image.effect_noise((1000, 750), 40).resize(PIXELS)
    picture = Image.merge("RGB", (Image.blend(ground, grain, 0.3), grain, ground))
    pen = ImageDraw.Draw(picture)
    for box in range(60):
        x, y = (box * 397 + turn * 131) % 3600, (box * 613) % 2700
        pen.rectangle((x, y, x + 380, y + 280), outline="white", width=9, fill=(x % 255, y % 255, box * 4))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=92)
    return out.getvalue()


def _parts(context: "BrowserContext", page: "Page") -> dict[str, float]:
    """Bytes by path, as the page's own requests come to an end."""
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    paths: dict[str, str] = {}
    sizes: dict[str, float] = {}

    def note(event: dict[str, Any]) -> None:
        path = paths[event["requestId"]]
        sizes[path] = sizes.get(path, 0) + event["encodedDataLength"]

    def name(event: dict[str, Any]) -> None:
        paths[event["requestId"]] = event["request"]["url"].partition("//")[2].partition("/")[2]

    session.on("Network.requestWillBeSent", name)
    session.on("Network.loadingFinished", note)
    return sizes


def _until_kept(page: "Page", wire: "Wire") -> None:
    """Until the page has what it needs without signal, and nothing travels any more."""
    page.wait_for_function(READY)
    page.wait_for_load_state("networkidle")
    last = -1
    while last != wire.down:
        last = wire.down
        page.wait_for_timeout(700)
    if not page.evaluate("() => caches.keys().then((names) => names.length)"):
        raise AssertionError("the phone has kept nothing")


class Wire:
    """A way to a server's port that counts what goes through: `down` to the browser, `up` from it."""

    def __init__(self, port: int) -> None:
        self.down = self.up = 0
        self.target = port
        self.port = free_port()
        self.listener = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                browser, _address = self.listener.accept()
            except OSError:  # closed: measured
                return
            server = socket.create_connection(("127.0.0.1", self.target))
            for ends, way in (((browser, server), "up"), ((server, browser), "down")):
                threading.Thread(target=self._carry, args=(*ends, way), daemon=True).start()

    def _carry(self, source: socket.socket, target: socket.socket, way: str) -> None:
        try:
            while part := source.recv(65536):
                setattr(self, way, getattr(self, way) + len(part))
                target.sendall(part)
            target.shutdown(socket.SHUT_WR)
        except OSError:  # either side went away
            pass

    def close(self) -> None:
        self.listener.close()


@contextmanager
def _phone() -> Iterator[tuple["BrowserContext", Wire, str]]:
    """A browser in which an official is signed in, the wire to the server, and the first page of a report to write."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError as error:
        raise Trouble("Playwright is not installed: run this as `make bench`.") from error
    post, delivery = _official()
    with override("id"):
        path = reverse("report_blank", args=[delivery.pk, "foto"])
    session = _session(post.user)
    cookie = f"{settings.SESSION_COOKIE_NAME}={session}"
    # Playwright runs a loop in this thread, which makes Django suspect every query; nothing here is concurrent.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with served("/id/") as port, closing(Wire(port)) as wire, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=["--no-sandbox"])
        context = browser.new_context(viewport=PHONE, locale="id-ID")  # type: ignore[arg-type]
        base = f"http://localhost:{wire.port}"
        with urlopen(Request(f"http://localhost:{port}{path}", headers={"Cookie": cookie})):
            pass  # the first visitor waits for the server to get ready; these are all the others
        context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": _session(post.user), "url": base}]
        )
        yield context, wire, base + path
        browser.close()


def _official() -> tuple[Assignment, Delivery]:
    """An official, and a delivery on its way to them of which nothing is reported."""
    for post in (
        Assignment.objects.in_force().filter(role=Role.OFFICIAL).select_related("user").order_by("pk")
    ):
        found = (
            Delivery.objects.visible_to(post.user)
            .filter(state="dispatched", handovers=None)
            .order_by("pk")
            .first()
        )
        if found is not None:
            return post, found
    raise AssertionError("nobody waits for a delivery")


def _session(user: Any) -> str:
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return str(session.session_key)
