"""The pages of voice as they look while they are used: axe, the HTML checker, thumbs and narrow screens."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.voices import PATIENCE, Voices
from tests.e2e.voices import house as house
from tests.e2e.voices import voices as voices
from tests.pages import (
    controls_too_small_for_a_thumb,
    found_by_axe,
    found_by_html_checker,
    is_wider_than_its_screen,
)

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
WIDTHS = (360, 1280)


class Looked:
    """Looks at pages at both widths, keeps a picture of each, and notes what is wrong."""

    def __init__(self, folder: Path, language: str) -> None:
        self.folder, self.language = folder, language
        self.wrong: list[str] = []

    def at(self, page: Page, name: str) -> None:
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            page.screenshot(
                path=self.folder / f"{name}-{self.language}-{width}.png", full_page=True
            )
            where = f"{name}, {width} px"
            found = [*found_by_axe(page), *controls_too_small_for_a_thumb(page)]
            if is_wider_than_its_screen(page):
                found.append("wider than its screen")
            self.wrong += [f"{where}: {what}" for what in found]
        page.emulate_media(color_scheme="dark")
        self.wrong += [f"{name}, by night: {what}" for what in found_by_axe(page)]
        page.emulate_media(color_scheme="light")
        html = page.evaluate("async () => (await fetch(location.href)).text()")
        self.wrong += [f"{name}: {what}" for what in found_by_html_checker(html)]


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_pages_of_voice_are_accessible_and_fit_a_phone(
    voices: Voices, tmp_path: Path, language: str
) -> None:
    voices.language = language
    looked = Looked(tmp_path, language)
    trainer, participant = voices.trainer(), voices.participant(0)
    outside = voices.staff(voices.third, voices.scene.partner, f"/class/{voices.scene.session}/")
    looked.at(outside, "enter")
    first, second = voices.interpreter(), voices.partner()
    # The same interpreter has her page open twice: this one is about the other.
    outside.close()
    looked.at(first, "free")
    first.locator("#booth-on").click()
    stands(first, "on")
    second.locator("#booth-ask").click()
    stands(second, "asked")
    first.locator('input[name=hear][value="floor"]').check(force=True)
    first.locator("#booth-slower").click()
    expect(first.locator("#booth-hand")).to_be_visible(timeout=PATIENCE * 1000)
    expect(trainer.locator("#slow-down")).to_be_visible(timeout=PATIENCE * 1000)
    looked.at(first, "on-air")
    looked.at(second, "asked")
    looked.at(trainer, "console")
    looked.at(participant, "participant")

    print(f"pictures: {tmp_path}")
    assert not looked.wrong, "\n".join(looked.wrong)


def stands(page: Page, how: str) -> None:
    expect(page.locator("[data-part=booth]")).to_have_attribute(
        "data-stand", how, timeout=PATIENCE * 1000
    )
