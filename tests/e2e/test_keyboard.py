"""Without a mouse: every control is reached by Tab in the order of the screen, seen where one is, and left again."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
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
# `top` and `left` are places on the page as if nothing were scrolled, neither the page nor a column of it.
_FOCUSED = """() => {
  const e = document.activeElement;
  if (!e || e === document.body || e === document.documentElement) return null;
  const style = getComputedStyle(e), whole = e.closest('label') || e, box = whole.getBoundingClientRect();
  const middle = document.elementFromPoint(
    (Math.max(box.left, 0) + Math.min(box.right, innerWidth)) / 2,
    (Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2);
  let down = 0, across = 0;
  for (let up = e.parentElement; up; up = up.parentElement) { down += up.scrollTop; across += up.scrollLeft; }
  return {
    name: e.type === 'radio' ? 'radio ' + e.name : e.outerHTML.slice(0, 120),
    ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    onScreen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    uncovered: !!middle && (whole.contains(middle) || middle.contains(whole)),
    top: box.top + down, bottom: box.bottom + down, left: box.left + across,
  };
}"""

# Who -> the pages that are worked with most; a console has columns of its own from 752 px on.
STAFF_PAGES = [
    ("organiser", "/office/{edition}/nominations/", 1280),
    ("organiser", "/office/{edition}/nominations/", 360),
    ("organiser", "/office/{edition}/certificates/design/", 1280),
    ("organiser", "/office/{edition}/certificates/design/", 360),
    ("trainer", "/teach/{session}/", 1280),
    ("trainer", "/teach/{session}/", 360),
    ("host", "/teach/{session}/", 1280),
]


@pytest.fixture
def participant(demo: Demo, chromium: "Browser") -> Iterator["Page"]:
    with a_page(demo, chromium, width=360) as page:
        page.goto(demo.stage["links"]["sitting"])
        page.locator("main form button.btn").first.press("Enter")
        page.wait_for_url("**/today/")
        yield page


@contextmanager
def a_page(demo: Demo, chromium: "Browser", *, width: int) -> Iterator["Page"]:
    context = chromium.new_context(base_url=demo.url, viewport={"width": width, "height": 740})
    context.set_default_timeout(60_000)
    yield context.new_page()
    context.close()


def come_in(page: "Page", demo: Demo, role: str) -> None:
    """Sign in as staff, by the keyboard alone."""
    page.goto("/staff/sign-in/")
    page.locator("input[type=email]").fill(demo.stage["staff"][role])
    page.locator("input[type=password]").fill(demo.stage["password"])
    page.keyboard.press("Enter")
    page.wait_for_url("**/office/**")


def tabbed_through(
    page: "Page", most: int, key: str = "Tab", last: str = ""
) -> list[dict[str, Any]]:
    """Press Tab until the page has been left again, or `last` is reached; give where the focus was.

    A field for a date has three places of its own: it is given once.
    """
    stops: list[dict[str, Any]] = []
    for _ in range(most):
        page.keyboard.press(key)
        stop = page.evaluate(_FOCUSED)
        if stop is None:
            break
        if not stops or stops[-1]["name"] != stop["name"]:
            stops.append(stop)
        if stop["name"] == last:
            break
    return stops


def out_of_sight(stops: list[dict[str, Any]]) -> list[str]:
    return [
        stop["name"]
        for stop in stops
        if not (stop["ring"] and stop["onScreen"] and stop["uncovered"])
    ]


def against_the_screen(stops: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Give the steps that lead up without leading to a column further right."""
    pairs = pairwise(stops)
    return [
        (one["name"], then["name"])
        for one, then in pairs
        if then["bottom"] <= one["top"] and then["left"] <= one["left"]
    ]


@pytest.mark.parametrize("path", ["/today/", "/test/knowledge/", "/class/{session}/"])
def test_every_control_is_reached_by_tab_with_the_focus_in_sight(
    demo: Demo, participant: "Page", path: str
) -> None:
    participant.goto(path.format(session=demo.stage["session"]))
    controls = participant.evaluate(_CONTROLS)

    stops = tabbed_through(participant, most=len(controls) + 5)

    assert [stop["name"] for stop in stops] == controls
    assert out_of_sight(stops) == []


@pytest.mark.parametrize(("role", "path", "width"), STAFF_PAGES)
def test_staff_work_without_a_mouse(
    demo: Demo, chromium: "Browser", role: str, path: str, width: int
) -> None:
    with a_page(demo, chromium, width=width) as page:
        come_in(page, demo, role)
        page.goto(path.format(session=demo.stage["session"], edition=demo.stage["edition"]))
        controls = page.evaluate(_CONTROLS)

        there = tabbed_through(page, most=2 * len(controls))
        back = tabbed_through(page, 2 * len(controls), key="Shift+Tab", last=controls[0])

    assert [stop["name"] for stop in there] == controls
    assert [stop["name"] for stop in back] == controls[::-1]
    assert out_of_sight(there) == []
    assert out_of_sight(back) == []
    assert against_the_screen(there) == []


def test_the_first_tab_leads_past_the_head_to_the_content(participant: "Page") -> None:
    participant.keyboard.press("Tab")
    participant.keyboard.press("Enter")

    assert participant.evaluate("document.activeElement.id") == "main"
