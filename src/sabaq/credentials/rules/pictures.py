"""Pictures sent for a certificate: of a known kind, complete, of a sensible size, and unable to act.

What is kept is not the file that was sent but what was understood of it: a PNG without the notes that
cameras and programs leave in it, a drawing built anew from the shapes that may be in one.
"""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from sabaq.credentials.enums import PictureKind
from sabaq.credentials.errors import (
    PictureDamaged,
    PictureMoves,
    PictureRefused,
    PictureTooFewDots,
    PictureTooLarge,
    PictureTooManyDots,
)
from sabaq.credentials.rules.drawings import rebuilt_drawing

KILOBYTES, MOST_DOTS, LEAST_DOTS = 300, 3000, 200
_PNG = b"\x89PNG\r\n\x1a\n"
# PNG (ISO/IEC 15948): what is needed to show the picture; all else is notes.
_NEEDED = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"sRGB"}
_MOVING = {b"acTL", b"fcTL", b"fdAT"}
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_DEPTHS = {0: {1, 2, 4, 8, 16}, 2: {8, 16}, 3: {1, 2, 4, 8}, 4: {8, 16}, 6: {8, 16}}


@dataclass(frozen=True)
class CheckedPicture:
    data: bytes
    kind: PictureKind


def checked_picture(data: bytes) -> CheckedPicture:
    """Give the picture as it may be kept, or raise a `PictureRefused` that says what is wrong with it."""
    if len(data) > KILOBYTES * 1000:
        raise PictureTooLarge(size=-(-len(data) // 1000), most=KILOBYTES)
    if data.startswith(_PNG):
        return CheckedPicture(_checked_png(data), PictureKind.PNG)
    if b"<svg" in data or b":svg" in data:
        return CheckedPicture(rebuilt_drawing(data), PictureKind.SVG)
    raise PictureRefused


def _checked_png(data: bytes) -> bytes:
    chunks = list(_chunks(data))
    names = [name for name, _ in chunks]
    if not names or names[0] != b"IHDR" or names[-1] != b"IEND" or names.count(b"IHDR") != 1:
        raise PictureDamaged
    if _MOVING & set(names):
        raise PictureMoves
    _check_header(chunks[0][1], b"".join(body for name, body in chunks if name == b"IDAT"))
    kept = (_chunk(name, body) for name, body in chunks if name in _NEEDED)
    return _PNG + b"".join(kept)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = len(_PNG)
    while place < len(data):
        if place + 12 > len(data):
            raise PictureDamaged
        (length,) = struct.unpack(">I", data[place : place + 4])
        name, body = data[place + 4 : place + 8], data[place + 8 : place + 8 + length]
        (checksum,) = struct.unpack(
            ">I", data[place + 8 + length : place + 12 + length] or b"\0" * 4
        )
        if len(body) != length or zlib.crc32(name + body) != checksum:
            raise PictureDamaged
        yield name, body
        place += 12 + length
        if name == b"IEND":
            return  # whatever was hidden behind the end is left behind


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def _check_header(header: bytes, pixels: bytes) -> None:
    if len(header) != 13:
        raise PictureDamaged
    width, height, depth, colours, _, _, interlaced = struct.unpack(">IIBBBBB", header)
    if max(width, height) > MOST_DOTS:
        raise PictureTooManyDots(width=width, height=height, most=MOST_DOTS)
    if depth not in _DEPTHS.get(colours, ()) or interlaced not in {0, 1} or not width * height:
        raise PictureDamaged
    if max(width, height) < LEAST_DOTS:
        raise PictureTooFewDots(width=width, height=height, least=LEAST_DOTS)
    line = -(-width * _CHANNELS[colours] * depth // 8) + 1
    _unpack(pixels, expected=None if interlaced else line * height, most=line * height + 8 * height)


def _unpack(pixels: bytes, *, expected: int | None, most: int) -> None:
    """Unpack no more than the measures allow: a small file may hold gigabytes."""
    reader = zlib.decompressobj()
    try:
        held = len(reader.decompress(pixels, most + 1))
    except zlib.error as error:
        raise PictureDamaged from error
    if not reader.eof or held > most or (expected is not None and held != expected):
        raise PictureDamaged
