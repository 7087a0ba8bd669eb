"""Looks at pages as their readers do: on a phone and a desktop, enlarged, by night; keeps what is wrong."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlsplit

from tests.pages import (
    controls_too_small_for_a_thumb,
    found_by_axe,
    found_in_files,
    is_wider_than_its_screen,
)

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Response

WIDTHS = (360, 1280)
# The phone by day and the desktop by night.
LIGHTS: tuple[Literal["light", "dark"], ...] = ("light", "dark")
# A desktop of 1280 px enlarged to 200 % and to 400 % (WCAG 2.2, 1.4.4 and 1.4.10).
ENLARGED = (640, 320)


class Looker:
    """Whoever looks at pages of the server `url` in `language`. `found` says what is wrong, page by page."""

    def __init__(self, chromium: "Browser", url: str, language: str, folder: Path) -> None:
        self.chromium, self.url = chromium, url
        self.language, self.folder = language, folder
        self.found: list[str] = []
        self.seen: list[str] = []

    @contextmanager
    def browser(self, *cookies: dict[str, Any]) -> "Iterator[Page]":
        """Give a page in a browser of its own, with these cookies and the language chosen."""
        context = self.chromium.new_context(
            base_url=self.url, viewport={"width": WIDTHS[0], "height": 740}, locale=self.language
        )
        chosen = {"name": "lang", "value": self.language}
        context.add_cookies([{**cookie, "url": self.url} for cookie in (chosen, *cookies)])  # type: ignore[typeddict-item]
        context.set_default_timeout(60_000)
        page = context.new_page()
        page.on("console", lambda message: self._said(page, message.text))
        page.on("pageerror", lambda error: self._said(page, str(error)))
        page.on("request", lambda request: self._asked(page, request.url))
        try:
            yield page
        finally:
            context.close()

    def open(self, page: "Page", who: str, name: str, path: str, *, status: int = 200) -> None:
        """Open a page that must answer with `status` at its own address, and look at it."""
        response = page.goto(path)
        assert response is not None
        if urlsplit(page.url).path != urlsplit(path).path:
            self.found.append(f"{who}, {name}: {path} led to {page.url}")
        self.look(page, response, who, name, status=status)

    def send(
        self, page: "Page", who: str, name: str, *, form: str = "main form", status: int = 200
    ) -> None:
        """Send a form as it stands, past the browser's own checks and scripts, and look at the answer."""
        with page.expect_navigation() as answer:
            page.locator(form).first.evaluate("form => HTMLFormElement.prototype.submit.call(form)")
        assert answer.value is not None
        self.look(page, answer.value, who, name, status=status)

    def look(
        self, page: "Page", response: "Response", who: str, name: str, *, status: int = 200
    ) -> None:
        """Look at the page that is open in every way, and keep its source for the HTML checker."""
        where = f"{who}, {name}, {self.language}"
        self.seen.append(where)
        source = self.folder / (re.sub(r"[^\w,]+", "-", f"{who} {name}") + ".html")
        source.write_text(response.text(), "utf-8")
        if response.status != status:
            self.found.append(f"{where}: answered {response.status} at {page.url}")
        # Asked of the document itself: a locator would first bring its own script into every page.
        if page.evaluate("document.documentElement.lang") != self.language:
            self.found.append(f"{where}: its lang is another")
        # Contrast is the costliest rule of axe, and colours know no language.
        colours = self.language == "en"
        for width, light in zip(WIDTHS, LIGHTS, strict=True):
            self._show(page, width, 740)
            self._measure(page, f"{where}, {width} px")
            small = controls_too_small_for_a_thumb(page)
            self.found += [f"{where}, {width} px: {what}" for what in small]
            if light == "light" or colours:
                page.emulate_media(color_scheme=light)
                wrong = found_by_axe(page, colours=colours)
                self.found += [f"{where}, {width} px, {light}: {what}" for what in wrong]
        for width in ENLARGED:
            self._show(page, width, 360)
            self._measure(page, f"{where}, {width} px")
        page.emulate_media(color_scheme="light")
        self._show(page, WIDTHS[0], 740)

    def all_found(self) -> str:
        """Give everything that is wrong, a line each, the HTML checker's findings included."""
        return "\n".join(self.found + found_in_files(self.folder))

    def _show(self, page: "Page", width: int, height: int) -> None:
        if page.viewport_size != {"width": width, "height": height}:
            page.set_viewport_size({"width": width, "height": height})

    def _measure(self, page: "Page", where: str) -> None:
        if is_wider_than_its_screen(page):
            self.found.append(f"{where}: wider than its screen")

    def _said(self, page: "Page", text: str) -> None:
        # A browser notes each answer of 400 and more; those are what is looked at here.
        if "the server responded with a status of" not in text:
            self.found.append(f"{page.url} said: {text}")

    def _asked(self, page: "Page", url: str) -> None:
        if not url.startswith((self.url, "data:", "blob:")):
            self.found.append(f"{page.url} asked {url}")
