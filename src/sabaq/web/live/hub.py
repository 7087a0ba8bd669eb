"""One reader for all followers of this process.

A single thread with a single database connection looks, for every session that is followed, for events
after the last one it has read: when it is woken by a commit, in this process or on PostgreSQL in any other,
and every 200 ms in any case. Followers wait on the event loop and hold neither thread nor connection.
"""

import asyncio
import resource
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable, Coroutine
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog
from django.db import DatabaseError, close_old_connections, connection

from sabaq.classroom import effects
from sabaq.classroom.events.running import ClassBegan
from sabaq.classroom.queries.polls import uncounted_polls
from sabaq.classroom.queries.questions import uncounted_questions
from sabaq.classroom.queries.running import events_after, last_seq, over_since
from sabaq.classroom.services.polls import COUNTS_AT_MOST_EVERY, count_votes
from sabaq.classroom.services.presence import note_guests, note_presence
from sabaq.classroom.services.questions import count_supporters
from sabaq.kernel import clock
from sabaq.web.live.alarm import Alarm
from sabaq.web.live.lines import OVER, RENEW, Followed, Seen
from sabaq.web.live.rights import lapsed
from sabaq.web.live.tickets import VALID_FOR, Holder, Ticket

log = structlog.get_logger("sabaq.live")
LOOK_EVERY = 0.2
STILL_AT_MOST = 0.3
COUNT_EVERY = 1.0
NOTE_PRESENCE_EVERY = timedelta(seconds=10)
# How soon a stream ends whose link was revoked, or whose holder lost her role.
CHECK_RIGHTS_EVERY = 3.0
TICK_EVERY = 1.0
# A class that has ended is followed a little longer: its last slide, its totals, somebody who comes late.
FOLLOWED_AFTER_END = timedelta(minutes=10)
# Left for pages, the database, and those who are told that the class is full.
FILES_KEPT_BACK = 256
READ_AT_FIRST = 500


