"""Following a class as its pages do: by server-sent events, or by long polling; and a tally of what arrived."""

import http.client
import json
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from sabaq.ops.rehearsal.wire import Browser, CountedConnection, Traffic, Unexpected

WAIT_SECONDS = 30.0
LOOK_SECONDS = 0.5
# How often totals come along in between depends on the clock, and is no act of anybody.
COUNTS = {"PollCounted", "SupportersCounted"}


@dataclass
class Seen:
    """What one follower has seen of one class. `missing` counts breaks in the chain of her own audience."""

    events: list[dict[str, Any]] = field(default_factory=list)
    last: int = 0
    missing: int = 0

    def take(self, event: dict[str, Any]) -> None:
        """Note an event; one seen before (after a reconnection) counts once."""
        if event["seq"] <= self.last:
            return
        if event["prev"] != self.last:
            self.missing += 1
        self.last = event["seq"]
        self.events.append(event)

    def kinds(self) -> list[str]:
        return [event["kind"] for event in self.events]

    def acts(self) -> list[dict[str, Any]]:
        """Give the events that somebody's act brought in."""
        return [event for event in list(self.events) if event["kind"] not in COUNTS]


class Follower:
    """What both ways of following have in common: a person, a session, a ticket, a tally."""

    def __init__(self, browser: Browser, session: str) -> None:
        self.browser, self.session = browser, session
        self.seen = Seen()
        self.ticket = ""

    def renew_ticket(self) -> None:
        self.ticket = self.browser.go(f"/class/{self.session}/ticket/").json()["ticket"]

    def path(self, what: str, **query: object) -> str:
        more = "".join(f"&{name}={value}" for name, value in query.items())
        return f"/live/{self.session}/{what}?ticket={self.ticket}{more}"

    def catch_up(self, seq: int) -> None:
        """Wait until the event `seq` has arrived, or patience ends: what is missing then shows in the tally."""
        raise NotImplementedError


class LongPoller(Follower):
    """Asks again and again, as the page does where streams are held back on the way."""

    def poll(self) -> None:
        """Ask for what is new; waits until there is something."""
        answer = self.browser.get(self.path("poll", after=self.seen.last))
        if answer.status != http.HTTPStatus.OK:
            raise Unexpected(f"long polling: {answer.status} {answer.text}")
        for event in answer.json()["events"]:
            self.seen.take(event)

    def be_seen(self) -> None:
        """Ask from one event back, which is answered at once: the person is there, with nothing new to tell."""
        before = self.seen.events[-2]["seq"] if len(self.seen.events) > 1 else 0
        answer = self.browser.get(self.path("poll", after=before))
        if answer.status != http.HTTPStatus.OK or not answer.json()["events"]:
            raise Unexpected(f"long polling: {answer.status} {answer.text}")

    def catch_up(self, seq: int) -> None:
        deadline = time.monotonic() + WAIT_SECONDS
        while self.seen.last < seq and time.monotonic() < deadline:
            self.poll()


class StreamFollower(Follower):
    """Reads a stream of events on a thread of its own until dropped; can come back where it left."""

    def __init__(self, browser: Browser, session: str) -> None:
        super().__init__(browser, session)
        self.traffic = Traffic()
        self._news = threading.Condition()
        self._connection: CountedConnection | None = None
        self._thread: threading.Thread | None = None

    def open(self) -> None:
        """Begin, or begin again after the last event seen."""
        connection = CountedConnection(self.browser.host, self.traffic)
        headers = self.browser.headers() | {"Accept": "text/event-stream"}
        if self.seen.last:
            headers["Last-Event-ID"] = str(self.seen.last)
        self.traffic.requests += 1
        connection.request("GET", self.path("events"), headers=headers)
        response = connection.getresponse()
        if response.status != http.HTTPStatus.OK:
            connection.close()
            raise Unexpected(f"stream of events: {response.status}")
        self._connection = connection
        self._thread = threading.Thread(target=self._read, args=(response,), daemon=True)
        self._thread.start()

    def come_back(self) -> None:
        """Ask for a new ticket and go on after the last event seen."""
        self.renew_ticket()
        self.open()

    def mend(self) -> None:
        """Come back if the line broke by itself, as a page does."""
        if self._thread is not None and not self._thread.is_alive():
            self.drop()
            self.come_back()

    @property
    def is_open(self) -> bool:
        """Tell whether the line still stands."""
        return self._thread is not None and self._thread.is_alive()

    def drop(self) -> None:
        """Break the line without a word, as a bad network does."""
        if self._connection is not None and self._connection.sock is not None:
            with suppress(OSError):  # it may be broken already
                self._connection.sock.shutdown(2)
        if self._thread is not None:
            self._thread.join(timeout=WAIT_SECONDS)
        if self._connection is not None:
            self._connection.close()
        self._connection = self._thread = None

    def catch_up(self, seq: int) -> None:
        self._wait(lambda: self.seen.last >= seq)

    def wait_for(self, count: int) -> None:
        """Wait until `count` acts have arrived."""
        self._wait(lambda: len(self.seen.acts()) >= count)

    def _wait(self, has_come: Callable[[], bool]) -> None:
        deadline = time.monotonic() + WAIT_SECONDS
        while time.monotonic() < deadline:
            self.mend()
            with self._news:
                if self._news.wait_for(has_come, timeout=LOOK_SECONDS):
                    return

    def _read(self, response: http.client.HTTPResponse) -> None:
        try:
            while line := response.readline():
                if line.startswith(b"data: "):
                    with self._news:
                        self.seen.take(json.loads(line[6:]))
                        self._news.notify_all()
        except (OSError, ValueError, http.client.HTTPException):
            return  # the line is broken; whoever follows opens it again
