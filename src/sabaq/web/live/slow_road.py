"""The slow road: voice over plain HTTPS, for a network that lets nothing else through.

A microphone that somebody on this road hears is tapped once; its frames are put together for a quarter of a second
and given to all who hear it, as they are. Whoever takes them too slowly misses some, and is never further behind
than `LONGEST_BEHIND`.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from typing import Any, Protocol

from sabaq.classroom.ports import EngineGone, EngineRefused, Feed, Frame, Tap

# Four frames of 60 ms: each message costs some eighty bytes of headers on its way.
TOGETHER_FOR = 0.24
LONGEST_BEHIND = 3.0
_TICKS_A_MILLISECOND = 48
_LARGEST = 2**16


@dataclass(frozen=True)
class Batch:
    """Frames of one microphone. `number` tells microphones apart, as long as one is tapped."""

    number: int
    frames: tuple[Frame, ...]

    @cached_property
    def message(self) -> bytes:
        """Give it as it goes over the wire, written once for all.

        One byte of the microphone's number and four of the first frame's `at`; then for each frame two bytes
        of milliseconds since the first, two of length, and its Opus. Numbers are big-endian.
        """
        begins = self.frames[0].at
        parts = [bytes([self.number % 256]), begins.to_bytes(4)]
        for frame in self.frames:
            since = (frame.at - begins) % 2**32 // _TICKS_A_MILLISECOND
            if since < _LARGEST and len(frame.opus) < _LARGEST:
                parts += [since.to_bytes(2), len(frame.opus).to_bytes(2), frame.opus]
        return b"".join(parts)


class Hearer(Protocol):
    def take(self, batch: Batch) -> None: ...


class Taps:
    """The microphones of one class that are tapped, and who hears them."""

    def __init__(self, tap: Callable[[Feed, Callable[[Frame], None]], Awaitable[Tap]]) -> None:
        self._tap = tap
        self._tapped: dict[Feed, _Tapped] = {}
        self._numbers = count()

    async def hear(self, hearer: Hearer, feeds: Collection[Feed]) -> None:
        """Let somebody hear these microphones and no others; one that has gone meanwhile is left out."""
        for feed, tapped in tuple(self._tapped.items()):
            if hearer in tapped.hearers and feed not in feeds:
                tapped.hearers.discard(hearer)
                if not tapped.hearers:
                    del self._tapped[feed]
                    await tapped.close()
        for feed in feeds:
            if feed not in self._tapped:
                self._tapped[feed] = _Tapped(next(self._numbers))
                self._tapped[feed].hearers.add(hearer)
                await self._open(feed, self._tapped[feed])
            else:
                self._tapped[feed].hearers.add(hearer)

    async def _open(self, feed: Feed, tapped: "_Tapped") -> None:
        try:
            tap = await self._tap(feed, tapped.heard)
        except (EngineGone, EngineRefused):
            if self._tapped.get(feed) is tapped:
                del self._tapped[feed]
            return
        tapped.tap = tap
        if self._tapped.get(feed) is not tapped:  # nobody hears it any more
            await tapped.close()


class _Tapped:
    def __init__(self, number: int) -> None:
        self.number = number
        self.hearers: set[Hearer] = set()
        self.tap: Tap | None = None
        self._together: list[Frame] = []
        self._soon: asyncio.TimerHandle | None = None

    def heard(self, frame: Frame) -> None:
        if not self._together:
            loop = asyncio.get_running_loop()
            self._soon = loop.call_later(TOGETHER_FOR, self._give)
        self._together.append(frame)

    def _give(self) -> None:
        batch, self._together = Batch(self.number, tuple(self._together)), []
        for hearer in tuple(self.hearers):
            hearer.take(batch)

    async def close(self) -> None:
        if self._soon:
            self._soon.cancel()
        if self.tap:
            await self.tap.close()


class SlowListener:
    """See `sabaq.classroom.ports.Listener`. Sends batches by `send`, one after the other."""

    def __init__(self, taps: Taps, send: Callable[[bytes], Awaitable[None]]) -> None:
        self._taps, self._send = taps, send
        self._waiting: deque[Batch] = deque(maxlen=round(LONGEST_BEHIND / TOGETHER_FOR))
        self._something = asyncio.Event()
        self._task = asyncio.ensure_future(self._go_on())

    def take(self, batch: Batch) -> None:
        self._waiting.append(batch)
        self._something.set()

    async def hear(self, feeds: Collection[Feed]) -> None:
        await self._taps.hear(self, feeds)

    async def answered(self, sdp: str) -> None:
        """Nothing is asked of a browser on this road."""

    async def candidate(self, candidate: Mapping[str, Any] | None) -> None:
        """Nothing is asked of a browser on this road."""

    async def close(self) -> None:
        await self._taps.hear(self, ())
        self._task.cancel()
        with suppress(asyncio.CancelledError):
            await self._task

    async def _go_on(self) -> None:
        while True:
            await self._something.wait()
            self._something.clear()
            while self._waiting:
                await self._send(self._waiting.popleft().message)
