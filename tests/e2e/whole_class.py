"""The people of a class in their browsers, the server they follow, and what each of them does in it."""

import json
import os
import random
import re
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Error, Locator, Page, expect

from sabaq.ops.rehearsal.course_clock import CourseClock
from tests.chromium import PATIENCE_MS
from tests.recovery.proxies import BadNetwork
from tests.scenes import Scene
from tests.servers import Server, running

# How many times as fast as a wrist watch the class goes between two acts; 1 plays all twenty minutes.
RATE = float(os.environ.get("SABAQ_CLASS_PACE", "40"))
# Seconds between two losses, of whosever connections.
LOST_EVERY = (3, 9)
BEGINS = datetime.fromisoformat("2027-02-04T05:00:00+00:00")
# Everything that reaches a page, by stream or by asking, is told to the test, whichever page it is.
LISTEN = """
const Plain = EventSource;
EventSource = class extends Plain {
  constructor(...all) { super(...all); this.addEventListener("message", ({ data }) => told(data)); }
};
const ask = fetch;
fetch = async (...all) => {
  const answer = await ask(...all);
  answer.clone().text().then((text) => told(text), () => {});
  return answer;
};
"""


@dataclass
class Person:
    """Somebody in class: her browser, the page she looks at, and all that ever reached it."""

    name: str
    context: BrowserContext
    address: str
    page: Page
    network: BadNetwork
    heard: list[str] = field(default_factory=list)

    def hear(self, text: str) -> None:
        self.heard.append(text)

    def come_back(self) -> None:
        """Close the page and open it again."""
        self.page.close()
        self.page = self.context.new_page()
        self.open(self.page)

    def open(self, page: Page) -> None:
        """Open the class; where the connection is lost over it, do as anybody does: try again."""
        for _ in range(5):
            try:
                page.goto(self.address)
            except Error:
                page.wait_for_timeout(500)
            else:
                return
        page.goto(self.address)

    @contextmanager
    def without_network(self) -> Iterator[None]:
        self.context.set_offline(True)
        yield
        self.context.set_offline(False)

    def events(self) -> list[dict[str, object]]:
        """Give the events of the log that her stream or her asking brought."""
        found = []
        for text in self.heard:
            if text.startswith("{"):
                body = json.loads(text)
                found += body.get("events", [body] if "seq" in body else [])
        return found


@dataclass
class Course:
    """The server, its clock, and who is in class."""

    chromium: Browser
    environment: dict[str, str]
    folder: Path
    chance: random.Random
    opened: ExitStack
    clock: CourseClock
    scene: Scene | None = None
    server: Server | None = None
    losses: int = 0

    def start(self, port: int = 0) -> None:
        words = ("serve", "--port", str(port), "--clock", str(self.clock.path))
        log = self.folder / f"log-{time.monotonic_ns()}"
        self.server = self.opened.enter_context(running(*words, env=self.environment, log=log))

    def kill(self) -> None:
        """Take the whole tree away in the middle of the class, and start it where it was."""
        os.killpg(self.server.process.pid, signal.SIGKILL)
        self.server.process.wait()
        self.start(int(self.server.url.rstrip("/").rsplit(":", 1)[1]))

    @contextmanager
    def losing_connections(self, people: tuple[Person, ...]) -> Iterator[None]:
        """Cut every connection that one of them has, again and again, at moments nobody chooses."""
        over, chance = threading.Event(), random.Random(self.chance.random())

        def lose() -> None:
            while not over.wait(chance.uniform(*LOST_EVERY)):
                chance.choice(people).network.cut()
                self.losses += 1

        losing = threading.Thread(target=lose, daemon=True)
        losing.start()
        try:
            yield
        finally:
            over.set()
            losing.join()

    def comes(self, name: str, enter: Callable[[Page], None], width: int, where: str) -> Person:
        language = "ru" if name == self.scene.names[1] else "en"
        network = self.opened.enter_context(BadNetwork(self.server.url))
        context = self.chromium.new_context(
            base_url=network.url, viewport={"width": width, "height": 800}, locale=language
        )
        self.opened.callback(context.close)
        context.set_default_timeout(PATIENCE_MS)
        address = where.format(self.scene.session)
        person = Person(name, context, address, context.new_page(), network)
        context.expose_function("told", person.hear)
        context.add_init_script(LISTEN)
        enter(person.page)
        person.page.goto(person.address)
        return person

    def staff(self, email: str) -> Person:
        def enter(page: Page) -> None:
            page.goto("/staff/sign-in/")
            page.locator("input[type=email]").fill(email)
            page.locator("input[type=password]").fill(self.scene.password)
            page.locator("main form button.btn").first.click()
            page.wait_for_url(re.compile("/office/"))

        return self.comes(email, enter, 1280, "/teach/{}/")

    def participant(self, which: int, width: int) -> Person:
        def enter(page: Page) -> None:
            page.goto(self.scene.links[which])
            page.locator("main form button.btn").first.click()

        return self.comes(self.scene.names[which], enter, width, "/class/{}/")

    def until(self, minute: float) -> None:
        """Let the class go on, fast, until this minute of it; then hold its clock for what is done there."""
        due = BEGINS + timedelta(minutes=minute)
        left = (due - self.clock.moment).total_seconds()
        self.clock.set(self.clock.moment, rate=RATE)
        time.sleep(left / RATE)
        self.clock.set(due, rate=1)


