"""A class as its people see it: a trainer and two participants, in real browsers, over a real server."""

import json
import re
import subprocess
import sys
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.pages import found_by_axe, found_by_html_checker, is_wider_than_its_screen
from tests.servers import ROOT, Server

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def scene(sabaq_server: Server, server_environment: dict[str, str]) -> dict:
    done = subprocess.run(
        [sys.executable, "-m", "tests.e2e.scene"],
        env={**server_environment, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def browser_of(
    chromium: Browser, server: Server, width: int, language: str = "en", **options
) -> Page:
    context = chromium.new_context(
        base_url=server.url, viewport={"width": width, "height": 800}, locale=language, **options
    )
    return context.new_page()


def sign_in(page: Page, scene: dict) -> None:
    page.goto("/staff/sign-in/")
    page.locator("input[type=email]").fill(scene["trainer"])
    page.locator("input[type=password]").fill(scene["password"])
    page.locator("main form button.btn").first.click()
    page.wait_for_url(re.compile("/office/"))


def enter(page: Page, scene: dict, which: int) -> None:
    page.goto(scene["links"][which])
    page.locator("main form button.btn").first.click()
    page.goto(f"/class/{scene['session']}/")


@dataclass(frozen=True)
class Cast:
    trainer: Page
    anna: Page
    phone: Page


@pytest.fixture
def cast(chromium: Browser, sabaq_server: Server, scene: dict) -> Cast:
    cast = Cast(
        browser_of(chromium, sabaq_server, 1280),
        browser_of(chromium, sabaq_server, 1280),
        browser_of(chromium, sabaq_server, 360, "ru"),
    )
    sign_in(cast.trainer, scene)
    enter(cast.anna, scene, 0)
    enter(cast.phone, scene, 1)
    return cast


def test_a_class_goes_in_step_from_the_first_slide_to_the_results(
    chromium, sabaq_server, scene, cast
):
    expect(cast.anna.get_by_text("The class has not begun yet")).to_be_visible()
    cast.trainer.goto(f"/teach/{scene['session']}/")
    slides_go_in_step(cast)

    ask(cast.trainer)
    # Without script: the page reloads itself, and its form works.
    vote_without_script(browser_of(chromium, sabaq_server, 360, java_script_enabled=False), scene)
    votes_are_counted(cast)
    for page in (cast.trainer, cast.anna, cast.phone):
        assert found_by_axe(page) == []
        assert not is_wider_than_its_screen(page)
        assert found_by_html_checker(page.content()) == []
    results_are_shown(cast)

    a_lost_network_loses_nothing(cast)
    cast.trainer.get_by_text("End the class", exact=True).click()
    cast.trainer.get_by_role("button", name="End the class now").click()
    expect(cast.anna.get_by_text("The class has ended")).to_be_visible()


def slides_go_in_step(cast: Cast) -> None:
    cast.trainer.get_by_role("button", name="Begin the class").click()
    expect(cast.anna.locator("[data-slide=title]")).to_contain_text("Interviewing and screening")
    expect(cast.phone.locator("[data-slide=title]")).to_contain_text(re.compile("[а-я]"))
    cast.trainer.get_by_role("button", name="Next slide").click()
    expect(cast.anna.locator("[data-slide=first-minutes]")).to_be_visible()
    expect(cast.phone.locator("[data-slide=first-minutes]")).to_be_visible()


def ask(trainer: Page) -> None:
    poll = trainer.locator("[data-poll-key=who-stays]")
    poll.get_by_role("button", name="Ask this").click()
    expect(poll.get_by_role("button", name="Close the poll")).to_be_visible()


def vote_without_script(plain: Page, scene: dict) -> None:
    enter(plain, scene, 2)
    assert plain.locator("meta[http-equiv=refresh]").count() == 1
    plain.locator("input[value=husband]").check()
    plain.locator("[data-part=mine] button").click()
    expect(plain.locator("[data-part=mine] input[value=husband]")).to_be_checked()
    plain.close()


def votes_are_counted(cast: Cast) -> None:
    for page in (cast.anna, cast.phone):
        page.locator("input[value=agreed]").check()
        page.locator("[data-part=mine] button").click()
        expect(page.locator("[data-part=mine] input[value=agreed]")).to_be_checked()
    option = cast.trainer.locator("[data-poll-key=who-stays] [data-option=agreed]")
    expect(option).to_have_attribute("data-votes", "2")
    here = cast.trainer.locator("[data-present]")
    expect(here).to_have_attribute("data-present", re.compile("[23]"), timeout=60000)


def results_are_shown(cast: Cast) -> None:
    poll = cast.trainer.locator("[data-poll-key=who-stays]")
    poll.get_by_role("button", name="Close the poll").click()
    cast.trainer.get_by_role("button", name="Show the results").click()
    expect(cast.phone.locator("[data-option=agreed]")).to_have_attribute("data-votes", "2")


def a_lost_network_loses_nothing(cast: Cast) -> None:
    cast.phone.reload()
    expect(cast.phone.locator("[data-slide=first-minutes]")).to_be_visible()
    cast.phone.context.set_offline(True)
    cast.trainer.get_by_role("button", name="Next slide").click()
    expect(cast.anna.locator("[data-slide=standards]")).to_be_visible()
    cast.phone.context.set_offline(False)
    expect(cast.phone.locator("[data-slide=standards]")).to_be_visible(timeout=60000)
