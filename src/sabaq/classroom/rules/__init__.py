"""Pure rules of the class, a module a topic; here what several topics share."""

import unicodedata

_UNSEEN = ("Cc", "Cs")  # controls, and halves of characters
# Joiners, marks of direction, spaces: needed between letters, nothing by themselves.
_BLANK = ("Cf", "Zs", "Zl", "Zp")


def tidy_text(text: str) -> str:
    """Give a written text as it is kept: lines ended alike, no space around it, nothing that no eye can see."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    text = "".join(c for c in text if c == "\n" or unicodedata.category(c) not in _UNSEEN).strip()
    return text if any(_is_seen(c) for c in text) else ""


def _is_seen(character: str) -> bool:
    return character != "\n" and unicodedata.category(character) not in _BLANK
