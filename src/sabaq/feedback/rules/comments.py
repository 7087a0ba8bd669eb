"""What must be done to a comment before others read it. Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sabaq.feedback.enums import Theme
from sabaq.feedback.errors import (
    MaskMissing,
    TextTooLong,
    ThemeMissing,
    TranslatorMissing,
    WordingMissing,
)
from sabaq.feedback.rules.texts import one_kind_of_line_end
from sabaq.kernel.errors import DomainError

# Masking and translating may make a text longer.
WORDING_LIMIT, TRANSLATOR_LIMIT = 2000, 200
# Shorter words are particles and endings rather than names.
_NAME_FROM = 4
_WORD = re.compile(r"[^\W\d_]+(?:[-'ʼ’ʻ‘][^\W\d_]+)*")
_ENDS_OF_SENTENCES = ".,;:!?)»\N{RIGHT DOUBLE QUOTATION MARK} "
_ADDRESS = re.compile(r"\S+@\S+|\+?\d[\d\s()-]{4,}\d")


@dataclass(frozen=True)
class Wording:
    """How a comment is to read for others: masked, in the languages of the interface, and sorted."""

    masked: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    translator: str = ""
    theme: str = ""

    @classmethod
    def tidied(
        cls, masked: str, texts: Mapping[str, str], translator: str, theme: str
    ) -> "Wording":
        tidy = {code: one_kind_of_line_end(text) for code, text in texts.items()}
        return cls(
            one_kind_of_line_end(masked),
            {code: text for code, text in tidy.items() if text},
            one_kind_of_line_end(translator),
            theme if theme in Theme.values else "",
        )


def problems_with_wording(wording: Wording) -> dict[str, DomainError]:
    """Give what keeps it from being saved, by field."""
    typed = {"masked": wording.masked, **wording.texts, "translator": wording.translator}
    found: dict[str, DomainError] = {}
    for name, text in typed.items():
        limit = TRANSLATOR_LIMIT if name == "translator" else WORDING_LIMIT
        if len(text) > limit:
            found[name] = TextTooLong(length=len(text), limit=limit)
    return found


def problems_with_release(wording: Wording, languages: Iterable[str]) -> dict[str, DomainError]:
    """Give what keeps others from reading it yet, by field.

    It must stand in every language: where one was missing, readers could see in which it was written.
    """
    found = problems_with_wording(wording)
    if not wording.masked:
        found["masked"] = MaskMissing()
    for code in languages:
        if not wording.texts.get(code):
            found.setdefault(code, WordingMissing())
    if not wording.translator:
        found["translator"] = TranslatorMissing()
    if not wording.theme:
        found["theme"] = ThemeMissing()
    return found


def telling_words(text: str, names: Iterable[str]) -> tuple[str, ...]:
    """Give the words of a text that could tell who wrote it: addresses, long numbers, names of people of the course.

    It finds what is easy to find; a place, a post or a story only a reader sees.
    """
    known = {part.casefold() for name in names for part in _WORD.findall(name)}
    found = [match.rstrip(_ENDS_OF_SENTENCES) for match in _ADDRESS.findall(text)]
    found += [
        word for word in _WORD.findall(text) if len(word) >= _NAME_FROM and word.casefold() in known
    ]
    return tuple(dict.fromkeys(found))
