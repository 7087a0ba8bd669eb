from typing import TYPE_CHECKING

import pytest

from tests.pages import (
    controls_too_small_for_a_thumb,
    found_by_axe,
    found_by_html_checker,
    is_wider_than_its_screen,
)
from tests.servers import Server

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.e2e


@pytest.mark.parametrize("width", [320, 360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_component_is_accessible_and_fits_the_screen(
    sabaq_server: Server, page: "Page", width: int, scheme: str
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{sabaq_server.url}/style/")

    assert found_by_axe(page) == []
    assert not is_wider_than_its_screen(page)
    assert controls_too_small_for_a_thumb(page) == []


def test_the_first_pages_are_valid_html(sabaq_server: Server, page: "Page") -> None:
    paths = ("/style/", "/staff/sign-in/", "/staff/code/", "/no-such-page/")
    sources = [page.request.get(f"{sabaq_server.url}{path}").text() for path in paths]

    assert found_by_html_checker(*sources) == []


def test_no_page_breaks_its_own_content_security_policy(sabaq_server: Server, page: "Page") -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{sabaq_server.url}/style/")

    assert said == []


def test_a_form_with_mistakes_opens_with_the_focus_on_their_summary(
    sabaq_server: Server, page: "Page"
) -> None:
    page.goto(f"{sabaq_server.url}/style/")

    assert page.evaluate("document.activeElement.getAttribute('role')") == "alert"
