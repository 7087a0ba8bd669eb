"""Officers who take part in the demo's class by themselves: they come in, raise hands, ask, and vote.

A process of its own beside the server, started by `sabaq demo` alone. Each bot is a participant's browser:
it enters by her personal link, follows the class by its stream, and sends what her page would send. None of
it knows Sabaq from inside, and all of it ends with the demo.
"""

import http.client
import json
import os
import sys
import time
import uuid
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from sabaq.ops import lifeline
from sabaq.ops.demo.lines import LINES, QUESTIONS_AT_MOST, Agenda
from sabaq.ops.rehearsal.following import StreamFollower
from sabaq.ops.rehearsal.opening import enter_by_link
from sabaq.ops.rehearsal.wire import Browser, Unexpected
from sabaq.ops.tree import ADDRESS

TICK_SECONDS = 0.5
# So that sixty who come at once do not keep a newcomer waiting for her first page.
BETWEEN_ARRIVALS = 0.4
LOOK_FOR_A_CLASS_EVERY = 10
HANDS_AT_MOST = 3
FAULTS = (OSError, http.client.HTTPException, Unexpected)


@dataclass
class Bot:
    """One officer's browser; in class while `line` is open."""

    browser: Browser
    link: str
    language: str
    line: StreamFollower | None = None
    has_hand_up: bool = False

    def come_in(self, session: str) -> None:
        if not self.browser.cookies.get("sabaq_p"):
            enter_by_link(self.browser, self.link)
        line = StreamFollower(self.browser, session)
        line.renew_ticket()
        line.open()
        self.line = line

    def go(self) -> None:
        if self.line is not None:
            self.line.drop()
        self.line, self.has_hand_up = None, False

    def is_in(self) -> bool:
        return self.line is not None and self.line.is_open


