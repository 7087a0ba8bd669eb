"""`/live/<session>/sound?hear=ru`: the slow road as one answer without an end, which a plain `<audio>` plays.

For browsers that can neither keep a WebSocket nor decode by themselves. Several who speak at once are heard one at a
time here: whoever spoke last goes on until she pauses. What is heard is some fifteen seconds old, for browsers fill 32 KB
before they play: docs/operate/voice.md.
"""

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Collection, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from sabaq.classroom.ports import EngineGone, EngineRefused
from sabaq.web.live.ogg import SILENCE, OggOpus, samples
from sabaq.web.live.slow_road import TOGETHER_FOR, Batch, Taps
from sabaq.web.live.tickets import Ticket
from sabaq.web.live.voice_line import VoiceLine
from sabaq.web.live.wishes import Hear, NotUnderstood

if TYPE_CHECKING:
    from sabaq.web.live.voice import VoiceApp

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
RATE = 48_000
# Whoever is silent for so long has paused, and another may be heard.
PAUSE = 0.5
# So much may be missing before silence is written: frames come in bursts.
_MAY_MISS = RATE // 2
_HEADERS = [
    (b"content-type", b"audio/ogg"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]


class OggListener:
    """See `sabaq.classroom.ports.Listener`. Writes what is heard to `send`, and silence where nothing is."""

    def __init__(self, taps: Taps, send: Callable[[bytes], Awaitable[None]]) -> None:
        self._taps, self._send = taps, send
        self._stream = OggOpus(secrets.randbits(32))
        self._packets: list[bytes] = []
        self._number, self._heard_at = -1, 0.0
        self._task = asyncio.ensure_future(self._write())

    def take(self, batch: Batch) -> None:
        now = asyncio.get_running_loop().time()
        if batch.number != self._number and now - self._heard_at < PAUSE:
            return
        self._number, self._heard_at = batch.number, now
        self._packets += [frame.opus for frame in batch.frames]

    async def hear(self, feeds: Collection[Any]) -> None:
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

    async def _write(self) -> None:
        clock = asyncio.get_running_loop().time
        begun = clock()
        await self._send(self._stream.beginning())
        while True:
            await asyncio.sleep(TOGETHER_FOR)
            packets, self._packets = self._packets, []
            coming = self._stream.written + sum(samples(packet) for packet in packets)
            missing = (clock() - begun) * RATE - _MAY_MISS - coming
            # The clock of whoever listens goes on while nobody speaks.
            packets += [SILENCE] * max(
                0, min(round(missing / samples(SILENCE)), 200 - len(packets))
            )
            if packets:
                await self._send(self._stream.page(packets[:200]))


async def sound(
    voice: "VoiceApp", ticket: Ticket, channel: str, receive: Receive, send: Send
) -> int:
    """Answer with what is heard in this language until its holder goes or must; give a status where it cannot."""

    async def write(body: bytes) -> None:
        with suppress(OSError, RuntimeError):
            await send({"type": "http.response.body", "body": body, "more_body": True})

    try:
        hall = await voice.hall_of(ticket)
    except EngineGone:
        return 503
    if hall.has_ended:
        return 410
    line = VoiceLine(hall, ticket, _says_nothing)
    line.take_road(lambda: OggListener(hall.taps, write))
    hall.lines.add(line)
    try:
        if channel not in {*hall.languages, "floor"}:
            return 404
        await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
        await line.begin_to_listen()
        await line.do(Hear(channel))
        await _until_gone(line, receive)
    except (EngineGone, EngineRefused, NotUnderstood):
        pass  # the answer ends, and the page comes again
    finally:
        await voice.let_go(hall, line)
    with suppress(OSError, RuntimeError):
        await send({"type": "http.response.body", "body": b"", "more_body": False})
    return 200


async def _until_gone(line: VoiceLine, receive: Receive) -> None:
    ended = asyncio.ensure_future(line.ended.wait())
    try:
        while not line.ended.is_set():
            coming = asyncio.ensure_future(receive())
            await asyncio.wait({coming, ended}, return_when=asyncio.FIRST_COMPLETED)
            if ended.done():
                coming.cancel()
            elif coming.result()["type"] == "http.disconnect":
                return
    finally:
        ended.cancel()


async def _says_nothing(_message: dict[str, Any]) -> None:
    """There is no line on which to say it."""
