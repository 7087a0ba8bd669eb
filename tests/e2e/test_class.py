"""A class as its people see it: a trainer and two participants, in real browsers, over a real server."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.pages import (
    controls_too_small_for_a_thumb,
    found_by_axe,
    found_by_html_checker,
    is_wider_than_its_screen,
)
from tests.scenes import Scene, set_scene
from tests.servers import Server

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
# A loaded machine may take its time; what is asserted is that it happens, not how soon.
PATIENCE_MS = 45_000
expect.set_options(timeout=PATIENCE_MS)


@dataclass
class Class:
    """One class of this test's own, and the browsers of its people."""

    chromium: Browser
    server: Server
    scene: Scene
    opened: list[BrowserContext]

    def browser(self, width: int, language: str = "en", **options: object) -> Page:
        context = self.chromium.new_context(
            base_url=self.server.url,
            viewport={"width": width, "height": 800},
            locale=language,
            **options,
        )
        self.opened.append(context)
        return context.new_page()

    def trainer(self) -> Page:
        """Give the console on a desktop screen."""
        page = self.browser(1280)
        page.goto("/staff/sign-in/")
        page.locator("input[type=email]").fill(self.scene.trainer)
        page.locator("input[type=password]").fill(self.scene.password)
        page.locator("main form button.btn").first.click()
        page.wait_for_url(re.compile("/office/"))
        page.goto(f"/teach/{self.scene.session}/")
        return page

    def participant(self, which: int, width: int = 360, **options: object) -> Page:
        """Give the class page of the participant number `which`, on a phone if not said otherwise."""
        page = self.browser(width, "ru" if which == 1 else "en", **options)
        page.goto(self.scene.links[which])
        page.locator("main form button.btn").first.click()
        page.goto(f"/class/{self.scene.session}/")
        return page


@pytest.fixture
def klass(
    chromium: Browser, sabaq_server: Server, server_environment: dict[str, str]
) -> Iterator[Class]:
    klass = Class(chromium, sabaq_server, set_scene(server_environment), [])
    yield klass
    for context in klass.opened:
        context.close()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()


def slide(page: Page, slide_id: str) -> Locator:
    return page.locator(f"[data-slide={slide_id}]")


def answer(page: Page, option: str) -> None:
    page.locator(f"input[value={option}]").check()
    page.locator("[data-part=mine] button").click()
    expect(page.locator("[data-part=mine] .success")).to_be_visible()
    expect(page.locator(f"[data-part=mine] input[value={option}]")).to_be_checked()


def test_slides_go_in_step_each_in_the_readers_language(klass):
    trainer, anna, phone = klass.trainer(), klass.participant(0, 1280), klass.participant(1)
    expect(anna.get_by_text("The class has not begun yet")).to_be_visible()

    press(trainer, "Begin the class")
    expect(slide(anna, "title")).to_contain_text("Interviewing and screening women")
    expect(slide(phone, "title")).to_contain_text(re.compile("[а-я]"))
    expect(anna.locator("[data-part=state]")).to_have_text("Live")
    press(trainer, "Next slide")

    expect(slide(anna, "first-minutes")).to_be_visible()
    expect(slide(phone, "first-minutes")).to_be_visible()
    expect(trainer.locator("[data-present]")).to_have_attribute("data-present", "2")


def test_who_loses_the_network_comes_back_to_where_the_class_is(klass):
    trainer, anna, phone = klass.trainer(), klass.participant(0, 1280), klass.participant(1)
    press(trainer, "Begin the class")
    expect(slide(phone, "title")).to_be_visible()

    phone.context.set_offline(True)
    press(trainer, "Next slide")
    expect(slide(anna, "first-minutes")).to_be_visible()
    phone.context.set_offline(False)

    expect(slide(phone, "first-minutes")).to_be_visible()


def test_where_streams_are_blocked_the_page_follows_by_asking(klass):
    trainer, phone = klass.trainer(), klass.participant(0)
    phone.route(re.compile("/live/.*/events"), lambda route: route.abort())
    phone.reload()

    press(trainer, "Begin the class")
    expect(slide(phone, "title")).to_be_visible()
    press(trainer, "Next slide")

    expect(slide(phone, "first-minutes")).to_be_visible()
    expect(phone.locator("#line")).to_have_text("Connected by a slow way.")


def test_a_poll_is_answered_with_and_without_script_and_shown_as_totals(klass):
    trainer, anna, phone = klass.trainer(), klass.participant(0, 1280), klass.participant(1)
    plain = klass.participant(2, java_script_enabled=False)
    poll = trainer.locator("[data-poll-key=who-stays]")
    press(trainer, "Begin the class")
    poll.get_by_role("button", name="Ask this").click()

    for page in (anna, phone):
        answer(page, "agreed")
    plain.reload()
    answer(plain, "husband")
    answer(plain, "agreed")
    expect(poll.locator("[data-option=agreed]")).to_have_attribute("data-votes", "3")
    # The last votes before a pause are told to everybody, too.
    expect(anna.get_by_text("3 people have answered.")).to_be_visible()
    poll.get_by_role("button", name="Close the poll").click()
    press(trainer, "Show the results")

    expect(phone.locator("[data-option=agreed]")).to_have_attribute("data-votes", "3")


def test_the_keyboard_and_what_is_unfolded_keep_their_place(klass):
    trainer = klass.trainer()
    press(trainer, "Begin the class")
    trainer.get_by_text("Running order", exact=True).click()
    trainer.locator("#next").focus()

    trainer.keyboard.press("Enter")
    expect(slide(trainer, "first-minutes")).to_be_visible()
    trainer.keyboard.press("Enter")

    expect(slide(trainer, "standards")).to_be_visible()
    expect(trainer.locator("#next")).to_be_focused()
    expect(trainer.locator("#order")).to_have_attribute("open", "")


def test_every_state_of_the_class_is_sound_on_a_phone_and_on_a_desktop(klass):
    trainer, phone = klass.trainer(), klass.participant(1)
    wrong = found_wrong(trainer, phone)
    press(trainer, "Begin the class")
    trainer.locator("[data-poll-key=who-stays]").get_by_role("button", name="Ask this").click()
    expect(phone.locator("[data-part=mine] form")).to_be_visible()
    expect(trainer.get_by_role("button", name="Close the poll")).to_be_visible()
    wrong += found_wrong(trainer, phone)
    # The checker of HTML takes seconds: once for each page, in its fullest state.
    wrong += found_by_html_checker(trainer.content()) + found_by_html_checker(phone.content())
    press(trainer, "Close the poll")
    press(trainer, "Show the results")
    expect(phone.locator("[data-part=poll] meter").first).to_be_visible()
    wrong += found_wrong(phone) + found_by_html_checker(phone.content())
    trainer.get_by_text("End the class", exact=True).click()
    press(trainer, "End the class now")
    expect(phone.locator("[data-part=stage] .empty")).to_be_visible()
    wrong += found_wrong(trainer, phone)

    assert wrong == []


def found_wrong(*pages: Page) -> list[str]:
    wrong = []
    for page in pages:
        wrong += found_by_axe(page)
        if is_wider_than_its_screen(page):
            wrong.append(f"{page.url} is wider than its screen")
        if page.viewport_size["width"] < 400:
            wrong += controls_too_small_for_a_thumb(page)
    return wrong
