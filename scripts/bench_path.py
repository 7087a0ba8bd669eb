"""One participant's way through a course, measured by a real browser on a phone's screen.

From the press on her personal link to the page of her certificate: opening, today, a lesson, ten questions, a survey.
Every request is counted by the browser itself, headers included, TLS excluded: as fast as the machine is; over a link
of 64 kbit/s down and 32 up that takes 600 ms there and back; and over HTTP/2, as it is deployed, behind the nginx of
`sabaq deploy`, where a header that comes again costs a byte or two. There the bytes of the whole line are counted.
"""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright
from tests.chromium import CHROMIUM, CHROMIUM_ARGUMENTS
from tests.demo import set_stage
from tests.nginx import free_port, nginx_before, where
from tests.servers import environment, running

PHONE = {"width": 390, "height": 844}
QUESTIONS = 10
# Bytes a second and milliseconds, as the browser's own throttle takes them.
SECOND_GENERATION = {"latency": 600, "downloadThroughput": 8000, "uploadThroughput": 4000}


@dataclass
class Wire:
    """What crossed the wire: `pages` and their assets, and what was sent for each answer."""

    requests: int = 0
    down: int = 0
    up: int = 0
    answers: int = 0
    largest_up: int = 0
    largest_down: int = 0
    sizes: dict[str, list[int]] = field(default_factory=dict)
    saving: set[str] = field(default_factory=set)

    def listen(self, line: CDPSession) -> None:
        line.send("Network.enable")
        line.on("Network.requestWillBeSent", self._asked)
        line.on("Network.requestWillBeSentExtraInfo", self._head)
        line.on("Network.responseReceived", self._answered)
        line.on("Network.loadingFinished", self._ended)

    def _asked(self, event: dict[str, Any]) -> None:
        request, key = event["request"], event["requestId"]
        path = "/" + request["url"].split("/", 3)[-1]
        up = len(request["method"]) + len(path) + 12 + len(request.get("postData", ""))
        size = self.sizes.setdefault(key, [0, 0])
        size[0] += up
        if request["method"] == "POST" and request["url"].endswith("/answer/"):
            self.saving.add(key)
        if "redirectResponse" in event:
            self.requests += 1
            self.down += int(event["redirectResponse"]["encodedDataLength"])

    def _head(self, event: dict[str, Any]) -> None:
        self.sizes.setdefault(event["requestId"], [0, 0])[0] += _head_bytes(event["headers"])

    def _answered(self, event: dict[str, Any]) -> None:
        """Take the head of the reply to a saved answer: it has no body, of whose end the browser would tell."""
        key = event["requestId"]
        if key not in self.saving:
            return
        up, down = self.sizes[key][0], int(event["response"]["encodedDataLength"])
        self.up, self.down = self.up + up, self.down + down
        self.answers += 1
        self.largest_up = max(self.largest_up, up)
        self.largest_down = max(self.largest_down, down)

    def _ended(self, event: dict[str, Any]) -> None:
        key, down = event["requestId"], int(event["encodedDataLength"])
        if down == 0 or key in self.saving:  # from the browser's own store, or counted above
            return
        self.up, self.down = self.up + self.sizes.get(key, [0, 0])[0], self.down + down
        self.requests += 1


def _head_bytes(headers: dict[str, str]) -> int:
    return sum(len(name) + len(value) + 4 for name, value in headers.items()) + 2


@dataclass
class Walk:
    """How long each step took until its page could be used, in seconds."""

    page: Page
    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        begun = time.perf_counter()
        yield
        self.page.wait_for_load_state("load")
        took = time.perf_counter() - begun
        self.seconds[name] = self.seconds.get(name, 0.0) + took


def walk(
    browser: Browser, url: str, link: str, topic: str, survey: str, *, slow: bool
) -> tuple[Wire, Walk]:
    """Go the whole way as one participant, in Russian, with an empty store; give what it cost."""
    context = browser.new_context(viewport=PHONE, locale="ru-RU", device_scale_factor=2)
    page, wire = context.new_page(), Wire()
    page.set_default_timeout(120_000)
    line = context.new_cdp_session(page)
    wire.listen(line)
    if slow:
        line.send("Network.emulateNetworkConditions", {"offline": False, **SECOND_GENERATION})
    walked = Walk(page)
    with walked.step("link"):
        page.goto(f"{url}{link}")
    come_in(page, walked)
    with walked.step("lesson"):
        page.goto(f"{url}/lesson/{topic}/")
    sit_the_test(page, walked, url)
    with walked.step("survey"):
        page.goto(f"{url}/survey/{survey}/")
    with walked.step("survey sent"):
        answer_all(page)
        page.locator("main form button").last.click()
    with walked.step("certificate"):
        page.goto(f"{url}/certificate/")
    context.close()
    return wire, walked


