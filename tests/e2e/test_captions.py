"""Captions as their people see them: an interpreter types, a participant on a phone reads, also without script."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e.test_booth_look import Looked
from tests.e2e.test_class import klass as klass
from tests.e2e.test_class import press
from tests.e2e.voices import Voices
from tests.e2e.voices import house as house
from tests.e2e.voices import voices as voices

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
# Milliseconds; loaded machines take their time.
PATIENCE = 30_000


def interpreter(klass, width: int = 1280) -> Page:
    page = klass.browser(width)
    page.goto("/staff/sign-in/")
    page.locator("input[type=email]").fill(klass.scene.interpreter)
    page.locator("input[type=password]").fill(klass.scene.password)
    page.locator("main form button.btn").first.click()
    page.wait_for_url(re.compile("/(office|teach)/"))
    page.goto(f"/class/{klass.scene.session}/")
    return page


def begun(klass) -> Page:
    trainer = klass.trainer()
    press(trainer, "Begin the class")
    expect(trainer.locator("#next")).to_be_visible(timeout=PATIENCE)
    return trainer


def asked_for(page: Page, language: str = "ru") -> Page:
    page.locator(f"#captions a[lang={language}]").click()
    expect(page.locator("sabaq-captions .captions")).to_be_visible(timeout=PATIENCE)
    return page


def reads(page: Page, *lines: str) -> None:
    """Wait until the page shows these lines, and no others."""
    expect(page.locator("[data-caption]")).to_have_text(list(lines), timeout=PATIENCE)


def types(page: Page, *lines: str) -> None:
    for line in lines:
        page.keyboard.type(line)
        page.keyboard.press("Enter")


def test_what_the_interpreter_types_is_read_on_a_phone_line_by_line(klass):
    begun(klass)
    booth, phone = interpreter(klass), asked_for(klass.participant(1))
    reads(phone, "Субтитров пока нет. Они будут появляться здесь строка за строкой.")
    phone.evaluate("document.querySelector('.captions').mark = true")

    booth.locator("#caption-ru").check(force=True)
    booth.locator("#caption-text").focus()
    types(booth, "Сначала безопасность.", "Потом вопросы.")

    reads(phone, "Сначала безопасность.", "Потом вопросы.")
    # The same page, the same live region, at its end.
    box = phone.locator(".captions")
    assert box.evaluate("box => box.mark")
    assert box.get_attribute("lang") or box.locator("p").last.get_attribute("lang") == "ru"
    types(booth, *(f"Строка номер {number}, и она длинная." for number in range(12)))
    expect(phone.locator("[data-caption]").last).to_have_text(
        "Строка номер 11, и она длинная.", timeout=PATIENCE
    )
    expect(phone.locator("[data-caption]")).to_have_count(10)
    expect(phone.locator("[data-caption]").last).to_be_in_viewport(ratio=1)
    expect(booth.locator("#caption-text")).to_be_focused()
    expect(booth.locator("#caption-text")).to_have_value("")


def test_without_script_they_are_written_and_read_too(klass):
    begun(klass)
    reader = asked_for(klass.participant(1, java_script_enabled=False))
    trainer = klass.trainer()
    # A page that reloads itself: here by hand.
    booth = klass.browser(1280, java_script_enabled=False)
    booth.context.add_cookies(trainer.context.cookies())
    booth.goto(f"/teach/{klass.scene.session}/")
    booth.locator("#caption-ru").check(force=True)
    booth.locator("#caption-text").fill("Сначала безопасность.")
    booth.locator("#caption-send").click()

    expect(booth).to_have_url(re.compile(r"captioner=ru#captions-desk$"))
    expect(booth.locator("#caption-ru")).to_be_checked()
    expect(booth.locator("#caption-text")).to_have_value("")
    reader.reload()
    reads(reader, "Сначала безопасность.")


def test_a_line_waits_out_a_lost_network_and_a_reload_and_comes_once(klass):
    begun(klass)
    booth, phone = interpreter(klass), asked_for(klass.participant(1))
    booth.locator("#caption-ru").check(force=True)
    booth.locator("#caption-text").focus()
    lost = re.compile(r"/captions/$")
    # The first try reaches the server, and its answer is lost.
    booth.route(lost, answer_is_lost)
    types(booth, "Первая.", "Вторая.")
    booth.keyboard.type("Третья, недопис")
    expect(booth.locator("[data-unsent] li")).to_have_text(["Первая.", "Вторая."])
    expect(booth.locator("#caption-text")).to_have_value("Третья, недопис")
    reads(phone, "Первая.")

    booth.reload()
    expect(booth.locator("#caption-text")).to_have_value("Третья, недопис", timeout=PATIENCE)
    booth.unroute_all(behavior="ignoreErrors")

    reads(phone, "Первая.", "Вторая.")
    expect(booth.locator("[data-unsent] li")).to_have_count(0)


def answer_is_lost(route: Route) -> None:
    if "%D0%9F%D0%B5%D1%80" in (route.request.post_data or ""):
        route.fetch()
    route.abort()


def test_a_line_that_is_removed_leaves_every_page(klass):
    trainer, phone = begun(klass), asked_for(klass.participant(1))
    booth = interpreter(klass)
    booth.locator("#caption-ru").check(force=True)
    booth.locator("#caption-text").focus()
    types(booth, "Имя из дела", "Сначала безопасность.")
    reads(phone, "Имя из дела", "Сначала безопасность.")

    with trainer.context.expect_page() as opened:
        trainer.locator("#captions-desk a").first.click()
    asked = opened.value
    asked.locator("button.harm").click()
    expect(asked.locator("main")).to_contain_text("A line of the captions was removed.")

    reads(phone, "Сначала безопасность.")
    expect(booth.locator("[data-caption]")).to_have_count(1, timeout=PATIENCE)


def test_where_voice_comes_late_captions_are_offered_by_a_button(voices: Voices):
    voices.trainer()
    phone = voices.participant(0)
    button = phone.locator(".instead a")
    expect(button).to_be_hidden()

    # What <sabaq-road> says of itself on the slow road: tests/e2e/test_detour.py.
    phone.evaluate("document.querySelector('sabaq-road').dataset.road = 'plain'")
    button.click()

    reads(phone, "Nobody has written captions yet. They appear here line by line.")


@pytest.mark.parametrize("language", ["en", "ru"])
def test_pages_with_captions_are_accessible_and_fit_a_phone(klass, tmp_path, language):
    trainer, phone = begun(klass), asked_for(klass.participant(1), language)
    booth = interpreter(klass)
    booth.locator(f"#caption-{language}").check(force=True)
    booth.locator("#caption-text").focus()
    said = {"en": "Her safety comes before the first question.", "ru": "Сначала безопасность."}
    types(booth, *(f"{said[language]} {number}" for number in range(1, 7)))
    expect(phone.locator("[data-caption]")).to_have_count(6, timeout=PATIENCE)
    looked = Looked(tmp_path, language)

    for name, page in {
        "participant": phone,
        "booth": booth,
        "console": trainer,
        **others(klass, trainer, language),
    }.items():
        page.context.add_cookies([{"name": "lang", "value": language, "url": klass.server.url}])
        page.reload()
        for summary in page.locator("main details:not([open]) > summary[lang]").all():
            summary.click()
        looked.at(page, name)

    print(f"pictures: {tmp_path}")
    assert not looked.wrong, "\n".join(looked.wrong)


def others(klass, trainer: Page, language: str) -> dict[str, Page]:
    """Open the trainer's other pages with captions: projected, in the minutes, and where a line is removed."""
    session = klass.scene.session
    screen, minutes, remove = (trainer.context.new_page() for _ in range(3))
    screen.goto(f"/teach/{session}/screen/?language={language}&captions={language}")
    minutes.goto(f"/office/{klass.scene.edition}/minutes/{session}/")
    remove.goto(minutes.locator("details a").first.get_attribute("href"))
    return {"screen": screen, "minutes": minutes, "remove": remove}
