"""People at their browsers, each in a context of their own, who notice whatever is wrong with a page."""

import os
import re
from pathlib import Path
from types import TracebackType
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from django.urls import Resolver404, resolve
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Response

PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 900}
# WCAG 2.2 AA and everything below it.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# Set to a folder to keep a picture of every page that is walked through.
PICTURES = os.environ.get("KSBB_PICTURES", "")


def broken_rules(page: Page) -> str:
    """What axe finds wrong with the page; empty if nothing. It tells of faults alone: of all that is well, a page's
    worth of words would come for each page.
    """
    options = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
    found = Axe().run(page, options=options)
    return found.generate_report() if found.violations_count else ""


class Walker:
    """One person's browser. Every page is looked over: its console, its width, and once per kind with axe."""

    looked_at: set[str] = set()
    pictures = 0

    def __init__(
        self, browser: Browser, base: str, name: str, viewport: dict[str, int], **context: Any
    ) -> None:
        self.base, self.name, self.viewport = base, name, viewport
        self.faults: list[str] = []
        self.context = browser.new_context(
            viewport=viewport,
            locale="id-ID",
            timezone_id="Asia/Jakarta",
            has_touch=viewport == PHONE,
            **context,
        )
        self.page: Page = self.context.new_page()
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        self.page.on("response", self._response)
        self.status = 0

    def __enter__(self) -> "Walker":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None and PICTURES:
            self.picture(f"gagal-{self.name}")
        self.context.close()

    def _console(self, message: ConsoleMessage) -> None:
        # A page that is refused on purpose (404, 422) is logged by the browser as well; its status is asserted.
        if message.type in ("error", "warning") and not message.text.startswith("Failed to load resource"):
            self.faults.append(f"console {message.type}: {message.text}")

    def _response(self, response: Response) -> None:
        if response.request.is_navigation_request():
            self.status = response.status
        elif response.status >= 400:
            self.faults.append(f"{response.status} for {response.url}")

    def go(self, address: str, status: int = 200) -> Page:
        """Open an address of the site (or the whole of one) and look the page over."""
        url = address if address.startswith("http") else self.base + address
        response = self.page.goto(url)
        assert response is not None
        assert response.status == status, f"{self.name}: {url} answers {response.status}, not {status}"
        self.look()
        return self.page

    def press(self, name: str | re.Pattern[str], status: int = 200, *, within: Locator | None = None) -> Page:
        """Press the link or button with this name, land on another page, and look that over."""
        place = within or self.page.locator("main")
        exact = isinstance(name, str)
        target = place.get_by_role("button", name=name, exact=exact).or_(
            place.get_by_role("link", name=name, exact=exact)
        )
        with self.page.expect_navigation():
            target.filter(visible=True).first.click()
        assert self.status == status, f"{self.name}: {self.page.url} answers {self.status}, not {status}"
        self.look()
        return self.page

    def look(self) -> None:
        """Fail if the page has errors, scrolls sideways, or (the first time of its kind) breaks a rule of axe."""
        page = self.page
        kind = self.kind()
        # What scripts ask for after the page stands is waited for where a page is looked at closely.
        page.wait_for_load_state("load" if kind in self.looked_at else "networkidle")
        where = f"{self.name} at {page.url}"
        self.picture(kind)
        assert not self.faults, f"{where}: {self.faults}"
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= self.viewport["width"], f"{where} is {width} px wide"
        if kind not in self.looked_at:
            self.looked_at.add(kind)
            assert not (broken := broken_rules(page)), f"{where}: {broken}"

    def kind(self) -> str:
        """The URL's name (and step or verb), the width, and the status: what makes a page of its own kind."""
        path = self.page.url.removeprefix(self.base).split("?")[0].split("#")[0]
        try:
            match = resolve(path)
        except Resolver404:
            return f"{path} {self.viewport['width']}"
        words = [str(match.kwargs[key]) for key in ("step", "verb") if key in match.kwargs]
        return " ".join([match.url_name or path, *words, str(self.viewport["width"]), str(self.status)])

    def picture(self, kind: str) -> None:
        if not PICTURES:
            return
        type(self).pictures += 1
        name = re.sub(r"[^\w-]+", "-", f"{type(self).pictures:03d}-{self.name}-{kind}")
        self.page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)

    def text(self) -> str:
        """What stands on the page, non-breaking spaces as plain ones."""
        return self.page.locator("main").inner_text().replace("\u00a0", " ")

    def reads(self, *words: str) -> None:
        text = " ".join(self.text().split()).casefold()
        for one in words:
            assert one.casefold() in text, f"{self.name} at {self.page.url} does not read {one!r} in: {text}"

    def sign_in(self, email: str, password: str) -> None:
        self.go("/id/masuk/")
        self.page.get_by_label("Surel").fill(email)
        self.page.get_by_label("Kata sandi").fill(password)
        self.press("Masuk")


class Hurried(Walker):
    """One who only listens to the console: the pages themselves are looked over by the walk of the whole chain."""

    def look(self) -> None:
        assert not self.faults, f"{self.page.url}: {self.faults}"
