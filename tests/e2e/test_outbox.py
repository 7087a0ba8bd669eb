"""Answers of a test over a network that comes and goes, in a real browser."""

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from sabaq.assessment.models import Answer, Attempt
from sabaq.assessment.queries import answers_of
from sabaq.enrolment.access import cookie_for
from sabaq.enrolment.models import Enrolment
from sabaq.kernel import clock
from sabaq.kernel.models import WriteReceipt
from tests.factories import AccessLinkFactory, EditionFactory, EnrolmentFactory
from tests.pages import (
    controls_too_small_for_a_thumb,
    found_by_axe,
    found_by_html_checker,
    is_wider_than_its_screen,
)
from tests.sample_pack import sample_version

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page, Route

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
WAITING = "Waiting for the network: kept on this phone"
PAGES = [
    "test/knowledge",
    "survey/closing",
    "lesson/first-contact",
    "lesson/legal-framework",
    "slides/first-contact",
    "slides/legal-framework",
]


@pytest.fixture
def enrolment(transactional_db: None) -> Enrolment:
    return EnrolmentFactory(edition=EditionFactory(version=sample_version()))


@pytest.fixture
def context(page: "Page", live_server, enrolment: Enrolment) -> Iterator["BrowserContext"]:
    now = clock.now()
    link = AccessLinkFactory(enrolment=enrolment, expires_at=now + timedelta(days=1))
    cookie = {"name": "sabaq_p", "value": cookie_for(link, at=now), "url": live_server.url}
    page.context.add_cookies([cookie])
    page.set_default_timeout(20_000)
    yield page.context
    page.close()


@pytest.fixture
def sheet(page: "Page", context: "BrowserContext", live_server) -> "Page":
    page.goto(f"{live_server.url}/test/knowledge/")
    return page


def choose(page: "Page", item: str, option: str) -> None:
    page.check(f"input[name='a-{item}'][value='{option}']")


def expect_said(page: "Page", item: str, words: str) -> None:
    from playwright.sync_api import expect

    # Generous: back-off and a loaded machine both take their time.
    expect(page.locator(f"#a-{item} output")).to_have_text(words)


def kept_on_the_device(page: "Page") -> int:
    return int(page.evaluate("Object.keys(localStorage).length"))


def saved() -> dict[str, str]:
    attempt = Attempt.objects.filter().first()
    return answers_of(attempt) if attempt else {}


def test_an_answer_is_saved_at_once(sheet: "Page") -> None:
    choose(sheet, "one", "c")
    expect_said(sheet, "one", "Saved")

    assert saved() == {"one": "c"}
    assert kept_on_the_device(sheet) == 0


def test_answers_given_offline_survive_a_reload_and_arrive_exactly_once(
    sheet: "Page", context: "BrowserContext"
) -> None:
    from playwright.sync_api import Error

    context.set_offline(offline=True)
    choose(sheet, "one", "a")
    choose(sheet, "one", "b")
    choose(sheet, "two", "d")
    choose(sheet, "three", "a")
    for item in ("one", "two", "three"):
        expect_said(sheet, item, WAITING)
    address = sheet.url
    with pytest.raises(Error, match="ERR_INTERNET_DISCONNECTED"):
        sheet.reload()
    assert saved() == {}

    context.set_offline(offline=False)
    sheet.goto(address)

    for item in ("one", "two", "three"):
        expect_said(sheet, item, "Saved")
    assert sheet.is_checked("input[name='a-one'][value='b']")
    assert saved() == {"one": "b", "two": "d", "three": "a"}
    assert Answer.objects.count() == 3
    # One receipt a write: the first choice for "one" had been tried, so it was sent, too, and in order.
    assert WriteReceipt.objects.count() in {3, 4}
    assert kept_on_the_device(sheet) == 0