class Acts:
    """What is done in the class, in order; each waits until whoever did it sees that it is done."""

    def __init__(self, trainer: Person, host: Person, anna: Person, phone: Person) -> None:
        self.trainer, self.host, self.anna, self.phone = trainer, host, anna, phone

    def begin(self) -> None:
        press(self.trainer, "Begin the class")
        sees(self.trainer, "#slide[data-slide=title]")

    def slide_by_trainer(self) -> None:
        press(self.trainer, "Next slide")
        sees(self.trainer, "#slide[data-slide=first-minutes]")

    def slide_by_host(self) -> None:
        sees(self.host, "#slide[data-slide=first-minutes]")
        press(self.host, "Next slide")
        sees(self.host, "#slide[data-slide=standards]")

    def raise_hand(self) -> None:
        self.phone.page.locator("#hand").click()
        sees(self.phone, ".told")

    def call_hand(self) -> None:
        self.trainer.page.locator("[data-hand] button[id^=call-]").click()
        sees(self.phone, ".told.called")

    def lower_hand(self) -> None:
        self.host.page.locator("[data-hand] button[id^=lower-]").click()
        expect(self.phone.page.locator(".told")).to_have_count(0)

    def ask_prepared_poll(self) -> None:
        poll = self.trainer.page.locator("[data-poll-key=who-stays]")
        poll.get_by_role("button", name="Ask this").click()
        sees(self.trainer, "#close-who-stays")

    def vote(self) -> None:
        answer(self.anna, "agreed")
        answer(self.phone, "agreed")

    def change_a_vote(self) -> None:
        answer(self.anna, "husband")

    def close_poll(self) -> None:
        self.trainer.page.locator("#close-who-stays").click()
        self.trainer.page.locator("#results-who-stays").click()
        sees(self.anna, "[data-part=poll] [data-option=husband][data-votes='1']")
        sees(self.phone, "[data-part=poll] [data-option=agreed][data-votes='1']")

    def poll_on_the_spot(self) -> None:
        page = self.host.page
        page.locator("#write-poll > summary").click()
        page.locator("#poll-question").fill("Shall we go on?")
        page.locator("#poll-lines").fill("Yes\nNot yet")
        page.locator("#poll-ask").click()
        for person in (self.anna, self.phone):
            answer(person, "a")
        page.get_by_role("button", name="Close the poll").click()
        page.get_by_role("button", name="Show the results").click()
        sees(self.phone, "[data-part=poll] [data-option=a][data-votes='2']")

    def ask_with_a_name(self) -> None:
        ask(self.phone, "Кто остаётся с детьми?", "#question-named")

    def ask_without_a_name(self) -> None:
        ask(self.anna, "Is the corridor watched?", "#question-without")

    def release(self) -> None:
        # Until a trainer releases it, nobody but her and staff has it, with or without her name.
        for text in self.anna.heard:
            assert "Кто остаётся" not in text
            assert self.phone.name not in text
        for text in ("Кто остаётся", "Is the corridor"):
            asked = standing(self.trainer, text)
            asked.get_by_role("button", name="Release").click()
            expect(asked.get_by_role("button", name="Release")).to_have_count(0)
        expect(questions(self.anna)).to_contain_text(self.phone.name)
        expect(questions(self.phone)).to_contain_text("Is the corridor watched?")

    def support(self) -> None:
        press(self.anna, "Me too")
        sees(self.anna, "[data-part=questions] button[value='']")

    def answer_question(self) -> None:
        asked = standing(self.trainer, "Кто остаётся")
        asked.get_by_role("button", name="Mark as answered").click()
        sees(self.phone, "#answered")

    def remove_question(self) -> None:
        asked = standing(self.host, "Is the corridor")
        asked.get_by_text("Merge or remove").click()
        asked.get_by_role("button", name="Remove the question").click()
        expect(questions(self.phone)).not_to_contain_text("Is the corridor")

    def announce(self) -> None:
        self.host.page.locator("#announce-en").fill("Back at 11:30")
        self.host.page.locator("#post").click()
        expect(self.phone.page.get_by_text("Back at 11:30")).to_be_visible()

    def call_for_help(self) -> None:
        with self.phone.without_network():
            self.phone.page.locator("#help").click()
            self.phone.page.locator("#help-box input[value=stuck]").check()
            self.phone.page.locator("#help-box .helping button").click()
        sees(self.host, "[data-call]")

    def answer_help(self) -> None:
        call = self.host.page.locator("[data-call]")
        call.locator("input[name=reply]").fill("Reload the page")
        call.locator("button").click()
        expect(self.phone.page.locator("[data-part=help]")).to_contain_text("Reload the page")

    def step_out(self) -> None:
        self.anna.page.locator("#step-out").click()
        sees(self.anna, "#step-out-box")
        self.anna.page.locator("#step-out-box [data-closes]").click()

    def look_back(self) -> None:
        self.anna.page.locator("[data-look=first-minutes]:not(.later)").click()
        sees(self.anna, ".lookback [data-slide=first-minutes]")
        self.anna.page.locator("#to-live").click()
        sees(self.anna, ".onstage [data-slide=standards]")

    def five_minutes(self) -> None:
        self.host.page.locator("#send-five").click()
        self.trainer.page.locator("#seen").click()
        expect(self.trainer.page.locator("#seen")).to_have_count(0)

    def end(self) -> None:
        self.trainer.page.locator("#end summary").click()
        press(self.trainer, "End the class now")
        for person in (self.anna, self.phone):
            sees(person, "[data-part=stage] .empty")


def press(person: Person, name: str) -> None:
    person.page.get_by_role("button", name=name).first.click()


def sees(person: Person, what: str) -> None:
    expect(person.page.locator(what).first).to_be_visible()


def questions(person: Person) -> Locator:
    return person.page.locator("[data-part=questions]")


def standing(person: Person, text: str) -> Locator:
    """Give the question that says so; others name it where they could be merged into it."""
    return person.page.locator(f"[data-question]:has(> p:has-text('{text}'))")


def answer(person: Person, option: str) -> None:
    person.page.locator(f"[data-part=mine] input[value={option}]").check()
    person.page.locator("#send").click()
    sees(person, "[data-part=mine] .success")
    expect(person.page.locator(f"[data-part=mine] input[value={option}]")).to_be_checked()


def ask(person: Person, text: str, how: str) -> None:
    """Ask from the dock."""
    person.page.locator("#to-ask").click()
    person.page.locator("#question").fill(text)
    person.page.locator(how).check()
    person.page.locator("#ask-send").click()
    expect(questions(person)).to_contain_text(text)
