"""One reader for all followers of this process.

A single thread with a single database connection looks, for every session that is followed, for events
after the last one it has read: when it is woken by a commit in this process, and every 200 ms in any
case. Followers wait on the event loop and hold neither thread nor connection.
"""

import asyncio
import threading
from collections import deque
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

import structlog
from django.db import close_old_connections, connection
from django.db.models import Max

from sabaq.classroom import effects
from sabaq.classroom.models import ClassEvent
from sabaq.classroom.queries import events_after
from sabaq.classroom.services import note_presence
from sabaq.kernel import clock

log = structlog.get_logger("sabaq.live")
LOOK_EVERY = 0.2
NOTE_PRESENCE_EVERY = 10.0
KEEP = 2000


@dataclass(frozen=True)
class Seen:
    """An event as followers get it: a plain copy, so that no model object crosses threads."""

    seq: int
    kind: str
    audience: str
    enrolment_id: int | None
    payload: dict[str, Any]


@dataclass
class Followed:
    """One session with followers: the events read so far, and who is present by an open connection."""

    session_id: int
    read_to: int
    events: deque[Seen] = field(default_factory=lambda: deque(maxlen=KEEP))
    news: asyncio.Event = field(default_factory=asyncio.Event)
    followers: int = 0
    present: dict[int, int] = field(default_factory=dict)

    def since(self, seq: int) -> list[Seen] | None:
        """Give the events after `seq`, or None where they begin before what is kept."""
        first = self.events[0].seq if self.events else self.read_to + 1
        if seq + 1 < first:
            return None
        return [event for event in self.events if event.seq > seq]


class Hub:
    """Lives on one event loop; `start` and `stop` are called by the server's lifespan."""

    def __init__(self) -> None:
        self.sessions: dict[int, Followed] = {}
        self.closing = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._wake = threading.Event()
        self._stop = False
        self._jobs: deque[Callable[[], None]] = deque()

    def start(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._thread = threading.Thread(target=self._read, name="live-reader", daemon=True)
        effects.on_append(self._woken)
        self._thread.start()

    def stop(self) -> None:
        """Tell every follower to go, and end the reader."""
        effects.forget(self._woken)
        self._stop = True
        self.closing.set()
        for followed in self.sessions.values():
            followed.news.set()
        self._wake.set()
        if self._thread:
            self._thread.join(timeout=2)

    async def follow(self, session_id: int, enrolment_id: int | None) -> Followed:
        """Count a follower in; she is present for as long as her connection is open."""
        followed = self.sessions.get(session_id)
        if followed is None:
            last = await self._in_reader(lambda: _last_seq(session_id))
            followed = self.sessions.setdefault(session_id, Followed(session_id, read_to=last))
        followed.followers += 1
        if enrolment_id is not None:
            followed.present[enrolment_id] = followed.present.get(enrolment_id, 0) + 1
            if followed.present[enrolment_id] == 1:
                await self._in_reader(lambda: _note(session_id, {enrolment_id}))
        return followed

    def leave(self, followed: Followed, enrolment_id: int | None) -> None:
        """Count a follower out."""
        followed.followers -= 1
        if enrolment_id is not None:
            followed.present[enrolment_id] -= 1
            if not followed.present[enrolment_id]:
                del followed.present[enrolment_id]
                self._jobs.append(lambda: _note(followed.session_id, {enrolment_id}))
                self._wake.set()
        if not followed.followers:
            self.sessions.pop(followed.session_id, None)

    async def backlog(self, session_id: int, seq: int, up_to: int) -> list[Seen]:
        """Read older events than are kept, for somebody who comes back after long."""
        rows: list[Seen] = []
        while not rows or rows[-1].seq < up_to:
            after = rows[-1].seq if rows else seq
            more = await self._in_reader(lambda after=after: _read_events(session_id, after))  # type: ignore[misc]
            if not more:
                break
            rows += more
        return [row for row in rows if row.seq <= up_to]

    def _in_reader(self, job: Callable[[], Any]) -> Coroutine[Any, Any, Any]:
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[Any] = loop.create_future()

        def run() -> None:
            try:
                value = job()
            except Exception as error:  # noqa: BLE001 - handed to whoever asked
                loop.call_soon_threadsafe(_settle, answer, None, error)
            else:
                loop.call_soon_threadsafe(_settle, answer, value, None)

        self._jobs.append(run)
        self._wake.set()
        return asyncio.wait_for(answer, timeout=10)

    def _woken(self, session_id: int) -> None:
        if session_id in self.sessions:
            self._wake.set()

    def _read(self) -> None:
        noted_at = 0.0
        while not self._stop:
            self._wake.wait(LOOK_EVERY)
            self._wake.clear()
            try:
                close_old_connections()
                while self._jobs:
                    self._jobs.popleft()()
                noted_at = self._look(noted_at)
            except Exception:
                log.warning("live_reader_stumbled", exc_info=True)
                connection.close()
                self._wake.wait(1)
        connection.close()

    def _look(self, noted_at: float) -> float:
        followed_now = list(self.sessions.values())
        for followed in followed_now:
            events = _read_events(followed.session_id, followed.read_to)
            if events and self._loop:
                self._loop.call_soon_threadsafe(_tell, followed, events)
                followed.read_to = events[-1].seq
        now = clock.now().timestamp()
        if abs(now - noted_at) < NOTE_PRESENCE_EVERY:
            return noted_at
        for followed in followed_now:
            if followed.present:
                _note(followed.session_id, set(followed.present))
        return now


def _tell(followed: Followed, events: list[Seen]) -> None:
    followed.events.extend(events)
    news, followed.news = followed.news, asyncio.Event()
    news.set()


def _settle(answer: "asyncio.Future[Any]", value: Any, error: Exception | None) -> None:
    if answer.done():
        return
    if error is not None:
        answer.set_exception(error)
    else:
        answer.set_result(value)


def _last_seq(session_id: int) -> int:
    last = ClassEvent.objects.filter(session_id=session_id).aggregate(last=Max("seq"))["last"]
    return last or 0


def _read_events(session_id: int, seq: int) -> list[Seen]:
    return [
        Seen(row.seq, row.kind, row.audience, row.enrolment_id, row.payload)
        for row in events_after(session_id, seq)
    ]


def _note(session_id: int, enrolment_ids: set[int]) -> None:
    note_presence(session_id, enrolment_ids, at=clock.now())
