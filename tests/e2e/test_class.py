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


def write(phone: Page, text: str) -> None:
    phone.locator("#ask summary").click()
    phone.locator("#question").fill(text)


def ask(phone: Page, text: str) -> None:
    write(phone, text)
    phone.locator("#ask-send").click()
    expect(phone.locator("[data-part=questions]")).to_contain_text("ждёт тренера")
    expect(phone.locator("#ask")).not_to_have_attribute("open", "")
    expect(phone.locator("#ask-fold")).to_be_focused()
    expect(phone.locator("#question")).to_have_value("")


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
    expect(phone.locator("sabaq-class")).to_have_attribute("data-following", "asking")


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
    # The last votes before a pause are told to everybody, too; of so few staff see no totals yet.
    expect(anna.locator("[data-counted]")).to_have_text("3")
    expect(poll.get_by_text("3 people have answered.")).to_be_visible()
    expect(poll.locator("[data-votes]")).to_have_count(0)
    press(trainer, "Close the poll")
    expect(poll.locator("[data-option=agreed]")).to_have_attribute("data-votes", "3")
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
    expect(trainer.locator("#order")).not_to_have_attribute("open", "")


def test_she_raises_her_hand_calls_for_help_and_steps_out_on_a_phone(klass):
    trainer, phone = klass.trainer(), klass.participant(1)
    press(trainer, "Begin the class")

    phone.locator("#hand").click()
    expect(phone.locator(".told")).to_have_text("Ваша рука поднята. Тренер это видит.")
    phone.locator("#help").click()
    phone.locator("#help-box input[value=stuck]").check()
    phone.locator("#help-text").fill("Слайд не меняется")
    phone.locator("#help-box .helping button").click()
    expect(phone.locator("[data-part=help]")).to_contain_text("Ведущий знает")
    expect(phone.locator("#help-box")).to_be_hidden()
    call = trainer.locator("[data-call]")
    expect(call).to_contain_text("Слайд не меняется")
    expect(call).to_contain_text("screen 360 px wide")
    call.get_by_label("A short reply").fill("Обновите страницу")
    press(trainer, "Answered")
    expect(phone.locator("[data-part=help]")).to_contain_text("Обновите страницу")

    phone.context.set_offline(True)
    phone.locator("#step-out").click()
    expect(phone.locator("#step-out-box")).to_contain_text("Об этом никому не сообщается")
    phone.locator("#step-out-box [data-closes]").click()
    expect(phone.locator("#step-out-box")).to_be_hidden()


def test_looking_back_needs_no_network_and_the_class_goes_on_meanwhile(klass):
    trainer, phone = klass.trainer(), klass.participant(1)
    press(trainer, "Begin the class")
    press(trainer, "Next slide")
    expect(slide(phone, "first-minutes")).to_be_visible()
    phone.locator("[data-look=title]").click()
    expect(slide(phone, "title")).to_be_visible()
    expect(slide(phone, "first-minutes")).to_be_hidden()
    assert not is_wider_than_its_screen(phone)

    press(trainer, "Next slide")
    expect(phone.locator("[data-say=moved]")).to_be_visible()
    assert not is_wider_than_its_screen(phone)
    expect(slide(phone, "title")).to_be_visible()
    phone.locator("[data-tongue=en]").click()
    expect(slide(phone, "title")).to_contain_text("Interviewing and screening women")
    phone.locator("#to-live").click()

    expect(slide(phone, "standards")).to_be_visible()
    expect(phone.locator(".looking")).to_be_hidden()