def test_an_answer_whose_receipt_was_lost_is_sent_again_and_counted_once(sheet: "Page") -> None:
    lost: list[str] = []

    def lose_the_first(route: "Route") -> None:
        if lost:
            route.continue_()
            return
        lost.append(route.request.post_data or "")
        route.fetch()  # it arrives, but no answer comes back
        route.abort()

    sheet.route("**/answer/", lose_the_first)
    choose(sheet, "two", "b")
    expect_said(sheet, "two", "Saved")

    assert len(lost) == 1
    assert (Answer.objects.count(), WriteReceipt.objects.count()) == (1, 1)


def test_a_server_that_fails_is_asked_again(sheet: "Page") -> None:
    answers = iter([503, 429])

    def refuse_twice(route: "Route") -> None:
        status = next(answers, None)
        if status:
            route.fulfill(status=status)
        else:
            route.continue_()

    sheet.route("**/answer/", refuse_twice)
    choose(sheet, "two", "b")
    expect_said(sheet, "two", "Saved")

    assert saved() == {"two": "b"}


def test_somebody_signed_out_meanwhile_is_told_that_nothing_is_lost(
    sheet: "Page", context: "BrowserContext"
) -> None:
    cookies = context.cookies()
    context.clear_cookies(name="sabaq_p")
    choose(sheet, "one", "c")

    sheet.get_by_text("You are not signed in any more.").wait_for()
    assert saved() == {}

    context.add_cookies(cookies)
    sheet.reload()
    expect_said(sheet, "one", "Saved")
    assert saved() == {"one": "c"}


def test_handing_in_waits_until_every_answer_has_arrived(
    sheet: "Page", context: "BrowserContext"
) -> None:
    for item in ("one", "two"):
        choose(sheet, item, "b")
        expect_said(sheet, item, "Saved")
    context.set_offline(offline=True)
    choose(sheet, "three", "b")
    expect_said(sheet, "three", WAITING)
    sheet.get_by_role("button", name="Hand in").click()
    sheet.get_by_text("Some answers are still waiting for the network.").wait_for()

    context.set_offline(offline=False)
    expect_said(sheet, "three", "Saved")
    sheet.get_by_role("button", name="Hand in").click()

    sheet.get_by_text("Handed in. 3 of 3 correct.").wait_for()
    assert kept_on_the_device(sheet) == 0


def test_signing_out_with_unsent_answers_asks_first_and_then_leaves_nothing(
    sheet: "Page", context: "BrowserContext"
) -> None:
    asked: list[str] = []
    sheet.route("**/answer/", lambda route: route.abort())
    choose(sheet, "one", "c")
    expect_said(sheet, "one", WAITING)

    sheet.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    sheet.get_by_role("button", name="Sign out").click()
    while not asked:  # first it tries once more to send
        sheet.wait_for_timeout(50)
    assert kept_on_the_device(sheet) == 1

    sheet.once("dialog", lambda dialog: dialog.accept())
    sheet.get_by_role("button", name="Sign out").click()
    sheet.wait_for_url(lambda url: "/test/" not in url)

    assert len(asked) == 1
    assert kept_on_the_device(sheet) == 0


def test_without_javascript_a_form_saves_and_hands_in(
    chromium, context: "BrowserContext", live_server
) -> None:
    plain = chromium.new_context(java_script_enabled=False)
    plain.add_cookies(context.cookies())
    page = plain.new_page()
    page.goto(f"{live_server.url}/test/knowledge/")
    choose(page, "one", "b")
    page.get_by_role("button", name="Save my answers").click()
    page.get_by_text("Your answers are saved.").wait_for()
    page.get_by_role("button", name="Hand in").click()
    page.get_by_text("2 questions have no answer yet").wait_for()
    page.get_by_role("button", name="Hand in all the same").click()

    page.get_by_text("Handed in. 1 of 3 correct.").wait_for()
    plain.close()


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_valid_accessible_and_fits_the_screen(
    page: "Page", context: "BrowserContext", live_server, path: str
) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    for width in (320, 360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(f"{live_server.url}/{path}/")
        assert found_by_axe(page) == []
        assert not is_wider_than_its_screen(page)
        assert controls_too_small_for_a_thumb(page) == []

    assert found_by_html_checker(page.request.get(f"{live_server.url}/{path}/").text()) == []
    assert said == []