class Hub:
    """Lives on one event loop; `start` and `stop` are called by the server's lifespan."""

    def __init__(self) -> None:
        self.sessions: dict[int, Followed] = {}
        self.closing = asyncio.Event()
        self.room_for = max(1, resource.getrlimit(resource.RLIMIT_NOFILE)[0] - FILES_KEPT_BACK)
        self.following = 0
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._ticking: asyncio.TimerHandle | None = None
        self._alarm = Alarm()
        self._stop = False
        self._jobs: deque[Callable[[], None]] = deque()
        self._sightings: deque[tuple[int, int, datetime]] = deque()
        # Whose tickets may still be good, and until when; and who of them may follow no longer.
        self._holders: dict[Holder, float] = {}
        self._lapsed: set[Holder] = set()
        self._noted_at = datetime.min.replace(tzinfo=UTC)
        self._counted_at = self._checked_at = 0.0

    def start(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._thread = threading.Thread(target=self._read, name="live-reader", daemon=True)
        effects.on_append(self._woken)
        self._thread.start()
        self._ticking = self._loop.call_later(TICK_EVERY, self._tick)

    def close(self) -> None:
        """Tell every follower to go: their streams end at once."""
        self.closing.set()
        for followed in self.sessions.values():
            self._attend(followed)
            followed.wake()

    def stop(self) -> None:
        """Tell every follower to go, and end the reader once it has noted who was here."""
        effects.forget(self._woken)
        self.close()
        if self._ticking:
            self._ticking.cancel()
        self._stop = True
        self._alarm.ring()
        if self._thread:
            self._thread.join(timeout=2)
            if not self._thread.is_alive():
                self._alarm.close()

    @property
    def is_full(self) -> bool:
        """Tell whether one more follower would take the files that pages need."""
        return self.following >= self.room_for

    def has_lapsed(self, ticket: Ticket) -> bool:
        """Tell whether the right was withdrawn by which the ticket was given, as far as is known."""
        return bool(self._lapsed) and ticket.holder in self._lapsed

    async def follow(self, ticket: Ticket) -> Followed:
        """Count a follower in; she is present for as long as her connection is open.

        Whoever calls this calls `leave` when it has returned, however the follower goes.
        """
        session_id, enrolment_id = ticket.session_id, ticket.enrolment_id
        followed = self.sessions.get(session_id)
        if followed is None:
            begun = await self.ask(lambda: _as_it_stands(session_id))
            followed = self.sessions.setdefault(session_id, begun)
        followed.followers += 1
        self.following += 1
        self.keep(ticket)
        if enrolment_id is not None:
            followed.present[enrolment_id] = followed.present.get(enrolment_id, 0) + 1
            self._saw(session_id, enrolment_id)
        elif ticket.link_id is not None:
            followed.guests[ticket.link_id] = followed.guests.get(ticket.link_id, 0) + 1
        return followed

    def keep(self, ticket: Ticket) -> None:
        """Go on asking, for as long as a ticket is good, whether its holder may still follow."""
        self._holders[ticket.holder] = time.monotonic() + VALID_FOR.total_seconds()

    def leave(self, followed: Followed, ticket: Ticket) -> None:
        """Count a follower out."""
        followed.followers -= 1
        self.following -= 1
        enrolment_id = ticket.enrolment_id
        if enrolment_id is not None:
            followed.present[enrolment_id] -= 1
            if not followed.present[enrolment_id]:
                del followed.present[enrolment_id]
                self._saw(followed.session_id, enrolment_id)
        elif ticket.link_id is not None:
            followed.guests[ticket.link_id] -= 1
            if not followed.guests[ticket.link_id]:
                del followed.guests[ticket.link_id]
        if not followed.followers:
            self.sessions.pop(followed.session_id, None)

    def _tick(self) -> None:
        """Beat, and end what is to end: one timer for all followers."""
        for followed in self.sessions.values():
            self._attend(followed)
        if self._loop:
            self._ticking = self._loop.call_later(TICK_EVERY, self._tick)

    def _attend(self, followed: Followed) -> None:
        now = asyncio.get_running_loop().time()
        for line in tuple(followed.lines):
            if self.closing.is_set():
                line.end()
            elif followed.is_over:
                line.end(OVER)
            elif self.has_lapsed(line.position.ticket):
                line.end(RENEW)
            else:
                line.beat(now)

    def _saw(self, session_id: int, enrolment_id: int) -> None:
        # Written together at the reader's next look: a class that comes in at once is one write, not sixty.
        self._sightings.append((session_id, enrolment_id, clock.now()))

    async def backlog(self, session_id: int, seq: int, up_to: int) -> list[Seen]:
        """Read older events than are kept, for somebody who comes back after long."""
        rows: list[Seen] = []
        while not rows or rows[-1].seq < up_to:
            after = rows[-1].seq if rows else seq
            more = await self.ask(lambda after=after: _read_events(session_id, after))  # type: ignore[misc]
            if not more:
                break
            rows += more
        return [row for row in rows if row.seq <= up_to]

    def ask(self, job: Callable[[], Any]) -> Coroutine[Any, Any, Any]:
        """Run `job` in the reader's thread, on its connection; give what it gives."""
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
        self._alarm.ring()
        return asyncio.wait_for(answer, timeout=10)

    def _woken(self, session_id: int) -> None:
        if session_id in self.sessions:
            self._alarm.ring()

    def _read(self) -> None:
        while not self._stop:
            try:
                self._alarm.wait(LOOK_EVERY)
                close_old_connections()
                self._alarm.listen()
                while self._jobs:
                    self._jobs.popleft()()
                followed_now = list(self.sessions.values())
                news = self._look(followed_now)
                if news:
                    self._until_told()
                has_begun = any(event.kind == ClassBegan.__name__ for event in news)
                self._note_presence(followed_now, at_once=has_begun)
                self._count(followed_now)
                self._check(followed_now)
            except Exception:
                log.warning("live_reader_stumbled", exc_info=True)
                connection.close()
                time.sleep(1)
        with suppress(DatabaseError):
            self._note_sightings()
        connection.close()

    def _look(self, followed_now: list[Followed]) -> list[Seen]:
        """Hand new events to the followers; give them."""
        news: list[Seen] = []
        for followed in followed_now:
            events = _read_events(followed.session_id, followed.read_to)
            if events and self._loop:
                self._loop.call_soon_threadsafe(followed.tell, events)
                followed.read_to = events[-1].seq
                news += events
        return news

    def _until_told(self) -> None:
        """Keep still while news goes out to all: Python runs one thread at a time, and what follows can wait."""
        told = threading.Event()
        assert self._loop is not None  # noqa: S101 - it was told of the news
        with suppress(RuntimeError):  # the loop has ended
            self._loop.call_soon_threadsafe(told.set)
            told.wait(STILL_AT_MOST)

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
            if guests := set(followed.guests):
                note_guests(guests, at=at)

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

    def _check(self, followed_now: list[Followed]) -> None:
        """Ask whether those who follow may still, and which classes are long over."""
        now, at = time.monotonic(), clock.now()
        if now - self._checked_at < CHECK_RIGHTS_EVERY:
            return
        self._checked_at = now
        holders = list(self._holders.items())
        no_longer = lapsed([holder for holder, until in holders if until > now], at=at)
        ids = [followed.session_id for followed in followed_now if not followed.is_over]
        over = over_since(ids, before=at - FOLLOWED_AFTER_END) if ids else set()
        stale = [holder for holder, until in holders if until <= now]
        if self._loop and (stale or over or no_longer != self._lapsed):
            self._loop.call_soon_threadsafe(self._settle_rights, no_longer, over, stale)

    def _settle_rights(self, no_longer: set[Holder], over: set[int], stale: list[Holder]) -> None:
        self._lapsed = no_longer
        for holder in stale:
            if self._holders.get(holder, 0) <= time.monotonic():
                self._holders.pop(holder, None)
        for followed in self.sessions.values():
            followed.is_over = followed.is_over or followed.session_id in over
            self._attend(followed)
            followed.wake()


def _as_it_stands(session_id: int) -> Followed:
    over = over_since([session_id], before=clock.now() - FOLLOWED_AFTER_END)
    last = last_seq(session_id)
    # Read once for all: after a restart a whole class comes back at once, and each has missed something.
    latest = _read_events(session_id, max(0, last - READ_AT_FIRST))
    followed = Followed(session_id, latest[-1].seq if latest else last, is_over=bool(over))
    followed.events.extend(latest)
    return followed


def _settle(answer: "asyncio.Future[Any]", value: Any, error: Exception | None) -> None:
    if answer.done():
        return
    if error is not None:
        answer.set_exception(error)
    else:
        answer.set_result(value)


def _read_events(session_id: int, seq: int) -> list[Seen]:
    return [
        Seen(row.seq, row.kind, row.audience, row.enrolment_id, row.payload)
        for row in events_after(session_id, seq)
    ]