def test_what_is_sent_without_a_network_waits_also_through_a_reload_and_is_sent_once(klass):
    trainer, phone = klass.trainer(), klass.participant(1)
    press(trainer, "Begin the class")
    expect(slide(phone, "title")).to_be_visible()
    phone.route(re.compile("/help/$"), lambda route: route.abort())
    phone.locator("#help").click()
    phone.locator("#help-box input[value=senses]").check()
    phone.locator("#help-text").fill("Нет звука")
    phone.locator("#help-box .helping button").click()
    expect(phone.locator("#line")).to_have_text("Ещё не отправлено; отправка повторится сама")

    phone.reload()
    phone.unroute_all()

    expect(trainer.locator("[data-call]")).to_contain_text("Нет звука")
    expect(trainer.locator("[data-call]")).to_have_count(1)


def test_the_page_says_in_words_that_it_is_offline_and_comes_back(klass):
    trainer, phone = klass.trainer(), klass.participant(1)
    press(trainer, "Begin the class")
    expect(phone.locator("#line")).to_have_text("Связь: хорошая")

    phone.context.set_offline(True)
    expect(phone.locator("#line")).to_contain_text(re.compile(r"Нет связи с \d\d:\d\d"))
    phone.context.set_offline(False)

    expect(phone.locator("#line")).to_have_text("Связь: хорошая")


def test_without_script_hand_help_and_looking_back_work(klass):
    trainer, plain = klass.trainer(), klass.participant(1, java_script_enabled=False)
    press(trainer, "Begin the class")
    press(trainer, "Next slide")
    expect(slide(trainer, "first-minutes")).to_be_visible()

    plain.reload()
    plain.locator("#hand").click()
    expect(plain.locator(".told")).to_be_visible()
    plain.locator("#help").click()
    plain.locator("input[value=other]").check()
    plain.locator("form.helping button").click()
    expect(plain.locator("[data-part=help]")).to_contain_text("Ведущий знает")
    expect(trainer.locator("[data-call]")).to_contain_text("follows by reloading itself")
    plain.locator("[data-look=title]").click()

    expect(slide(plain, "title")).to_be_visible()
    plain.locator("#to-live").click()
    expect(slide(plain, "first-minutes")).to_be_visible()


def test_every_state_of_the_class_is_sound_on_a_phone_and_on_a_desktop(klass):
    trainer, phone = klass.trainer(), klass.participant(1)
    wrong = found_wrong(trainer, phone)
    press(trainer, "Begin the class")
    trainer.locator("[data-poll-key=who-stays]").get_by_role("button", name="Ask this").click()
    expect(phone.locator("[data-part=mine] form")).to_be_visible()
    expect(trainer.get_by_role("button", name="Close the poll")).to_be_visible()
    wrong += found_wrong(trainer, phone)
    # Each page in its fullest state; the checker of HTML, slow to start, reads them together.
    sources = [trainer.content(), phone.content()]
    press(trainer, "Close the poll")
    press(trainer, "Show the results")
    expect(phone.locator("[data-part=poll] meter").first).to_be_visible()
    wrong += found_wrong(phone)
    sources.append(phone.content())
    trainer.get_by_text("End the class", exact=True).click()
    press(trainer, "End the class now")
    expect(phone.locator("[data-part=stage] .empty")).to_be_visible()
    wrong += found_wrong(trainer, phone)

    assert wrong + found_by_html_checker(*sources) == []


def found_wrong(*pages: Page) -> list[str]:
    wrong = []
    for page in pages:
        wrong += found_by_axe(page)
        if is_wider_than_its_screen(page):
            wrong.append(f"{page.url} is wider than its screen")
        if page.viewport_size["width"] < 400:
            wrong += controls_too_small_for_a_thumb(page)
    return wrong