def come_in(page: Page, walked: Walk) -> None:
    """Press through the opening, changing nothing, until *today* is there."""
    for number in range(1, 6):
        if page.url.endswith("/today/"):
            return
        with walked.step("today" if number > 1 else "opening"):
            for radio in page.locator("main input[type=radio][value=no]").all():
                radio.check()
            page.locator("main form .btn.wide:not(.quiet)").first.click()
    if not page.url.endswith("/today/"):
        raise RuntimeError(f"the opening did not lead to today, but to {page.url}")


def sit_the_test(page: Page, walked: Walk, url: str) -> None:
    with walked.step("test"):
        page.goto(f"{url}/test/knowledge/")
    if page.locator("main input[type=radio]").count() == 0:
        with walked.step("test begun"):
            page.locator("main form .btn.wide").first.click()
    saved = page.locator("sabaq-outbox").get_attribute("data-saved")
    with walked.step(f"{QUESTIONS} answers"):
        for question in page.locator("fieldset.field").all()[:QUESTIONS]:
            question.locator("label").first.click()
            question.locator("output", has_text=saved).wait_for()


def answer_all(page: Page) -> None:
    for question in page.locator("main form fieldset").all():
        radios = question.locator("label")
        if radios.count():
            radios.last.click()


def paths(url: str, links: dict[str, str], topic: str) -> list[tuple[str, float, str, str]]:
    """Give the figures of the way, fast and slow, each as (what, value, unit, reach)."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS)
        wire, fast = walk(browser, url, links["fresh"], topic, "opening", slow=False)
        _, slow = walk(browser, url, links["fresh, in Russian"], topic, "opening", slow=True)
        browser.close()
    usable = sum(taken for name, taken in slow.seconds.items() if "answers" not in name)
    return [
        ("a participant's path: pages and their files asked for", wire.requests, "", "<= 15"),
        ("the same: saved answers, one request each", wire.answers, "", f"= {QUESTIONS}"),
        ("the same: largest sending of an answer", wire.largest_up, "bytes", "<= 600"),
        ("the same: largest reply to an answer", wire.largest_down, "bytes", "<= 600"),
        ("the same: down", wire.down / 1000, "KB", ""),
        ("the same: up", wire.up / 1000, "KB", ""),
        ("the same: on the wire in all, HTTP/1.1", (wire.down + wire.up) / 1000, "KB", ""),
        (
            "the same: all pages usable, as fast as the machine is",
            sum(fast.seconds.values()),
            "s",
            "",
        ),
        ("the same at 64/32 kbit/s with 600 ms: all pages usable", usable, "s", "<= 30"),
        (
            f"the same: {QUESTIONS} answers saved one after another",
            slow.seconds[f"{QUESTIONS} answers"],
            "s",
            "",
        ),
    ]


def deployed_path(folder: Path) -> list[tuple[str, float, str, str]]:
    """Give what crosses the line over HTTP/2 behind nginx; nothing where nginx is not installed."""
    if not where("nginx"):
        return []
    folder.mkdir()
    port, netlog = free_port(), folder / "net.json"
    with nginx_before(port, folder) as site:
        origin = f"https://localhost:{site.https_port}"
        env = environment(folder / "data", SABAQ_RATE_LIMIT_FACTOR="100000", SABAQ_URL=origin)
        more = ("demo", "--bare", "--port", str(port))
        with running(*more, env=env, log=folder / "log"), sync_playwright() as playwright:
            stage = set_stage(env)
            arguments = ["--ignore-certificate-errors", f"--log-net-log={netlog}"]
            browser = playwright.chromium.launch(
                executable_path=CHROMIUM, args=[*CHROMIUM_ARGUMENTS, *arguments]
            )
            topic = stage["topics"][0]
            walk(browser, origin, stage["links"]["fresh"], topic, "opening", slow=False)
            browser.close()
    sent, received, answer = _line(json.loads(netlog.read_text("utf-8")))
    what = "the same path over HTTP/2, as deployed"
    return [
        (f"{what}: down", received / 1000, "KB", ""),
        (f"{what}: up", sent / 1000, "KB", ""),
        (f"{what}: on the wire in all", (sent + received) / 1000, "KB", "<= 60"),
        (f"{what}: a saved answer and its reply, largest", answer, "bytes", "<= 1200"),
    ]


def _line(netlog: dict[str, Any]) -> tuple[int, int, int]:
    """Give the bytes sent and received within TLS, and the most of both between one saved answer and the next."""
    numbers = netlog["constants"]["logEventTypes"]
    kinds = {number: name for name, number in numbers.items()}
    sent = received = largest = 0
    so_far = None
    for event in netlog["events"]:
        kind, told = kinds[event["type"]], event.get("params", {})
        if kind == "SSL_SOCKET_BYTES_SENT":
            sent += told["byte_count"]
        elif kind == "SSL_SOCKET_BYTES_RECEIVED":
            received += told["byte_count"]
        elif kind == "HTTP2_SESSION_SEND_HEADERS":
            if so_far is not None:
                largest = max(largest, sent + received - so_far)
            is_answer = any(one.endswith("/answer/") for one in told.get("headers", ()))
            so_far = sent + received if is_answer else None
    return sent, received, largest
