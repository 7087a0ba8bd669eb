"""A class with live voice in real browsers. A test file takes `house` and `voices` from here by importing them."""

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.hearing import Network, browser_with_voice, heard_by, network
from tests.scenes import Scene, set_scene
from tests.servers import Server, environment, running

TRAINER_HZ, INTERPRETER_HZ, PARTNER_HZ = 700, 1500, 2300
# Loaded machines take their time until a page has begun; what is timed says so.
PATIENCE = 30.0


@dataclass
class Voices:
    """A class whose trainer's side has one tone, whose interpreter another, and her partner a third."""

    server: Server
    scene: Scene
    one: Browser
    other: Browser
    third: Browser
    language: str = "en"

    def staff(self, browser: Browser, email: str, path: str, width: int = 1280) -> Page:
        page = self._page(browser, width)
        page.goto("/staff/sign-in/")
        page.locator("input[type=email]").fill(email)
        page.locator("input[type=password]").fill(self.scene.password)
        page.locator("main form button.btn").first.click()
        page.wait_for_url(re.compile("/(office|teach)/"))
        page.goto(path)
        return page

    def trainer(self) -> Page:
        page = self.staff(self.one, self.scene.trainer, f"/teach/{self.scene.session}/")
        if (begin := page.locator("[data-part=begin] button")).is_visible():
            begin.first.click()
        return page

    def interpreter(self, width: int = 1280) -> Page:
        return self._in_booth(self.other, self.scene.interpreter, width)

    def partner(self, width: int = 1280) -> Page:
        return self._in_booth(self.third, self.scene.partner, width)

    def _in_booth(self, browser: Browser, email: str, width: int) -> Page:
        page = self.staff(browser, email, f"/class/{self.scene.session}/", width)
        enter = page.locator("#booth-enter")
        if enter.is_visible():
            enter.click()
        expect(page.locator("[data-part=booth]")).not_to_have_attribute(
            "data-stand", "none", timeout=PATIENCE * 1000
        )
        return page

    def participant(self, which: int, browser: Browser | None = None) -> Page:
        page = self._page(browser or self.one, 360)
        page.goto(self.scene.links[which])
        page.locator("main form button.btn").first.click()
        page.goto(f"/class/{self.scene.session}/")
        return page

    def _page(self, browser: Browser, width: int) -> Page:
        context = browser.new_context(
            base_url=self.server.url, viewport={"width": width, "height": 800}, locale=self.language
        )
        page = context.new_page()
        page.set_default_timeout(PATIENCE * 1000)
        return page


@dataclass(frozen=True)
class House:
    """What stands longer than one test. `env` is the server's environment."""

    server: Server
    browsers: tuple[Browser, Browser, Browser]
    env: dict[str, str]
    network: Network


@pytest.fixture(scope="module")
def house(
    chromium: Browser,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[House]:
    """Give a server with voice, and three browsers, in a network of their own."""
    folder = tmp_path_factory.mktemp("voice")
    env = environment(
        folder / "data", SABAQ_MODE="rehearsal", SABAQ_RATE_LIMIT_FACTOR="1000", SABAQ_VOICE="1"
    )
    with (
        network() as net,
        running("serve", "--port", "0", env=env, log=folder / "log", inside=net.inside) as server,
    ):
        one = browser_with_voice(chromium.browser_type, net, folder / "one", TRAINER_HZ)
        other = browser_with_voice(chromium.browser_type, net, folder / "other", INTERPRETER_HZ)
        third = browser_with_voice(chromium.browser_type, net, folder / "third", PARTNER_HZ)
        yield House(server, (one, other, third), env, net)
        for browser in (one, other, third):
            browser.close()


@pytest.fixture
def voices(house: House) -> Iterator[Voices]:
    yield Voices(house.server, set_scene(house.env), *house.browsers)
    for browser in house.browsers:
        for context in browser.contexts:
            context.close()


def choose(page: Page, what: str) -> None:
    page.locator("sabaq-voice").get_by_text(what, exact=True).click()


def says(page: Page, words: str) -> None:
    expect(page.locator("sabaq-voice [role=status]").first).to_contain_text(
        words, timeout=PATIENCE * 1000
    )


def until_silent(page: Page) -> None:
    begun = time.monotonic()
    while heard_by(page, 0.2):
        assert time.monotonic() - begun < PATIENCE


def janus_of(server: Server) -> int:
    return child_of(server, "janus")


def child_of(server: Server, program: str) -> int:
    """Give the process id of the server's child that became this program."""
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            name, _, rest = status.read_text().rpartition(")")
        except OSError:
            continue
        if name.endswith(f"({program}") and int(rest.split()[1]) == server.process.pid:
            return int(status.parent.name)
    raise AssertionError(f"no {program}")