def test_two_trainers_press_at_once_and_a_projector_follows(klass):
    first, second = klass.trainer(), klass.trainer()
    projector = klass.trainer()
    projector.goto(f"/teach/{klass.scene.session}/screen/?language=ru&beside=en")
    expect(projector.get_by_text("Занятие ещё не началось.")).to_be_visible()
    press(first, "Begin the class")
    expect(slide(second, "title")).to_be_visible()
    expect(projector.locator("[data-slide=title]")).to_have_count(2)

    # The second has not heard of it yet when she presses: nothing new reaches her page.
    second.route(re.compile("/desk/|/live/"), lambda route: route.abort())
    second.evaluate("document.querySelector('sabaq-class').source.close()")
    second.evaluate("document.activeElement.blur()")
    first.keyboard.press("PageDown")
    expect(slide(first, "first-minutes")).to_be_visible()
    second.locator("[name=slide][value=standards]").click()
    expect(second.locator("#refused")).to_contain_text("Somebody else has just changed the slide.")
    second.unroute(re.compile("/desk/|/live/"))

    expect(slide(second, "first-minutes")).to_be_visible()
    expect(projector.locator("[data-slide=first-minutes]")).to_have_count(2)
    projector.keyboard.press("PageDown")
    expect(second.locator("[data-part=slides]")).to_contain_text("Slide 2 of")


def test_a_draft_survives_a_colleagues_act_and_a_reload_and_goes_when_it_is_sent(klass):
    writer, other, phone = klass.trainer(), klass.trainer(), klass.participant(1)
    draft = writer.locator("#announce-en")
    draft.fill("Back at 11:30")

    press(other, "Begin the class")
    expect(slide(writer, "title")).to_be_visible()
    expect(draft).to_have_value("Back at 11:30")
    writer.reload()
    expect(draft).to_have_value("Back at 11:30")
    writer.locator("#post").click()

    expect(phone.get_by_text("Back at 11:30")).to_be_visible()
    expect(writer.locator("[data-announcement]")).to_be_visible()
    expect(draft).to_have_value("")
    writer.reload()
    expect(draft).to_have_value("")


def test_a_question_is_asked_released_joined_answered_and_taken_away(klass):
    trainer, phone, colleague = klass.trainer(), klass.participant(1), klass.participant(0, 1280)
    press(trainer, "Begin the class")
    expect(slide(phone, "title")).to_be_visible()
    ask(phone, "Кто остаётся с детьми ночью?")
    asked = trainer.locator("[data-part=questions] [data-question]")
    expect(asked).to_contain_text("without a name")
    wrong, sources = found_wrong(trainer, phone), [phone.content()]
    # What she is writing stays while the list beside it changes.
    write(phone, "А если")

    press(trainer, "Release")
    expect(colleague.locator("[data-part=questions]")).to_contain_text("Кто остаётся с детьми")
    expect(colleague.locator("[data-part=questions]")).to_contain_text("(in Russian)")
    press(colleague, "Me too")
    expect(asked).to_contain_text("1 person has the same question")
    expect(phone.locator("[data-part=questions]")).to_contain_text("1 человек с тем же вопросом")
    expect(phone.locator("#question")).to_have_value("А если")
    wrong += found_wrong(trainer, phone, colleague)
    sources += [trainer.content(), colleague.content()]
    trainer.locator("[data-part=questions]").get_by_role("link", name="Translate").click()
    trainer.locator("#translation").fill("Who stays with the children at night?")
    wrong += found_wrong(trainer)
    sources.append(trainer.content())
    press(trainer, "Save the translation")
    expect(colleague.locator("[data-part=questions]")).to_contain_text("Who stays with the")
    press(trainer, "Mark as answered")
    expect(colleague.locator("#answered")).to_contain_text("1 answered")
    trainer.goto(trainer.locator("a", has_text="Minutes of this class").get_attribute("href"))
    expect(trainer.locator("main")).to_contain_text("Who stays with the children at night?")
    wrong += found_wrong(trainer)
    sources.append(trainer.content())
    trainer.go_back()
    trainer.locator("#answered summary").first.click()
    trainer.locator("[data-part=questions]").get_by_text("Merge or remove").click()
    press(trainer, "Remove the question")
    expect(colleague.get_by_text("Who stays with the")).to_have_count(0)
    expect(phone.get_by_text("Кто остаётся")).to_have_count(0)

    assert wrong + found_by_html_checker(*sources) == []
