"""The console on its screens: what it must show at once is there, and a reload loses nothing."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.test_class import klass as klass
from tests.e2e.test_class import press
from tests.pages import is_wider_than_its_screen

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
# A laptop, a tablet lying, a tablet standing.
LYING, STANDING = ((1280, 800), (1024, 768)), (768, 1024)


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_console_fits_its_screen_and_shows_slide_hands_and_polls_at_once(klass, language):
    trainer, phone = klass.trainer(), klass.participant(1)
    press(trainer, "Begin the class")
    expect(trainer.locator("#next")).to_be_visible()
    cookie = {"name": "lang", "value": language, "url": klass.server.url}
    trainer.context.add_cookies([cookie])
    trainer.reload()
    expect(trainer.locator("html")).to_have_attribute("lang", language)

    fits(trainer, "#next", "#hands h2", "#ask-who-stays")
    phone.locator("#hand").click()
    expect(trainer.locator("[data-hand]")).to_be_visible()
    trainer.locator("#ask-who-stays").click()
    expect(trainer.locator("#close-who-stays")).to_be_visible()
    fits(trainer, "#next", "[id^=call-]", ".jump a[href='#polls']", "#close-who-stays")


def fits(trainer, *controls):
    """Lying, everything in `controls` is whole on the first screen; standing, they come one after another."""
    for width, height in (*LYING, STANDING):
        trainer.set_viewport_size({"width": width, "height": height})
        assert not is_wider_than_its_screen(trainer), f"wider than {width} px"
        if (width, height) in LYING:
            for control in controls:
                expect(trainer.locator(control)).to_be_in_viewport(ratio=1)
    trainer.set_viewport_size({"width": 1280, "height": 800})


def test_a_poll_half_written_and_one_not_yet_sent_survive_a_reload_of_the_console(klass):
    trainer = klass.trainer()
    trainer.locator("#write-poll summary").click()
    trainer.locator("#poll-language").select_option("ru")
    trainer.locator("#poll-question").fill("Что помогает?")
    trainer.locator("#poll-word").check()

    trainer.reload()
    expect(trainer.locator("#poll-question")).to_have_value("Что помогает?")
    expect(trainer.locator("#poll-language")).to_have_value("ru")
    expect(trainer.locator("#poll-word")).to_be_checked()
    trainer.route(re.compile("/polls/write/$"), lambda route: route.abort())
    trainer.locator("#poll-keep").click()
    expect(trainer.locator("#line")).to_contain_text("Not sent")
    trainer.reload()
    trainer.unroute_all()

    expect(trainer.get_by_role("heading", name="Что помогает?")).to_have_count(1)
    expect(trainer.locator("#poll-question")).to_have_value("")
