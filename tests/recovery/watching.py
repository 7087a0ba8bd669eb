"""Browsers in a class that is disturbed: what each page has heard, and whether it stands where the class is."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace

from playwright.sync_api import Browser, Page, expect

from tests.e2e.test_class import Class, press, slide
from tests.scenes import People, Scene

__all__ = ["Watched", "press", "slide", "watched"]
PATIENCE_SECONDS = 60
# Kept in the tab, so that a reload forgets nothing: where each page began, and what it then heard.
REMEMBER = """
const note = (what) => (sessionStorage.log = JSON.stringify([...JSON.parse(sessionStorage.log ?? "[]"), what]));
addEventListener("DOMContentLoaded", () => {
  const room = document.querySelector("sabaq-class");
  if (room) note(["from", Number(room.dataset.seq)]);
});
document.addEventListener("heard", ({ detail }) => note(["heard", detail.seq, detail.prev]), true);
"""
LOOKS = """() => Object.fromEntries(
  [...document.querySelectorAll("[data-part]")].map(({ dataset }) => [dataset.part, dataset.key]))"""


class Watched(Class):
    """A class whose pages remember what they heard."""

    def browser(self, width: int, language: str = "en", **options: object) -> Page:
        page = super().browser(width, language, **options)
        page.context.add_init_script(REMEMBER)
        return page

    def log(self, which: int) -> list[int]:
        """Give the numbers of all events the participant `which` may hear, asked for anew."""
        people = People(self.server.direct, self.scene)
        with people.gone:
            browser = people.participant(which)
            ticket = people.ticket(browser)
            answer = browser.get(f"/live/{self.scene.session}/poll?ticket={ticket}&after=0")
            return [event["seq"] for event in answer.json()["events"]]

    def goes_on_where_it_is(self, page: Page, which: int) -> None:
        """Assert that nothing was missed, doubled or reordered, and that the page looks as a fresh one."""
        log = self.log(which)
        deadline = time.monotonic() + PATIENCE_SECONDS
        while _last(page) != log[-1] and time.monotonic() < deadline:
            page.wait_for_timeout(100)
        _is_unbroken(_remembered(page), log)
        fresh = page.context.browser.new_context(
            base_url=self.server.direct,
            viewport=page.viewport_size,
            locale="ru" if which == 1 else "en",
        )
        self.opened.append(fresh)
        other = fresh.new_page()
        other.goto(self.scene.links[which])
        other.locator("main form button.btn").first.click()
        other.goto(f"/class/{self.scene.session}/")
        looks = other.evaluate(LOOKS)
        while page.evaluate(LOOKS) != looks and time.monotonic() < deadline:
            page.wait_for_timeout(200)
        assert page.evaluate(LOOKS) == looks


def _remembered(page: Page) -> list[list]:
    return json.loads(page.evaluate("sessionStorage.log ?? '[]'"))


def _last(page: Page) -> int:
    noted = _remembered(page)
    return noted[-1][1] if noted else -1


def _is_unbroken(noted: list[list], log: list[int]) -> None:
    """A page begins at an event and hears every later one of its audience, each once and in order."""
    at = 0
    for what, seq, *prev in noted:
        if what == "from":
            assert seq >= at, noted
        else:
            assert seq == next(one for one in log if one > at), (noted, log)
            # The number before it is that of her audience: what the page had, or staff's in between.
            assert prev[0] <= at, noted
        at = seq
    assert at >= log[-1], (noted, log)


@contextmanager
def watched(
    chromium: Browser, server_url: str, scene: Scene, *, through: str = ""
) -> Iterator[Watched]:
    """Give the class of `scene`, its browsers going through the address `through`."""
    server = SimpleNamespace(url=through or server_url, direct=server_url)
    klass = Watched(chromium, server, scene, [])
    yield klass
    for context in klass.opened:
        context.close()


def shows(page: Page, slide_id: str) -> None:
    expect(slide(page, slide_id)).to_be_visible(timeout=PATIENCE_SECONDS * 1000)
