"""Two officers, one tablet, in a real browser."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from sabaq.enrolment.links import link_code
from sabaq.enrolment.models import AccessLink
from sabaq.kernel import clock
from tests.factories import AccessLinkFactory, EditionFactory, EnrolmentFactory
from tests.pages import controls_too_small_for_a_thumb, found_by_axe, is_wider_than_its_screen
from tests.sample_pack import sample_version

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def link(transactional_db: None) -> AccessLink:
    enrolment = EnrolmentFactory(
        edition=EditionFactory(version=sample_version()),
        person__language="en",
        person__display_name="Madina on the tablet",
    )
    return AccessLinkFactory(enrolment=enrolment, expires_at=clock.now() + timedelta(days=1))


@pytest.fixture
def tablet(page: "Page", live_server, link: AccessLink) -> Iterator["Page"]:
    page.set_default_timeout(20_000)
    enter(page, live_server.url, link)
    yield page
    page.close()


def enter(page: "Page", url: str, link: AccessLink) -> None:
    page.goto(f"{url}/code/")
    page.fill("[name=code]", link_code(link.uuid))
    page.check("[name=shared]")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Yes, this is me").click()
    page.wait_for_url("**/today/")


def change_person(page: "Page") -> None:
    page.get_by_role("button", name="Change person").click()
    page.wait_for_url("**/code/")


def kept(page: "Page") -> int:
    return int(page.evaluate("localStorage.length + sessionStorage.length"))


def test_after_the_change_of_person_neither_back_nor_storage_shows_who_was_here(
    tablet: "Page", live_server
) -> None:
    from playwright.sync_api import Error, expect

    tablet.goto(f"{live_server.url}/me/")
    assert "Madina on the tablet" in tablet.content()

    change_person(tablet)

    assert kept(tablet) == 0
    assert {one["name"] for one in tablet.context.cookies()} <= {"sabaq_d", "csrftoken"}
    assert tablet.is_checked("[name=shared]")
    for _ in range(3):
        # The page that a form gave is not kept either: the browser says so instead of showing it.
        with suppress(Error):
            tablet.go_back()
        expect(tablet.locator("body")).not_to_contain_text("Madina")


def test_unsent_answers_are_sent_before_the_person_changes(
    tablet: "Page", live_server, link: AccessLink
) -> None:
    from sabaq.assessment.models import Answer

    tablet.goto(f"{live_server.url}/test/knowledge/")
    tablet.route("**/answer/", lambda route: route.abort())
    tablet.check("input[name='a-one'][value='b']")
    tablet.get_by_text("Waiting for the network").first.wait_for()
    tablet.unroute("**/answer/")

    change_person(tablet)

    assert list(Answer.objects.values_list("item", "option")) == [("one", "b")]
    assert kept(tablet) == 0


def test_what_cannot_be_sent_is_asked_about_first_on_any_page(tablet: "Page", live_server) -> None:
    asked: list[str] = []
    tablet.goto(f"{live_server.url}/test/knowledge/")
    tablet.route("**/answer/", lambda route: route.abort())
    tablet.check("input[name='a-one'][value='b']")
    tablet.get_by_text("Waiting for the network").first.wait_for()
    tablet.goto(f"{live_server.url}/me/")

    tablet.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    tablet.get_by_role("button", name="Change person").click()
    assert kept(tablet) == 1

    tablet.once("dialog", lambda dialog: dialog.accept())
    change_person(tablet)

    assert len(asked) == 1
    assert kept(tablet) == 0


def test_ten_idle_minutes_sign_out_and_leave_nothing(tablet: "Page", live_server) -> None:
    tablet.clock.install()
    tablet.goto(f"{live_server.url}/me/")
    tablet.clock.fast_forward("09:30")
    assert tablet.url.endswith("/me/")

    tablet.evaluate("localStorage.setItem('outbox:of-her', '[1]')")
    tablet.evaluate("sessionStorage.setItem('quick:of-her', '[1]')")

    # The server's own ten minutes have not passed: signing out is the page's work.
    tablet.clock.fast_forward("00:40")
    tablet.wait_for_url("**/code/")

    assert kept(tablet) == 0
    assert {one["name"] for one in tablet.context.cookies()} <= {"sabaq_d", "csrftoken"}
    tablet.goto(f"{live_server.url}/me/")
    assert tablet.url.endswith("/code/")


def test_the_header_fits_a_phone_and_is_accessible(tablet: "Page") -> None:
    for width in (320, 360, 1280):
        tablet.set_viewport_size({"width": width, "height": 800})
        assert found_by_axe(tablet) == []
        assert not is_wider_than_its_screen(tablet)
        assert controls_too_small_for_a_thumb(tablet) == []


def test_change_person_stays_in_view_and_covers_nothing_that_has_the_focus(
    tablet: "Page", live_server
) -> None:
    from playwright.sync_api import expect

    tablet.set_viewport_size({"width": 360, "height": 640})
    for path in ("today", "me", "test/knowledge"):
        tablet.goto(f"{live_server.url}/{path}/")
        change = tablet.get_by_role("button", name="Change person")

        tablet.evaluate("scrollTo(0, document.body.scrollHeight)")
        expect(change).to_be_in_viewport(ratio=1)
        assert tablet.evaluate("scrollY") > 200

        assert found_behind_the_bar(tablet) == []


def found_behind_the_bar(page: "Page") -> list[str]:
    """Go back through the page by keyboard; give what had the focus behind the bar."""
    behind = []
    for _ in range(40):
        page.keyboard.press("Shift+Tab")
        hidden = page.evaluate(
            """() => {
              const bar = document.querySelector("sabaq-shared");
              const one = document.activeElement;
              if (one === document.body || bar.contains(one) || one.closest(".top,.skip")) return "";
              const isBehind = one.getBoundingClientRect().top < bar.getBoundingClientRect().bottom - 1;
              return isBehind && bar.getBoundingClientRect().top === 0 ? one.outerHTML.slice(0, 80) : "";
            }"""
        )
        if hidden:
            behind.append(hidden)
    return behind
