"""One reader for all followers of this process.

A single thread with a single database connection looks, for every session that is followed, for events
after the last one it has read: when it is woken by a commit in this process, and every 200 ms in any
case. Followers wait on the event loop and hold neither thread nor connection.
"""

import asyncio
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

import structlog
from django.db import DatabaseError, close_old_connections, connection
from django.db.models import Max

from sabaq.classroom import effects
from sabaq.classroom.events.running import ClassBegan
from sabaq.classroom.models import ClassEvent
from sabaq.classroom.queries.polls import uncounted_polls
from sabaq.classroom.queries.questions import uncounted_questions
from sabaq.classroom.queries.running import events_after
from sabaq.classroom.services.polls import COUNTS_AT_MOST_EVERY, count_votes
from sabaq.classroom.services.presence import note_presence
from sabaq.classroom.services.questions import count_supporters
from sabaq.kernel import clock

log = structlog.get_logger("sabaq.live")
LOOK_EVERY = 0.2
COUNT_EVERY = 1.0
NOTE_PRESENCE_EVERY = timedelta(seconds=10)
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
        # The log has no gaps, so the place of an event follows from its number.
        return list(islice(self.events, seq + 1 - first, None))


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
        self._sightings: deque[tuple[int, int, datetime]] = deque()
        self._noted_at = datetime.min.replace(tzinfo=UTC)
        self._counted_at = 0.0

    def start(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._thread = threading.Thread(target=self._read, name="live-reader", daemon=True)
        effects.on_append(self._woken)
        self._thread.start()

    def close(self) -> None:
        """Tell every follower to go: their streams end at once."""
        self.closing.set()
        for followed in self.sessions.values():
            followed.news.set()

    def stop(self) -> None:
        """Tell every follower to go, and end the reader once it has noted who was here."""
        effects.forget(self._woken)
        self.close()
        self._stop = True
        self._wake.set()
        if self._thread:
            self._thread.join(timeout=2)

    async def follow(self, session_id: int, enrolment_id: int | None) -> Followed:
        """Count a follower in; she is present for as long as her connection is open.

        Whoever calls this calls `leave` when it has returned, however the follower goes.
        """
        followed = self.sessions.get(session_id)
        if followed is None:
            last = await self._in_reader(lambda: _last_seq(session_id))
            followed = self.sessions.setdefault(session_id, Followed(session_id, read_to=last))
        followed.followers += 1
        if enrolment_id is not None:
            followed.present[enrolment_id] = followed.present.get(enrolment_id, 0) + 1
            self._saw(session_id, enrolment_id)
        return followed

    def leave(self, followed: Followed, enrolment_id: int | None) -> None:
        """Count a follower out."""
        followed.followers -= 1
        if enrolment_id is not None:
            followed.present[enrolment_id] -= 1
            if not followed.present[enrolment_id]:
                del followed.present[enrolment_id]
                self._saw(followed.session_id, enrolment_id)
        if not followed.followers:
            self.sessions.pop(followed.session_id, None)

    def _saw(self, session_id: int, enrolment_id: int) -> None:
        # Written together at the reader's next look: a class that comes in at once is one write, not sixty.
        self._sightings.append((session_id, enrolment_id, clock.now()))

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
        while not self._stop:
            self._wake.wait(LOOK_EVERY)
            self._wake.clear()
            try:
                close_old_connections()
                while self._jobs:
                    self._jobs.popleft()()
                followed_now = list(self.sessions.values())
                has_begun = self._look(followed_now)
                self._note_presence(followed_now, at_once=has_begun)
                self._count(followed_now)
            except Exception:
                log.warning("live_reader_stumbled", exc_info=True)
                connection.close()
                self._wake.wait(1)
        with suppress(DatabaseError):
            self._note_sightings()
        connection.close()

    def _look(self, followed_now: list[Followed]) -> bool:
        """Hand new events to the followers; tell whether a class has just begun."""
        has_begun = False
        for followed in followed_now:
            events = _read_events(followed.session_id, followed.read_to)
            if events and self._loop:
                self._loop.call_soon_threadsafe(_tell, followed, events)
                followed.read_to = events[-1].seq
                has_begun = has_begun or any(event.kind == ClassBegan.__name__ for event in events)
        return has_begun

    def _note_presence(self, followed_now: list[Followed], *, at_once: bool) -> None:
        """Note who came and went, and every ten seconds who is here."""
        self._note_sightings()
        at = clock.now()
        if not at_once and abs(at - self._noted_at) < NOTE_PRESENCE_EVERY:
            return
        self._noted_at = at
        for followed in followed_now:
            if present := set(followed.present):
                note_presence(followed.session_id, present, at=at)

    def _note_sightings(self) -> None:
        seen: dict[tuple[int, datetime], dict[int, datetime]] = defaultdict(dict)
        while self._sightings:
            session_id, enrolment_id, at = self._sightings.popleft()
            seen[session_id, at.replace(microsecond=0)][enrolment_id] = at
        for (session_id, _), last_seen in seen.items():
            note_presence(session_id, set(last_seen), at=max(last_seen.values()))

    def _count(self, followed_now: list[Followed]) -> None:
        """Tell the numbers of votes and of supporters that have changed since they were last told."""
        if not followed_now or time.monotonic() - self._counted_at < COUNT_EVERY:
            return
        self._counted_at, at = time.monotonic(), clock.now()
        ids = [followed.session_id for followed in followed_now]
        for run in uncounted_polls(ids, counted_before=at - COUNTS_AT_MOST_EVERY):
            count_votes(run, at=at)
        for question in uncounted_questions(ids, counted_before=at - COUNTS_AT_MOST_EVERY):
            count_supporters(question, at=at)


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
