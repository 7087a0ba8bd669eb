"""A participant without a mouse: every control is reached by Tab, and it is always seen where she is."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.demo import Demo

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.e2e]

# One radio button of a group is on the way of the Tab key; the arrow keys lead to the others.
_CONTROLS = """() => {
  const names = new Set();
  return [...document.querySelectorAll('a[href],button,input:not([type=hidden]),select,textarea,summary,[tabindex="0"]')]
    .filter(e => e.checkVisibility() && !e.disabled)
    .filter(e => e.type !== 'radio' || !names.has(e.name) && names.add(e.name))
    .map(e => e.type === 'radio' ? 'radio ' + e.name : e.outerHTML.slice(0, 120));
}"""
_FOCUSED = """() => {
  const e = document.activeElement;
  if (!e || e === document.body || e === document.documentElement) return null;
  const style = getComputedStyle(e), box = (e.closest('label') || e).getBoundingClientRect();
  return {
    name: e.type === 'radio' ? 'radio ' + e.name : e.outerHTML.slice(0, 120),
    ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    onScreen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
  };
}"""


@pytest.fixture
def participant(demo: Demo, chromium: "Browser") -> Iterator["Page"]:
    context = chromium.new_context(base_url=demo.url, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(demo.stage["links"]["sitting"])
    page.locator("main form button.btn").first.press("Enter")
    page.wait_for_url("**/today/")
    yield page
    context.close()


def tabbed_through(page: "Page", most: int) -> list[dict[str, Any]]:
    """Press Tab until the page has been left again; give where the focus was."""
    stops: list[dict[str, Any]] = []
    for _ in range(most):
        page.keyboard.press("Tab")
        stop = page.evaluate(_FOCUSED)
        if stop is None:
            break
        stops.append(stop)
    return stops


@pytest.mark.parametrize("path", ["/today/", "/test/knowledge/", "/class/{session}/"])
def test_every_control_is_reached_by_tab_with_the_focus_in_sight(
    demo: Demo, participant: "Page", path: str
) -> None:
    participant.goto(path.format(session=demo.stage["session"]))
    controls = participant.evaluate(_CONTROLS)

    stops = tabbed_through(participant, most=len(controls) + 5)

    assert [stop["name"] for stop in stops] == controls
    assert [stop["name"] for stop in stops if not (stop["ring"] and stop["onScreen"])] == []


def test_the_first_tab_leads_past_the_head_to_the_content(participant: "Page") -> None:
    participant.keyboard.press("Tab")
    participant.keyboard.press("Enter")

    assert participant.evaluate("document.activeElement.id") == "main"
