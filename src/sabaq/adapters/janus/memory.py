"""A `MediaEngine` in memory: who speaks where, and who hears whom. Nothing is heard."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from uuid import UUID

from sabaq.classroom.ports import EngineGone, Feed, Frame


@dataclass(eq=False)
class MemorySpeaker:
    room: "MemoryRoom"
    feed: Feed
    answer: str = "v=0\r\nm=audio 9 answer\r\n"
    candidates: list[Mapping[str, Any] | None] = field(default_factory=list)

    async def candidate(self, candidate: Mapping[str, Any] | None) -> None:
        self.candidates.append(candidate)

    async def close(self) -> None:
        self.room.present.pop(self.feed.key, None)
        self.room.tell()


@dataclass(eq=False)
class MemoryListener:
    """`heard` are the feeds it hears; every change is an offer, as if the browser had to agree each time."""

    offer: Callable[[str], None]
    heard: frozenset[Feed] = frozenset()
    answers: list[str] = field(default_factory=list)
    is_closed: bool = False

    async def hear(self, feeds: Collection[Feed]) -> None:
        if self.heard != frozenset(feeds):
            self.heard = frozenset(feeds)
            self.offer("v=0\r\nm=audio 9 offer\r\n")

    async def answered(self, sdp: str) -> None:
        self.answers.append(sdp)

    async def candidate(self, candidate: Mapping[str, Any] | None) -> None: ...

    async def close(self) -> None:
        self.is_closed = True


@dataclass(eq=False)
class MemoryTap:
    """`heard` is given what a test says on the microphone."""

    room: "MemoryRoom"
    feed: Feed
    heard: Callable[[Frame], None]

    async def close(self) -> None:
        if self in self.room.taps:
            self.room.taps.remove(self)


@dataclass(eq=False)
class MemoryRoom:
    present: dict[str, Feed] = field(default_factory=dict)
    taps: list[MemoryTap] = field(default_factory=list)
    listeners: list[MemoryListener] = field(default_factory=list)
    changed: list[Callable[[], None]] = field(default_factory=list)
    numbers: "count[int]" = field(default_factory=count)

    @property
    def feeds(self) -> frozenset[Feed]:
        return frozenset(self.present.values())

    def listener(self, offer: Callable[[str], None]) -> MemoryListener:
        self.listeners.append(MemoryListener(offer))
        return self.listeners[-1]

    async def speak(
        self, place: str, speaker: str, offer: str, *, is_fine: bool = False
    ) -> MemorySpeaker:
        feed = Feed(f"{place}|{speaker}|{next(self.numbers)}", place, speaker, is_fine)
        self.present[feed.key] = feed
        self.tell()
        return MemorySpeaker(self, feed)

    async def tap(self, feed: Feed, heard: Callable[[Frame], None]) -> MemoryTap:
        self.taps.append(MemoryTap(self, feed, heard))
        return self.taps[-1]

    async def leave(self) -> None:
        self.changed.clear()

    def tell(self) -> None:
        for changed in tuple(self.changed):
            changed()


@dataclass
class MemoryEngine:
    """`die` ends everything at once, as a kill does; the rooms of a next life are empty."""

    is_alive: bool = True
    rooms: dict[UUID, MemoryRoom] = field(default_factory=dict)
    gone: list[Callable[[], None]] = field(default_factory=list)

    async def start(self) -> None: ...

    async def stop(self) -> None: ...

    async def room(
        self, session: UUID, *, changed: Callable[[], None], gone: Callable[[], None]
    ) -> MemoryRoom:
        if not self.is_alive:
            raise EngineGone
        room = self.rooms.setdefault(session, MemoryRoom())
        room.changed.append(changed)
        self.gone.append(gone)
        return room

    async def close_room(self, session: UUID) -> None:
        self.rooms.pop(session, None)

    def die(self) -> None:
        self.rooms.clear()
        gone, self.gone = self.gone, []
        for tell in gone:
            tell()
