"""One microphone as the engine forwards it to this process: RTP (RFC 3550) over UDP on the loopback."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from sabaq.adapters.janus.link import Handle
from sabaq.classroom.ports import EngineGone, EngineRefused, Feed, Frame

LOOPBACK = "127.0.0.1"
_HEADER, _EXTENSION, _PADDING = 12, 0x10, 0x20


class JanusTap:
    """See `sabaq.classroom.ports.Tap`."""

    def __init__(self, handle: Handle, request: dict[str, Any]) -> None:
        self._handle, self._request = handle, request
        self._transport: asyncio.DatagramTransport | None = None
        self._stream = 0

    async def open(self, feed: Feed, heard: Callable[[Frame], None]) -> None:
        """Ask for the microphone's packets; raise `EngineGone` or `EngineRefused`."""
        loop = asyncio.get_running_loop()
        transport, _ = await loop.create_datagram_endpoint(
            lambda: _Ear(heard), local_addr=(LOOPBACK, 0)
        )
        self._transport = transport
        port = transport.get_extra_info("sockname")[1]
        self._request["publisher_id"] = feed.key
        streams = [{"mid": "0", "host": LOOPBACK, "port": port}]
        body = {**self._request, "request": "rtp_forward", "host": LOOPBACK, "streams": streams}
        try:
            data, _ = await self._handle.ask(body)
            self._stream = int(data["forwarders"][0]["stream_id"])
        except BaseException:
            transport.close()
            raise

    async def close(self) -> None:
        if self._transport is None or self._transport.is_closing():
            return
        self._transport.close()
        body = {**self._request, "request": "stop_rtp_forward", "stream_id": self._stream}
        with suppress(EngineGone, EngineRefused):  # who speaks no longer is forwarded no longer
            await self._handle.ask(body)


class _Ear(asyncio.DatagramProtocol):
    def __init__(self, heard: Callable[[Frame], None]) -> None:
        self._heard = heard
        self._last = -1

    def datagram_received(self, data: bytes, addr: tuple[str | Any, int]) -> None:
        read = read_rtp(data)
        if read is None:
            return
        number, frame = read
        # A packet that was overtaken on its way is as good as lost: what follows it is on its way already.
        if self._last < 0 or 0 < (number - self._last) % 2**16 < 2**15:
            self._last = number
            self._heard(frame)


def read_rtp(packet: bytes) -> tuple[int, Frame] | None:
    """Give a packet's number (16 bits) and its frame, or None where it is no packet of sound."""
    if len(packet) <= _HEADER or packet[0] >> 6 != 2:
        return None
    begins = _HEADER + 4 * (packet[0] & 0x0F)
    if packet[0] & _EXTENSION:
        begins += 4 + 4 * int.from_bytes(packet[begins + 2 : begins + 4])
    ends = len(packet) - (packet[-1] if packet[0] & _PADDING else 0)
    if ends <= begins:
        return None
    at = int.from_bytes(packet[4:8])
    return int.from_bytes(packet[2:4]), Frame(at, packet[begins:ends])