@dataclass
class Class:
    """The class as the bots live it: who is in, what they have heard, and what they mean to do."""

    bots: list[Bot]
    rng: Random
    session: str = ""
    agenda: Agenda = field(default_factory=Agenda)
    heard: int = 0
    asked: int = 0

    def begin(self, session: str) -> None:
        """Go to this class, one after the other, and plan the first hands and questions."""
        self.session, self.agenda, self.heard, self.asked = session, Agenda(), 0, 0
        for number, bot in enumerate(self.bots):
            self.agenda.plan(number * BETWEEN_ARRIVALS, partial(self._come, bot))
        self.agenda.plan(20, self._raise_a_hand)
        self.agenda.plan(30, self._ask)

    def turn(self) -> None:
        """Do what is due, and take note of what the trainer has done."""
        for act in self.agenda.due():
            with suppress(
                *FAULTS
            ):  # a server that restarts, a hand lowered meanwhile: the class goes on
                act()
        for event in self._news():
            self._hear(event)

    def end(self) -> None:
        for bot in self.bots:
            bot.go()
        self.session = ""

    def _come(self, bot: Bot) -> None:
        try:
            bot.come_in(self.session)
        finally:
            # A line may break, and a link may be withdrawn: she looks again now and then.
            self.agenda.plan(self.rng.uniform(60, 120), partial(self._look_after, bot))

    def _look_after(self, bot: Bot) -> None:
        if bot.is_in():
            self.agenda.plan(self.rng.uniform(60, 120), partial(self._look_after, bot))
        else:
            bot.go()
            self._come(bot)

    def _news(self) -> list[dict[str, Any]]:
        """Give what one of them has heard and the class has not yet acted on."""
        listener = next((bot.line for bot in self.bots if bot.line and bot.is_in()), None)
        if listener is None:
            return []
        news = [event for event in list(listener.seen.events) if event["seq"] > self.heard]
        self.heard = max((event["seq"] for event in news), default=self.heard)
        return news

    def _hear(self, event: dict[str, Any]) -> None:
        if event["kind"] == "PollOpened":
            for bot in self._some(0.85):
                self.agenda.plan(self.rng.uniform(4, 60), partial(self._vote, bot))
        elif event["kind"] == "QuestionReleased":
            for bot in self._some(0.2):
                path = f"questions/{event['question']}/me-too/"
                wanted = {"wanted": "1"}
                self.agenda.plan(
                    self.rng.uniform(4, 60),
                    partial(self._send, bot, path, wanted),
                )
        elif event["kind"] == "ClassEnded":
            self.end()

    def _vote(self, bot: Bot) -> None:
        """Answer the poll that is open on her page, if there is one that she has not answered."""
        if not bot.is_in():
            return
        page = bot.browser.go(f"/class/{self.session}/").page
        for form in page.forms():
            options = form.options.get("option")
            if form.action.endswith("/vote/") and options and "option" not in form.fields:
                choice = self.rng.choices(options, weights=range(len(options) + 1, 1, -1))[0]
                fields = {"option": choice, "write_id": str(uuid.uuid4())}
                bot.browser.post(form.action, fields, quick=True)

    def _raise_a_hand(self) -> None:
        self.agenda.plan(self.rng.uniform(25, 60), self._raise_a_hand)
        if sum(bot.has_hand_up for bot in self.bots) >= HANDS_AT_MOST:
            return
        for bot in self._one():
            bot.has_hand_up = self._send(bot, "hand/", {"hand": "up"})
            self.agenda.plan(self.rng.uniform(60, 180), partial(self._lower, bot))

    def _lower(self, bot: Bot) -> None:
        bot.has_hand_up = False
        self._send(bot, "hand/", {"hand": "down"})

    def _ask(self) -> None:
        if self.asked >= QUESTIONS_AT_MOST:
            return
        self.agenda.plan(self.rng.uniform(45, 100), self._ask)
        language, text = LINES[self.asked % len(LINES)]
        for bot in self._one(language):
            named = self.rng.choice(["", "1"])
            fields = {"text": text, "language": language, "named": named}
            self.asked += self._send(bot, "questions/", fields)

    def _send(self, bot: Bot, path: str, fields: dict[str, str]) -> bool:
        if not bot.is_in():
            return False
        sent = {**fields, "write_id": str(uuid.uuid4())}
        answer = bot.browser.post(f"/class/{self.session}/{path}", sent, quick=True)
        return answer.status == http.HTTPStatus.NO_CONTENT

    def _some(self, share: float) -> list[Bot]:
        return [bot for bot in self.bots if self.rng.random() < share]

    def _one(self, language: str = "") -> Iterable[Bot]:
        """Give one who is in, whose hand is down and who writes this language, or nobody."""
        ready = [bot for bot in self.bots if bot.is_in() and not bot.has_hand_up]
        ready = [bot for bot in ready if not language or bot.language == language] or ready
        return [self.rng.choice(ready)] if ready else []


def main() -> None:
    """Take part in whatever class goes on, until the demo ends."""
    if os.environ.get("SABAQ_MODE") != "demo":
        sys.exit("sabaq: nobody takes part by itself but in a demo.")
    lifeline.watch()
    ways_in = Path(os.environ.get("DATA_DIR", "./data")) / "demo" / "bots.json"
    address, rng = os.environ[ADDRESS], Random()  # noqa: S311 - who asks next is no secret
    bots = [
        Bot(Browser(address, language=way["language"]), way["link"], way["language"])
        for way in json.loads(ways_in.read_text("utf-8"))
    ]
    here, looked_at = Class(bots, rng), 0.0
    while bots:
        if not here.session and time.monotonic() - looked_at > LOOK_FOR_A_CLASS_EVERY:
            looked_at = time.monotonic()
            with suppress(*FAULTS):
                if found := class_going_on(bots[0]):
                    here.begin(found)
        here.turn()
        time.sleep(TICK_SECONDS)


def class_going_on(bot: Bot) -> str:
    """Give the id of the class that a participant's first page leads into, or nothing."""
    if not bot.browser.cookies.get("sabaq_p"):
        enter_by_link(bot.browser, bot.link)
    for link in bot.browser.go("/today/").page.links():
        parts = link.split("/")
        if link.startswith("/class/") and len(parts) == 4:
            return parts[2]
    return ""


if __name__ == "__main__":
    main()
