"""What followers get, and the open streams they get it by.

An event is written out once for all who are in step, and handed to each stream without a task, a timer or
a future of its own: a class of a thousand is one loop over a thousand sockets.
"""

import asyncio
import json
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, cast

from sabaq.web.live.tickets import EVERYBODY, Ticket

Send = Callable[[dict[str, Any]], Awaitable[None]]
KEEP = 2000
BEAT_EVERY = 15.0
# EventSource waits two seconds before it reconnects by itself.
# The page trusts the stream once it has heard the greeting: a proxy that buffers keeps it back.
GREETING = b"retry: 2000\nevent: hello\ndata:\n\n"
BEAT = b"event: beat\ndata:\n\n"
# The ticket ends, and the stream with it; the page comes back with a new one, if it still may.
RENEW = b"event: renew\ndata:\n\n"
# The class ended a while ago, and nothing more is coming.
OVER = b"event: over\ndata:\n\n"
_WRITTEN_AT_ONCE = 64


@dataclass(frozen=True, slots=True)
class Seen:
    """An event as followers get it: a plain copy, so that no model object crosses threads."""

    seq: int
    kind: str
    audience: str
    enrolment_id: int | None
    payload: dict[str, Any]

    def message(self, prev: int) -> dict[str, Any]:
        return {"seq": self.seq, "prev": prev, "kind": self.kind, **self.payload}


def as_sse(event: Seen, prev: int) -> bytes:
    data = json.dumps(event.message(prev), separators=(",", ":"))
    return f"id: {event.seq}\ndata: {data}\n\n".encode()


@dataclass
class Followed:
    """One session with followers: the events read so far, and who is present by an open connection.

    `lines` are the streams that have got everything read so far; one that is catching up joins them then.
    """

    session_id: int
    read_to: int
    is_over: bool = False
    events: deque[Seen] = field(default_factory=lambda: deque(maxlen=KEEP))
    news: asyncio.Event = field(default_factory=asyncio.Event)
    lines: set["Line"] = field(default_factory=set)
    # Whoever in this process must know what happens, as the voice of the class.
    watchers: list[Callable[[list[Seen]], None]] = field(default_factory=list)
    followers: int = 0
    present: dict[int, int] = field(default_factory=dict)
    # By link: guests and rooms, who have no presence.
    guests: dict[int, int] = field(default_factory=dict)
    _written: dict[tuple[int, int], bytes] = field(default_factory=dict)

    def since(self, seq: int) -> list[Seen] | None:
        """Give the events after `seq`, or None where they begin before what is kept."""
        first = self.events[0].seq if self.events else self.read_to + 1
        if seq + 1 < first:
            return None
        # The log has no gaps, so the place of an event follows from its number.
        return list(islice(self.events, seq + 1 - first, None))

    def tell(self, events: list[Seen]) -> None:
        """Hand new events to every stream, and wake those who wait by asking."""
        self.events.extend(events)
        now = asyncio.get_running_loop().time()
        for line in tuple(self.lines):
            line.go_on(events, now)
        for watcher in tuple(self.watchers):
            watcher(events)
        self.wake()

    def wake(self) -> None:
        news, self.news = self.news, asyncio.Event()
        news.set()

    def written(self, event: Seen, prev: int) -> bytes:
        """Give the event as it goes over the wire: made once for all whose last event was the same."""
        if (found := self._written.get((event.seq, prev))) is None:
            if len(self._written) >= _WRITTEN_AT_ONCE:
                self._written.clear()
            found = self._written[event.seq, prev] = as_sse(event, prev)
        return found


@dataclass(slots=True)
class Position:
    """How far one follower has read: `read_to` over all events, `last` over those she may see."""

    ticket: Ticket
    read_to: int
    last: int

    def next(self, unread: Iterable[Seen]) -> list[tuple[Seen, int]]:
        """Go on over these events; give those she may see, each with the number before it in her stream."""
        hers = []
        for event in unread:
            seq, audience = event.seq, event.audience
            if seq <= self.read_to:
                continue  # she has it from elsewhere: from another process, or read just now
            self.read_to = seq
            # A thousand followers ask this of each event: most need no call.
            if audience == EVERYBODY or self.ticket.sees(audience, event.enrolment_id):
                hers.append((event, self.last))
                self.last = seq
        return hers


class Line:
    """One open stream. `catch_up` brings it into step; from then on `go_on` and `beat` keep it there."""

    __slots__ = ("_send", "_task", "beats_at", "ends_at", "followed", "has_ended", "position")

    def __init__(self, followed: Followed, position: Position, send: Send, *, now: float) -> None:
        self.followed, self.position, self._send = followed, position, send
        self.ends_at = now + position.ticket.good_for.total_seconds()
        self.beats_at = now + BEAT_EVERY
        self.has_ended = False
        self._task: asyncio.Task[None] | None = None

    async def catch_up(self, unread_after: Callable[[int], Awaitable[list[Seen]]]) -> None:
        """Send what there is until nothing is left, then join the streams that are in step."""
        while unread := await unread_after(self.position.read_to):
            hers = self.position.next(unread)
            if hers:
                await self._say(b"".join(self.followed.written(*one) for one in hers))
        if not self.has_ended:
            self.followed.lines.add(self)

    def go_on(self, events: list[Seen], now: float) -> None:
        """Send new events now, if they are hers."""
        hers = self.position.next(events)
        if hers:
            written = self.followed.written
            data = written(*hers[0]) if len(hers) == 1 else b"".join(written(*one) for one in hers)
            self._say_now(data, now)

    def beat(self, now: float) -> None:
        """Tell both ends, and every proxy between, that the line is open; end it with its ticket."""
        if now >= self.ends_at:
            self.end(RENEW)
        elif now >= self.beats_at:
            self._say_now(BEAT, now)

    def end(self, last_words: bytes = b"") -> None:
        """Say the last words and end the stream, as a whole answer ends."""
        if not self.has_ended:
            self.leave()
            self._say_now(last_words, self.beats_at, more=False)

    def leave(self) -> None:
        self.has_ended = True
        self.followed.lines.discard(self)

    def _say_now(self, data: bytes, now: float, *, more: bool = True) -> None:
        """Write without waiting; whoever reads too slowly gets the rest by a task of her own."""
        self.beats_at = now + BEAT_EVERY
        message = {"type": "http.response.body", "body": data, "more_body": more}
        sending = cast("Coroutine[Any, Any, None]", self._send(message))
        try:
            # Where there is room in the socket's buffer the server sends at once: no task is needed for that.
            sending.send(None)
        except StopIteration:
            return
        except OSError:
            self.leave()
            return
        sending.close()
        self.followed.lines.discard(self)
        self._task = asyncio.ensure_future(self._say_when_there_is_room(message))

    async def _say_when_there_is_room(self, message: dict[str, Any]) -> None:
        with suppress(OSError):
            await self._send(message)
            if not self.has_ended:
                await self.catch_up(self._kept_after)

    async def _kept_after(self, seq: int) -> list[Seen]:
        kept = self.followed.since(seq)
        if kept is None:  # away for longer than is kept: she comes back and says what she has seen
            self.end()
        return kept or []

    async def _say(self, data: bytes) -> None:
        await self._send({"type": "http.response.body", "body": data, "more_body": True})
