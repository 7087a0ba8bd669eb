"""Photos as they may be published: JPEG, PNG or WebP, with everything taken out that is not the picture.

A camera writes into a file where and when it was taken, by whose camera, and often a small copy of the whole
picture from before it was cropped. None of that is the picture: only the parts that a browser needs to draw it
are kept, by the structure of each format (JPEG: ITU-T T.81 annex B; PNG: W3C PNG 3; WebP: RFC 9649). The
picture itself is not decoded. Pure: bytes in, bytes out.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sabaq.newsroom.errors import PhotoMoves, PhotoTooLarge, PhotoTurned, PhotoUnreadable

LARGEST_KB = 500
TYPES = {"jpeg": "image/jpeg", "png": "image/png", "webp": "image/webp"}
_PNG = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True)
class Picture:
    """A picture without hidden data. `kind` is a key of `TYPES`; width and height are in pixels."""

    data: bytes
    kind: str
    width: int
    height: int


def clean_picture(data: bytes) -> Picture:
    """Give the picture without its hidden data.

    Raises `PhotoTooLarge`, `PhotoUnreadable` (not one of the three formats, or damaged), `PhotoTurned` (it
    would lie on its side without the camera's note), `PhotoMoves`.
    """
    if len(data) > LARGEST_KB * 1000:
        raise PhotoTooLarge(limit=LARGEST_KB)
    try:
        if data.startswith(b"\xff\xd8\xff"):
            picture = _clean_jpeg(data)
        elif data.startswith(_PNG):
            picture = _clean_png(data)
        elif data[:4] == b"RIFF" and data[8:12] == b"WEBP":
            picture = _clean_webp(data)
        else:
            raise PhotoUnreadable
    except (IndexError, ValueError) as error:
        raise PhotoUnreadable from error
    if not picture.width or not picture.height:
        raise PhotoUnreadable
    return picture


def _number(data: bytes, at: int, size: int, order: str = "big") -> int:
    piece = data[at : at + size]
    if len(piece) != size:
        raise PhotoUnreadable
    return int.from_bytes(piece, "little" if order == "little" else "big")


# --- JPEG ---------------------------------------------------------------------------------------------------

_SOI, _EOI, _SOS, _APP1, _APP2, _COM = 0xD8, 0xD9, 0xDA, 0xE1, 0xE2, 0xFE
# JFIF and Adobe's note say how the colours are meant; of APP2 only the colour profile is kept.
_APP_KEPT = {0xE0, 0xEE}
_SIZES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}


def _clean_jpeg(data: bytes) -> Picture:
    kept, width, height = bytearray(b"\xff\xd8"), 0, 0
    for marker, segment in _segments(data):
        if marker in _SIZES:
            height, width = _number(segment, 5, 2), _number(segment, 7, 2)
        if marker == _APP1 and _is_turned(segment[4:]):
            raise PhotoTurned
        if _is_kept(marker, segment):
            kept += segment
    return Picture(bytes(kept + b"\xff\xd9"), "jpeg", width, height)


def _is_kept(marker: int, segment: bytes) -> bool:
    if marker == _APP2:
        return segment[4:16] == b"ICC_PROFILE\0"
    is_app = 0xE0 <= marker <= 0xEF
    return marker != _COM and (not is_app or marker in _APP_KEPT)


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Give marker and bytes of each segment up to the end of the image; what is behind it is no picture."""
    at = 2
    while True:
        if data[at] != 0xFF:
            raise PhotoUnreadable
        while data[at + 1] == 0xFF:  # a marker may be padded
            at += 1
        marker = data[at + 1]
        if marker == _EOI:
            return
        end = at + 2 + _number(data, at + 2, 2)
        if end > len(data) or end < at + 4:
            raise PhotoUnreadable
        if marker == _SOS:
            end = _end_of_scan(data, end)
        yield marker, data[at:end]
        at = end


def _end_of_scan(data: bytes, at: int) -> int:
    """Give where the next marker stands; within a scan 0xFF00 is a byte of the picture, 0xFFD0-D7 a restart."""
    while True:
        at = data.index(b"\xff", at)
        following = data[at + 1]
        if following and not 0xD0 <= following <= 0xD7:
            return at
        at += 2


def _is_turned(exif: bytes) -> bool:
    """Tell whether the camera noted that the picture is to be turned (EXIF tag 0x0112 other than 1)."""
    if exif[:6] != b"Exif\0\0":
        return False
    tiff = exif[6:]
    order = "little" if tiff[:2] == b"II" else "big"
    first = _number(tiff, 4, 4, order)
    for index in range(_number(tiff, first, 2, order)):
        entry = first + 2 + 12 * index
        if _number(tiff, entry, 2, order) == 0x0112:
            return _number(tiff, entry + 8, 2, order) > 1
    return False


# --- PNG ----------------------------------------------------------------------------------------------------

_CHUNKS_KEPT = {
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"bKGD", b"pHYs",
    b"cICP",
}  # fmt: skip


def _clean_png(data: bytes) -> Picture:
    kept, at = bytearray(_PNG), 8
    names: list[bytes] = []
    while not names or names[-1] != b"IEND":
        length, name = _number(data, at, 4), data[at + 4 : at + 8]
        chunk = data[at : at + 12 + length]
        if len(chunk) != 12 + length:
            raise PhotoUnreadable
        if name == b"acTL":
            raise PhotoMoves
        if name in _CHUNKS_KEPT:
            kept += chunk
        names.append(name)
        at += len(chunk)
    if names[0] != b"IHDR" or b"IDAT" not in names:
        raise PhotoUnreadable
    return Picture(bytes(kept), "png", _number(data, 16, 4), _number(data, 20, 4))


# --- WebP ---------------------------------------------------------------------------------------------------

_PARTS_KEPT = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ICCP"}
_ANIMATED, _EXIF, _XMP = 0x02, 0x08, 0x04


def _clean_webp(data: bytes) -> Picture:
    parts = dict(_parts(data))
    kept = b"".join(_part(name, content) for name, content in parts.items() if name in _PARTS_KEPT)
    body = b"WEBP" + kept
    width, height = _webp_size(parts)
    return Picture(b"RIFF" + len(body).to_bytes(4, "little") + body, "webp", width, height)


def _parts(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at, end = 12, 8 + _number(data, 4, 4, "little")
    if end > len(data):
        raise PhotoUnreadable
    while at < end:
        name, length = data[at : at + 4], _number(data, at + 4, 4, "little")
        content = data[at + 8 : at + 8 + length]
        if len(content) != length:
            raise PhotoUnreadable
        if name == b"VP8X":
            if _number(content, 0, 1) & _ANIMATED:
                raise PhotoMoves
            content = bytes([content[0] & ~(_EXIF | _XMP)]) + content[1:]
        if name == b"EXIF" and _is_turned(b"Exif\0\0" + content.removeprefix(b"Exif\0\0")):
            raise PhotoTurned
        yield name, content
        at += 8 + length + length % 2


def _part(name: bytes, content: bytes) -> bytes:
    return name + len(content).to_bytes(4, "little") + content + b"\0" * (len(content) % 2)


def _webp_size(parts: dict[bytes, bytes]) -> tuple[int, int]:
    if b"VP8X" in parts:
        content = parts[b"VP8X"]
        return _number(content, 4, 3, "little") + 1, _number(content, 7, 3, "little") + 1
    if b"VP8L" in parts:
        bits = _number(parts[b"VP8L"], 1, 4, "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    content = parts.get(b"VP8 ", b"")
    if content[3:6] != b"\x9d\x01\x2a":
        raise PhotoUnreadable
    return _number(content, 6, 2, "little") & 0x3FFF, _number(content, 8, 2, "little") & 0x3FFF
