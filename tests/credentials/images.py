"""Pictures made for tests, byte by byte."""

import struct
import zlib


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(
    width: int = 240,
    height: int = 80,
    *,
    more: bytes = b"",
    pixels: bytes | None = None,
    colours: int = 0,
) -> bytes:
    """Give a grey PNG; `more` are chunks before the end, `pixels` stand for the right ones,
    `colours` 3 asks for a palette that is not there."""
    rows = b"".join(b"\0" + b"\x7f" * width for _ in range(height)) if pixels is None else pixels
    header = struct.pack(">IIBBBBB", width, height, 8, colours, 0, 0, 0)
    parts = [chunk(b"IHDR", header), chunk(b"IDAT", zlib.compress(rows)), more, chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def svg(body: str = '<path d="M0 0h40v20z"/>', head: str = 'viewBox="0 0 40 20"') -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" {head}>{body}</svg>'.encode()
