"""Pictures of a pack: small, with words in their place, and unable to do anything but be seen."""

import re
import struct
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext_lazy as _

from sabaq.courses.packs.findings import Findings
from sabaq.courses.packs.markdown import pictures_of
from sabaq.courses.packs.parts import Picture
from sabaq.kernel.ids import digest

FOLDER = "media/"
PICTURE_HOLDS = 60_000
KINDS = (".svg", ".png", ".webp")
# What an SVG could act with or fetch by, and style, which a strict policy would drop. It is served inert besides;
# here its author learns why.
_ACTS = re.compile(
    rb"<\s*(script|style|foreignObject|iframe|image|animate|set|a)\b|\s(on\w+|style)\s*=|<!ENTITY|<!DOCTYPE|<\?xml-stylesheet"
    rb"|javascript:|@import|url\(\s*['\"]?(?!#)|href\s*=\s*['\"](?!#)",
    re.IGNORECASE,
)
_VIEW_BOX = re.compile(rb"viewBox\s*=\s*['\"]\s*[-\d.]+[ ,]+[-\d.]+[ ,]+([\d.]+)[ ,]+([\d.]+)")


def read_pictures(files: Mapping[str, bytes]) -> dict[str, Picture]:
    """Give the pictures in `media/` by path."""
    found = {}
    for path, data in files.items():
        size = _measures(path, data)
        if path.startswith(FOLDER) and size is not None:
            found[path] = Picture(path, digest(data), *size, len(data))
    return found


def check_pictures(files: Mapping[str, bytes], texts: Iterable[str], findings: Findings) -> None:
    """Note pictures of the Markdown files `texts` that nobody could see, and those that are more than a picture."""
    for path in texts:
        for line, target, words in pictures_of(files[path].decode(errors="replace")):
            if not words.strip():
                findings.error(
                    path,
                    line + 1,
                    _("Say in words what the picture shows: ![words](%(target)s)."),
                    target=target,
                )
            if target not in files or not target.startswith(FOLDER):
                findings.error(
                    path,
                    line + 1,
                    _("There is no picture “%(target)s” in media/."),
                    target=target,
                )
    for path, data in files.items():
        if path.startswith(FOLDER):
            _check(path, data, findings)


def _check(path: str, data: bytes, findings: Findings) -> None:
    if not path.endswith(KINDS):
        return
    if len(data) > PICTURE_HOLDS:
        findings.error(
            path,
            1,
            _("The picture weighs %(size)s bytes; at most %(most)s are sent to a phone."),
            size=len(data),
            most=PICTURE_HOLDS,
        )
    acting = _ACTS.search(data) if path.endswith(".svg") else None
    if acting:
        findings.error(
            path,
            data.count(b"\n", 0, acting.start()) + 1,
            _("“%(what)s” has no place in a picture: it may draw, not act or fetch."),
            what=acting[0].decode(errors="replace").strip(),
        )
    if _measures(path, data) is None:
        findings.error(
            path,
            1,
            _(
                "This is no picture whose width and height can be read (an SVG says them as viewBox)."
            ),
        )


def _measures(path: str, data: bytes) -> tuple[int, int] | None:
    """Give width and height in pixels, or None where the file is no picture."""
    if path.endswith(".svg"):
        box = _VIEW_BOX.search(data)
        return (round(float(box[1])), round(float(box[2]))) if box else None
    if path.endswith(".png") and data[:8] == b"\x89PNG\r\n\x1a\n" and len(data) >= 24:
        width, height = struct.unpack(">II", data[16:24])
        return width, height
    if path.endswith(".webp") and data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return _webp(data)
    return None


def _webp(data: bytes) -> tuple[int, int] | None:
    # https://developers.google.com/speed/webp/docs/riff_container: three kinds of first chunk.
    kind = data[12:16]
    if kind == b"VP8X" and len(data) >= 30:
        return int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1
    if kind == b"VP8L" and len(data) >= 25:
        bits = int.from_bytes(data[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8 " and len(data) >= 30:
        width, height = struct.unpack("<HH", data[26:30])
        return width & 0x3FFF, height & 0x3FFF
    return None
