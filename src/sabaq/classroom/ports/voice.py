"""What the classroom asks of an engine that carries voice, in our own words.

A class has one room. Whoever speaks brings a *feed* into it, from the floor or from a booth, and a *fine* one
beside it where an interpreter hears her. Whoever listens has one connection, and says of which feeds it is
made; changing them leaves no gap. SDP (RFC 8866) and ICE candidates (RFC 8839) pass through as browsers write them.

All of it lives on one event loop. A room, and everything in it, is gone when the engine ends:
`EngineGone` is raised then, and whoever was there comes again.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol
from uuid import UUID


class EngineGone(Exception):
    """The engine is not there, or went while it was asked."""


class EngineRefused(Exception):
    """The engine is there and does not do what it was asked."""


@dataclass(frozen=True, slots=True)
class Feed:
    """One microphone: where, and whose (an actor's key). `key` is the engine's name for it.

    A fine one is 48 kbit/s and more in packets of 20 ms, without pauses, for those who interpret from it.
    """

    key: str
    place: str
    speaker: str
    is_fine: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """A moment of a microphone as Opus (RFC 6716). `at` counts 1/48000 s from somewhere, and begins anew at 2**32."""

    at: int
    opus: bytes


class Tap(Protocol):
    """One microphone's frames on their way to this process."""

    async def close(self) -> None:
        """End it; closing what has gone changes nothing."""
        ...


class Speaker(Protocol):
    """One microphone's connection to the engine."""

    @property
    def answer(self) -> str:
        """Give the SDP with which the browser goes on."""
        ...

    async def candidate(self, candidate: Mapping[str, Any] | None) -> None:
        """Pass on an ICE candidate of the browser; None after the last."""
        ...

    async def close(self) -> None:
        """End it; closing what has gone changes nothing."""
        ...


class Listener(Protocol):
    """One browser's hearing."""

    async def hear(self, feeds: Collection[Feed]) -> None:
        """Hear these and no others. Where the browser must agree, an offer is made to it."""
        ...

    async def answered(self, sdp: str) -> None:
        """Pass on the browser's answer to the last offer."""
        ...

    async def candidate(self, candidate: Mapping[str, Any] | None) -> None:
        """Pass on an ICE candidate of the browser; None after the last."""
        ...

    async def close(self) -> None:
        """End it; closing what has gone changes nothing."""
        ...


class VoiceRoom(Protocol):
    """The voice of one class, as it stands at this moment."""

    @property
    def feeds(self) -> frozenset[Feed]:
        """Give every microphone that is heard now."""
        ...

    def listener(self, offer: Callable[[str], None]) -> Listener:
        """Give somebody's hearing; `offer` is called with SDP for the browser to answer."""
        ...

    async def speak(
        self, place: str, speaker: str, offer: str, *, is_fine: bool = False
    ) -> Speaker:
        """Bring a microphone in, from the browser's offer."""
        ...

    async def tap(self, feed: Feed, heard: Callable[[Frame], None]) -> Tap:
        """Give a microphone's frames to `heard` as they come, in their order; one that is lost does not come."""
        ...

    async def leave(self) -> None:
        """Look at the room no longer. Who speaks and listens there stays."""
        ...


class MediaEngine(Protocol):
    """The engine."""

    async def start(self) -> None:
        """Begin to look for the engine; it need not be there yet."""
        ...

    async def stop(self) -> None: ...

    @property
    def is_alive(self) -> bool: ...

    async def room(
        self, session: UUID, *, changed: Callable[[], None], gone: Callable[[], None]
    ) -> VoiceRoom:
        """Give the room of a class, made where it is not there; wait a few seconds for the engine.

        `changed` is called when somebody begins or ends to speak, `gone` when the engine went.
        """
        ...

    async def close_room(self, session: UUID) -> None:
        """Send everybody out of the room of a class, and forget it."""
        ...


@dataclass(frozen=True, slots=True)
class Detour:
    """A way to the engine for a browser that has no UDP: addresses (RFC 7065), a name and a word that lapse."""

    urls: tuple[str, ...]
    name: str
    word: str = field(repr=False)


class Detours(Protocol):
    """Who gives detours. A server may have an engine and none."""

    def detour(self, good_for: float) -> Detour:
        """Give one for a single voice line, to be begun within so many seconds."""
        ...
