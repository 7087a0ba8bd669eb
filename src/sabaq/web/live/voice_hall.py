"""The voice of one class in this process: its lines, its room at the engine, and what the log says of the floor."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import structlog

from sabaq.classroom.events.floor import FloorLanguageSet, FloorTaken
from sabaq.classroom.events.running import ClassEnded
from sabaq.classroom.ports import (
    EngineGone,
    EngineRefused,
    Feed,
    Frame,
    Listener,
    MediaEngine,
    Speaker,
    Tap,
    VoiceRoom,
)
from sabaq.classroom.queries.floor import VoiceOfClass, voice_of_class
from sabaq.classroom.rules.channels import FLOOR, channel_for
from sabaq.web.live.hub import Hub
from sabaq.web.live.lines import Followed, Seen
from sabaq.web.live.slow_road import Taps
from sabaq.web.live.tickets import Ticket
from sabaq.web.live.voice_booths import Booths
from sabaq.web.live.voice_line import VoiceLine

log = structlog.get_logger("sabaq.voice")
LOOK_EVERY = 3.0
# Why a line ends, as its close code says it: the page asks for another ticket, comes again, or rests.
EXPIRED, AGAIN, OVER = 4401, 4503, 4410


class Hall:
    """Opened by the first line of a class, closed after the last."""

    def __init__(self, hub: Hub, engine: MediaEngine, ticket: Ticket, voice: VoiceOfClass) -> None:
        self.hub, self.session_uuid = hub, ticket.session_uuid
        # Nobody's: the hall follows the log and counts as no one's presence.
        self._own_ticket = Ticket(ticket.session_id, ticket.session_uuid)
        self.lines: set[VoiceLine] = set()
        self.floor_language, self.languages = voice.floor_language, voice.languages
        self.has_ended, self.is_closed = voice.has_ended, False
        self.booths = Booths(hub, ticket.session_id)
        self.taps = Taps(self._tap)
        self._engine = engine
        self._room: VoiceRoom | None = None
        self._followed: Followed | None = None
        self._tasks: set[asyncio.Task[Any]] = set()
        self._is_settling = self._must_settle = False

    @classmethod
    async def open(cls, hub: Hub, engine: MediaEngine, ticket: Ticket) -> "Hall":
        """Give the hall of the ticket's class; raise `EngineGone` where the engine is not there in time."""
        session_id = ticket.session_id
        hall = cls(hub, engine, ticket, await hub.ask(lambda: voice_of_class(session_id)))
        if hall.has_ended:
            hall.is_closed = True
            return hall
        hall._followed = await hub.follow(hall._own_ticket)
        hall._followed.watchers.append(hall._read)
        try:
            await hall.booths.look()
            hall._room = await engine.room(
                ticket.session_uuid, changed=hall._changed, gone=hall._engine_went
            )
        except BaseException:
            await hall.close(AGAIN)
            raise
        hall.later(hall._look_after())
        return hall

    def feeds_for(self, line: VoiceLine) -> frozenset[Feed]:
        """Give the microphones this line is to hear."""
        return self.booths.choose(line, self._channel_for(line), self._feeds)

    def state_for(self, line: VoiceLine) -> dict[str, Any]:
        """Give what the page shows: which channels are spoken on, the floor's language, what she hears."""
        state: dict[str, Any] = {
            "channels": sorted({self.booths.channel_of(feed) for feed in self._feeds} - {""}),
            "floor": self.floor_language,
            "hears": self._channel_for(line),
            "speaks": line.spoken_on,
        }
        if line.interprets:
            state["booth"] = self.booths.state_for(line, self.lines)
        return state

    def listener(self, offer: Callable[[str], None]) -> Listener:
        if self._room is None:
            raise EngineGone
        return self._room.listener(offer)

    async def speak(
        self, place: str, speaker: str, offer: str, *, is_fine: bool = False
    ) -> Speaker:
        if self._room is None:
            raise EngineGone
        return await self._room.speak(place, speaker, offer, is_fine=is_fine)

    async def _tap(self, feed: Feed, heard: Callable[[Frame], None]) -> Tap:
        if self._room is None:
            raise EngineGone
        return await self._room.tap(feed, heard)

    async def hush_others(self, line: VoiceLine) -> None:
        """One person speaks from one page: the one she spoke from before falls silent."""
        for other in tuple(self.lines):
            if other is not line and other.spoken_on and other.speaker_key == line.speaker_key:
                await other.hush("elsewhere")

    def later(self, what: Coroutine[Any, Any, Any]) -> None:
        """Do something without waiting for it; an engine that goes meanwhile ends the hall anyhow."""
        task = asyncio.ensure_future(_quietly(what))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        # One that was cancelled before it began has not been awaited.
        task.add_done_callback(lambda _: what.close())

    async def close(self, code: int) -> None:
        """End every line, and let go of engine and log."""
        if self.is_closed:
            return
        self.is_closed = True
        for line in tuple(self.lines):
            line.end(code)
        if self._followed:
            self._followed.watchers.remove(self._read)
            self.hub.leave(self._followed, self._own_ticket)
        room, self._room = self._room, None
        for task in tuple(self._tasks):
            if task is not asyncio.current_task():
                task.cancel()
        if room:
            await room.leave()

    @property
    def _feeds(self) -> frozenset[Feed]:
        return self._room.feeds if self._room else frozenset()

    def _channel_for(self, line: VoiceLine) -> str:
        others = {self.booths.channel_of(feed) for feed in self._feeds if line.hears(feed)} - {""}
        return channel_for(line.wanted, self.floor_language, others) if line.wanted else ""

    def _changed(self) -> None:
        """Settle everybody anew; what changes meanwhile is settled after that."""
        self._must_settle = True
        if not self._is_settling:
            self._is_settling = True
            self.later(self._settle())

    async def _settle(self) -> None:
        try:
            while self._must_settle:
                self._must_settle = False
                await asyncio.gather(*(_quietly(line.settle()) for line in tuple(self.lines)))
                await self.ask_for_fine()
        finally:
            self._is_settling = False

    async def ask_for_fine(self) -> None:
        """Ask whoever an interpreter hears for a fine feed, and whoever no interpreter hears for none."""
        needed = {one for line in self.lines if line.needs_fine for one in line.heard_speakers}
        speaking = [line for line in tuple(self.lines) if line.spoken_on]
        await asyncio.gather(
            *(_quietly(line.want_fine(wanted=line.speaker_key in needed)) for line in speaking)
        )

    def _engine_went(self) -> None:
        self.later(self.close(AGAIN))

    def _read(self, events: list[Seen]) -> None:
        """Take from the log what changes who speaks, or in which language."""
        if self.booths.note(events):
            self.later(self._look_at_booths())
        for event in events:
            if event.kind == FloorLanguageSet.__name__:
                self.floor_language = event.payload["language"]
                self._changed()
            elif event.kind == FloorTaken.__name__:
                for line in tuple(self.lines):
                    if line.spoken_on == FLOOR and line.ticket.enrolment_id == event.enrolment_id:
                        self.later(line.hush("taken"))
            elif event.kind == ClassEnded.__name__:
                self.has_ended = True
                self.later(self._end())

    async def _look_at_booths(self) -> None:
        if await self.booths.look():
            self._changed()
        for line in tuple(self.lines):
            if line.interprets:
                await line.tell_news(self.state_for(line))

    async def _end(self) -> None:
        await self.close(OVER)
        await self._engine.close_room(self.session_uuid)

    async def _look_after(self) -> None:
        """Look every few seconds whether everybody may still be here, and whoever speaks still speak."""
        while not self.is_closed:
            await asyncio.sleep(LOOK_EVERY)
            if self.hub.closing.is_set():
                await self.close(AGAIN)
            for line in tuple(self.lines):
                self.hub.keep(line.ticket)
                await line.tell_detour()
                if self.hub.has_lapsed(line.ticket):
                    line.end(EXPIRED)
                elif line.spoken_on and not await line.may_still_speak():
                    await line.hush("forbidden")
                elif line.interprets:
                    await line.tell_news(self.state_for(line))
            await self.booths.end_empty_turns(self._feeds)


async def _quietly(what: Coroutine[Any, Any, Any]) -> None:
    try:
        await what
    except (EngineGone, EngineRefused):
        log.warning("voice_engine_did_not_answer")
