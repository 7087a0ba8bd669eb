"""Which characters the committed fonts can print."""

import unicodedata
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

FONTS = Path(__file__).parent / "fonts"
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
# Everyone's text is set in these families, regular and bold: a letter counts only when all four have it.
_LETTERS = (
    "NotoSans-Regular.ttf",
    "NotoSans-Bold.ttf",
    "NotoSerif-Regular.ttf",
    "NotoSerif-Bold.ttf",
)
_SIGNS = "NotoSansMath-Regular.ttf"


def _cmap(name: str) -> frozenset[int]:
    with TTFont(FONTS / name, lazy=True) as font:
        return frozenset(font.getBestCmap())


@cache
def printable() -> frozenset[int]:
    """Give the code points that print in every weight and family."""
    letters = frozenset.intersection(*map(_cmap, _LETTERS))
    return letters | _cmap(_SIGNS)


def plain(text: str) -> str:
    """Give `text` in NFC, without control characters and with any white space as it prints: a space."""
    composed = unicodedata.normalize("NFC", text)
    spaced = "".join(" " if char in "\t\n\r\v\f\x85\u2028\u2029" else char for char in composed)
    return "".join(char for char in spaced if unicodedata.category(char) != "Cc").strip()


def missing_glyphs(text: str) -> frozenset[str]:
    """Give the characters of `text` that the fonts cannot print; empty when all can."""
    known = printable()
    return frozenset(char for char in plain(text) if ord(char) not in known)


def replace_missing(text: str) -> str:
    """Give `text` as `plain`, with U+FFFD for each character that cannot be printed."""
    known = printable()
    return "".join(char if ord(char) in known else REPLACEMENT for char in plain(text))
