"""What a participant's pages weigh on the wire, headers, styles and scripts included, TLS excluded."""

from collections.abc import Iterator

import pytest

from tests.demo import Demo
from tests.figures.limits import FIRST_VISIT, FURTHER_PAGE, SCRIPT, SCRIPT_OF_THE_CLASS
from tests.figures.wire import CountingBrowser

pytestmark = pytest.mark.e2e


@pytest.fixture
def browser(demo: Demo) -> Iterator[CountingBrowser]:
    browser = CountingBrowser(demo.url)
    yield browser
    browser.close()


def pages(demo: Demo) -> dict[str, list[str]]:
    """Give the participant's pages, by whose link opens them."""
    topics = demo.stage["topics"]
    return {
        "sitting": [
            "/today/",
            "/me/",
            "/test/knowledge/",
            "/survey/opening/",
            "/survey/closing/",
            "/aids/",
            "/aids/search-ladder/",
            "/glossary/",
            "/certificate/",
            f"/class/{demo.stage['session']}/",
            "/code/",
            "/privacy/",
            "/check/",
            *(f"/lesson/{topic}/" for topic in topics),
            *(f"/slides/{topic}/" for topic in topics),
        ],
        "done": [
            "/today/",
            "/me/",
            "/test/knowledge/",
            "/survey/closing/",
            "/commitment/",
            "/certificate/",
        ],
        "fresh": ["/welcome/"],
    }


def test_the_first_visit_fits_one_tcp_window(demo: Demo, browser: CountingBrowser) -> None:
    link = demo.stage["links"]["sitting"]

    asked = browser.open(link)
    today = browser.send(link, answer="me")

    assert today.path == "/today/"
    assert 'lang="ru"' in today.page.text
    assert asked.wire_bytes + today.wire_bytes <= FIRST_VISIT


@pytest.mark.parametrize("who", ["sitting", "done", "fresh"])
def test_a_further_page_is_light(demo: Demo, browser: CountingBrowser, who: str) -> None:
    link = demo.stage["links"][who]
    browser.open(link)
    browser.send(link, answer="me")
    heavy = {}

    for path in pages(demo)[who]:
        browser.open(path)  # its scripts are there from now on
        visit = browser.open(path)
        assert (visit.path, visit.page.status) == (path, 200)
        if visit.wire_bytes > FURTHER_PAGE:
            heavy[path] = visit.wire_bytes

    assert heavy == {}


def test_scripts_are_few(demo: Demo, browser: CountingBrowser) -> None:
    link = demo.stage["links"]["sitting"]
    browser.open(link)
    browser.send(link, answer="me")

    scripts = {path: sum(browser.open(path).scripts.values()) for path in pages(demo)["sitting"]}

    room = f"/class/{demo.stage['session']}/"
    assert 0 < scripts.pop(room) <= SCRIPT_OF_THE_CLASS
    assert scripts["/test/knowledge/"] > 0
    assert {path: size for path, size in scripts.items() if size > SCRIPT} == {}
