"""Opus in Ogg (RFC 3533, RFC 7845) as it is written on the way, without an end and without a length."""

from collections.abc import Sequence

_POLYNOMIAL = 0x04C11DB7
_BEGINS, _LARGEST_PAGE = 2, 255
# Samples at 48 kHz by the configuration of a packet (RFC 6716, table 2): SILK, hybrid, CELT.
_SILK, _HYBRID, _CELT = (480, 960, 1920, 2880), (480, 960), (120, 240, 480, 960)
_HYBRID_FROM, _CELT_FROM, _COUNTED = 12, 16, 3
# Sixty milliseconds of silence: three frames of CELT, and padding that makes it as long as speech. Chromium hands a
# player its sound in blocks of 32 KB: what flows evenly comes evenly late, and a last sentence is not held back.
_PADDING = 110
SILENCE = bytes([0xFB, 0x43, _PADDING]) + b"\xff\xfe" * 3 + bytes(_PADDING)
# What a decoder leaves out at the beginning.
PRE_SKIP = 312


def _table() -> list[int]:
    table = []
    for index in range(256):
        rest = index << 24
        for _ in range(8):
            rest = (rest << 1) ^ (_POLYNOMIAL if rest & 2**31 else 0)
        table.append(rest & 0xFFFFFFFF)
    return table


_TABLE = _table()


def checksum(data: bytes) -> int:
    """Give the sum that a page of Ogg carries, of a page whose own field is zero."""
    rest = 0
    for byte in data:
        rest = (rest << 8 & 0xFFFFFFFF) ^ _TABLE[rest >> 24 ^ byte]
    return rest


def samples(packet: bytes) -> int:
    """Give how long a packet of Opus lasts, in 1/48000 s."""
    configuration, code = packet[0] >> 3, packet[0] & 3
    if configuration < _HYBRID_FROM:
        each = _SILK[configuration % 4]
    elif configuration < _CELT_FROM:
        each = _HYBRID[configuration % 2]
    else:
        each = _CELT[configuration % 4]
    if code == _COUNTED:
        return each * (packet[1] & 0x3F if len(packet) > 1 else 0)
    return each * (2 if code else 1)


class OggOpus:
    """One stream, of one channel. `written` is how much of it there is, in 1/48000 s."""

    def __init__(self, serial: int) -> None:
        self._serial, self._pages = serial, 0
        self.written = 0

    def beginning(self) -> bytes:
        """Give what stands before the first sound."""
        head = b"OpusHead\x01\x01" + PRE_SKIP.to_bytes(2, "little") + (48_000).to_bytes(4, "little")
        tags = b"OpusTags" + (5).to_bytes(4, "little") + b"Sabaq" + bytes(4)
        return self._page([head + bytes(3)], kind=_BEGINS) + self._page([tags])

    def page(self, packets: Sequence[bytes]) -> bytes:
        """Give a page of these packets, 255 at most and each shorter than 255 bytes; longer ones are left out."""
        fitting = [packet for packet in packets if 0 < len(packet) < _LARGEST_PAGE]
        self.written += sum(samples(packet) for packet in fitting)
        return self._page(fitting)

    def _page(self, packets: Sequence[bytes], *, kind: int = 0) -> bytes:
        head = b"OggS\x00" + bytes([kind]) + self.written.to_bytes(8, "little")
        head += self._serial.to_bytes(4, "little") + self._pages.to_bytes(4, "little")
        body = bytes([len(packets), *map(len, packets)]) + b"".join(packets)
        self._pages += 1
        return head + checksum(head + bytes(4) + body).to_bytes(4, "little") + body
