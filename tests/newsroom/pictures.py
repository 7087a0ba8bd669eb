"""Small pictures, made byte by byte, with and without what a camera hides in them."""

import struct
import zlib


def chunk(name: bytes, content: bytes) -> bytes:
    return (
        struct.pack(">I", len(content))
        + name
        + content
        + struct.pack(">I", zlib.crc32(name + content))
    )


def plain_png(width: int, height: int, *hidden: bytes) -> bytes:
    """Give a grey PNG, with these chunks between its head and its picture."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    rows = zlib.compress((b"\0" + b"\x80" * width) * height)
    return (
        b"\x89PNG\r\n\x1a\n" + head + b"".join(hidden) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )


def exif(orientation: int, *, order: str = "<") -> bytes:
    """Give EXIF data that says how the picture is to be turned."""
    mark = b"II*\0" if order == "<" else b"MM\0*"
    entry = struct.pack(f"{order}HHIHH", 0x0112, 3, 1, orientation, 0)
    return mark + struct.pack(f"{order}IH", 8, 1) + entry + b"\0\0\0\0" + b"TAKEN-AT-HOME"


def segment(marker: int, content: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(content) + 2) + content


def jpeg(
    *hidden: bytes, behind: bytes = b"", scan: bytes = b"\x12\xff\x00\x34\xff\xd0\x56"
) -> bytes:
    """Give the structure of a JPEG of 4 x 3: enough for everything but a decoder."""
    frame = segment(0xC0, struct.pack(">BHHB", 8, 3, 4, 1) + b"\x01\x11\x00")
    start = segment(0xDA, b"\x01\x01\x00\x00\x3f\x00")
    jfif = segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0")
    return b"\xff\xd8" + jfif + b"".join(hidden) + frame + start + scan + b"\xff\xd9" + behind


def part(name: bytes, content: bytes) -> bytes:
    return name + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)


def webp(*hidden: bytes, flags: int = 0) -> bytes:
    """Give the structure of a WebP of 4 x 3 with an extended head."""
    head = part(b"VP8X", bytes([flags, 0, 0, 0]) + b"\x03\0\0" + b"\x02\0\0")
    picture = part(b"VP8L", b"\x2f" + struct.pack("<I", 3 | 2 << 14) + b"\0")
    body = b"WEBP" + head + picture + b"".join(hidden)
    return b"RIFF" + struct.pack("<I", len(body)) + body
