"""The demo as a newcomer finds it: its class is alive, every place is one click away, and no link leads nowhere."""

import re
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

import pytest

from sabaq.ops.rehearsal.pages import Node
from sabaq.ops.rehearsal.wire import Answer, Browser
from tests.demo import copy_of
from tests.e2e.looking import Looker
from tests.servers import Server, environment, running

if TYPE_CHECKING:
    from playwright.sync_api import Browser as Chromium

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

Become = Callable[[str], tuple[Browser, Answer]]
ROLES = (
    "organiser", "focal-point", "trainer", "host", "me-officer", "donor-observer", "communication",
    "participant", "interpreter", "representative", "administrator",
)  # fmt: skip
# One page differs from the next by what follows "?" (a slide, an order, a filter): so many of each are opened.
OF_ONE_PATH = 3
# Of pages about one officer, one certificate, one class: so many of each kind are opened.
OF_ONE_KIND = 6
ONE_OF_MANY = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d{4}-[A-Z0-9]{4}-[A-Z0-9]{4}")


@pytest.fixture(scope="module")
def alive(tmp_path_factory: pytest.TempPathFactory, loaded_demo: Path) -> Iterator[Server]:
    """Give the demo as `make demo` starts it, with bar and bots."""
    folder = tmp_path_factory.mktemp("alive")
    copy_of(loaded_demo, folder / "data")
    env = environment(folder / "data", SABAQ_RATE_LIMIT_FACTOR="1000")
    with running("demo", "--port", "0", env=env, log=folder / "log") as server:
        yield server


@pytest.fixture
def become(alive: Server) -> Iterator[Become]:
    """Give a way to become somebody by the bar: a browser of one's own, and the page it was led to."""
    browsers = []

    def enter(who: str) -> tuple[Browser, Answer]:
        browser = Browser(alive.url, language="en")
        browsers.append(browser)
        page = browser.go("/privacy/")
        return browser, browser.submit(page, page.form("/demo/be/"), {"who": who})

    yield enter
    for browser in browsers:
        browser.close()


def wait_for(what: Callable[[], bool], *, seconds: float = 120) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if what():
            return True
        time.sleep(1)
    return False


def test_the_class_is_alive(become: Become) -> None:
    browser, page = become("trainer")
    console = urlsplit(page.path).path
    participant, _ = become("participant")

    def counted() -> int:
        room = participant.go(console.replace("/teach/", "/class/")).page
        return max((int(node.text) for node in room.having("data-counted")), default=0)

    def raised() -> int:
        return len(browser.go(console).page.having("data-hand"))

    def asked() -> int:
        return len(browser.go(console).page.having("data-question"))

    assert "/teach/" in console
    assert wait_for(lambda: counted() >= 10)
    # More than the class began with: one hand, three questions.
    assert wait_for(lambda: raised() >= 2)
    assert wait_for(lambda: asked() >= 4)


def test_last_years_course_is_finished(become: Become) -> None:
    organiser, _ = become("organiser")
    edition = "/office/regional-2026/"
    certificates = organiser.go(f"{edition}certificates/").page
    report = organiser.go(f"{edition}report/").page
    evaluator, _ = become("me-officer")
    survey = evaluator.go(f"{edition}survey/").page
    observer, _ = become("donor-observer")
    published = observer.go(f"{edition}report/").page
    stranger = organiser.get("/news/en/regional-2026/")

    assert len(certificates.having("data-state")) > 30 or "2026-" in certificates.text
    assert report.having("data-indicator")
    assert published.having("data-indicator")
    assert survey.having("data-count")
    assert stranger.status == 200


def test_the_bots_are_children_of_the_demo_and_end_with_it(
    loaded_demo: Path, tmp_path: Path
) -> None:
    copy_of(loaded_demo, tmp_path / "data")
    env = environment(tmp_path / "data")
    with running("demo", "--port", "0", env=env, log=tmp_path / "log") as server:
        children = server.children()

    assert set(children) >= {"web", "worker", "demo.bots"}
    assert [pid for pid in children.values() if Path(f"/proc/{pid}").exists()] == []


@pytest.mark.parametrize("who", ROLES)
def test_no_link_leads_nowhere(alive: Server, become: Become, who: str) -> None:
    browser, first = become(who)
    waiting, met, wrong = deque([first.path, "/", "/office/"]), set(), []
    of_path: Counter[str] = Counter()
    of_kind: Counter[str] = Counter()
    if who == "participant":
        waiting.pop()

    while waiting:
        path = waiting.popleft()
        answer = browser.follow(browser.get(path))
        if answer.status >= 400:
            wrong.append(f"{path}: {answer.status}")
            continue
        for target in targets(alive, answer):
            bare = target.partition("?")[0]
            kind = ONE_OF_MANY.sub("*", bare)
            if target in met:
                continue
            met.add(target)
            is_new_path = bare not in of_path
            if of_path[bare] < OF_ONE_PATH and (not is_new_path or of_kind[kind] < OF_ONE_KIND):
                of_path[bare] += 1
                of_kind[kind] += is_new_path
                waiting.append(target)

    assert len(met) > 10
    assert wrong == []


def targets(server: Server, answer: Answer) -> Iterator[str]:
    """Give what a page leads to or shows, on this server, without the place within it."""
    if not answer.headers.get("Content-Type", "").startswith("text/html"):
        return
    for node in answer.page:
        address = _address(node)
        if not address or address.startswith(("mailto:", "tel:", "data:")):
            continue
        parts = urlsplit(urljoin(server.url + answer.path, address))
        if server.url.endswith(parts.netloc):
            yield parts.path + (f"?{parts.query}" if parts.query else "")


def _address(node: Node) -> str:
    if node.tag in {"a", "link"}:
        return node.get("href")
    return node.get("src") if node.tag in {"img", "script", "iframe"} else ""


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_pages_of_the_demo_are_sound(
    alive: Server, chromium: "Chromium", tmp_path: Path, language: str
) -> None:
    looker = Looker(chromium, alive.url, language, tmp_path)
    with looker.browser() as page:
        looker.open(page, "newcomer", "who to be", "/demo/")
        looker.open(page, "newcomer", "side by side, nobody in", "/demo/side-by-side/")
        looker.open(page, "newcomer", "style", "/style/")

    assert looker.all_found() == ""


def test_two_screens_follow_each_other_without_a_second_browser(
    alive: Server, chromium: "Chromium"
) -> None:
    context = chromium.new_context(
        base_url=alive.url, viewport={"width": 1280, "height": 800}, locale="en"
    )
    context.set_default_timeout(60_000)
    page = context.new_page()
    page.goto("/demo/")
    page.locator("main form[action$='side-by-side/'] button").click()
    trainer, phone = page.frame_locator("iframe").nth(0), page.frame_locator("iframe").nth(1)

    shown = trainer.locator("[data-slide]").first.get_attribute("data-slide")
    phone.locator("#hand").click()
    phone.locator("#hand[value=down]").wait_for()
    trainer.locator("form[action$='/slide/'] button[name=slide]").last.click()
    trainer.locator(f"[data-slide]:not([data-slide='{shown}'])").first.wait_for()
    # What one does the other sees: her hand is called on the console, the new slide is on her phone.
    phone.locator(f"[data-slide]:not([data-slide='{shown}'])").first.wait_for()

    assert "/teach/" in page.frames[1].url
    assert "/phone/class/" in page.frames[2].url
    context.close()
