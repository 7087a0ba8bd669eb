"""Pure rules of the class, a module a topic; here what several topics share."""

import unicodedata

_UNSEEN = ("Cc", "Cs")  # controls, and halves of characters


def tidy_text(text: str) -> str:
    """Give a written text as it is kept: lines ended alike, no space around it, nothing that no eye can see."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    return "".join(c for c in text if c == "\n" or unicodedata.category(c) not in _UNSEEN).strip()
