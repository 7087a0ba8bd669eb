"""A page of the class without its browser: it follows the log, fetches its parts, loses and comes back."""

import html
import json
import re
from collections.abc import Callable
from typing import Any

from django.test import Client

from sabaq.classroom.queries.running import events_after
from sabaq.web.classroom.parts import fingerprint
from sabaq.web.live.lines import Position, Seen, as_sse
from sabaq.web.live.tickets import Ticket

_PART = re.compile(r'<[a-z-]+[^>]*\sdata-part="([^"]+)"')
# What differs each time a part is rendered: the page's own secrets and write ids.
_FRESH = re.compile(r'name="(csrfmiddlewaretoken|write_id)" value="[^"]*"')


class Reader:
    """`heard` is every byte that reached her: events as streams and polls carry them, and parts."""

    def __init__(self, client: Client, ticket: Ticket, now: str, *, sends_have: bool) -> None:
        self.client, self.ticket, self.now, self.sends_have = client, ticket, now, sends_have
        self.heard = b""
        self.events: list[dict[str, Any]] = []
        self.last = 0
        self.position = Position(ticket, 0, 0)
        self.parts = self._fetched()

    def hear(self) -> None:
        """Get what is new, in order, and refresh the page if there was any."""
        batch = self._next()
        for event, prev in batch:
            self.heard += as_sse(event, prev)
            message = event.message(prev)
            if message["seq"] > self.last:
                self.last = message["seq"]
                self.events.append(message)
        if batch:
            self.refresh()

    def lose(self) -> None:
        """What is new is sent and never arrives."""
        self._next()

    def come_back(self) -> None:
        """Follow anew from the last event that arrived."""
        self.position = Position(self.ticket, self.last, self.last)

    def refresh(self) -> None:
        """Fetch the parts as the page does, and put in those that have another key."""
        for name, part in self._fetched(self.parts if self.sends_have else None).items():
            if fingerprint(part) != fingerprint(self.parts.get(name, "")):
                self.parts[name] = part

    def shows(self) -> dict[str, str]:
        return {name: _FRESH.sub("", part) for name, part in self.parts.items()}

    def fresh(self) -> dict[str, str]:
        """Give what somebody sees who opens the same page now."""
        return {name: _FRESH.sub("", part) for name, part in self._fetched().items()}

    def _next(self) -> list[tuple[Seen, int]]:
        rows = events_after(self.ticket.session_id, self.position.read_to)
        return self.position.next(
            Seen(row.seq, row.kind, row.audience, row.enrolment_id, row.payload) for row in rows
        )

    def _fetched(self, had: dict[str, str] | None = None) -> dict[str, str]:
        have = ".".join(f"{name}-{fingerprint(part)}" for name, part in (had or {}).items())
        answer = self.client.get(self.now, {"have": have} if have else {})
        assert answer.status_code in {200, 204}, (self.now, answer.status_code)
        self.heard += answer.content
        text = answer.content.decode()
        starts = [*_PART.finditer(text)]
        ends = [*(start.start() for start in starts), len(text)][1:]
        return {
            start[1]: text[start.start() : end].strip()
            for start, end in zip(starts, ends, strict=True)
        }


def visible(session_id: int, sees: Callable[[str, int | None], bool]) -> list[int]:
    """Give the numbers of the log's events that this audience may see."""
    rows = events_after(session_id, 0)
    return [row.seq for row in rows if sees(row.audience, row.enrolment_id)]


def texts_of(heard: bytes) -> str:
    """Give what was heard as somebody would read it, entities resolved."""
    return html.unescape(heard.decode())


def told_events(heard: bytes) -> list[dict[str, Any]]:
    return [json.loads(line[6:]) for line in heard.split(b"\n") if line.startswith(b"data: {")]
