"""Spaces at which a line must not end, by the rules of the reader's language."""

import re
from collections.abc import Mapping

NBSP = "\N{NO-BREAK SPACE}"

# A dash never begins a line; a number stays with the word that says what it counts.
_RUSSIAN = (
    # (After a marker of a list or a cell it is no dash of a sentence.)
    re.compile(r"(?m)(?<!^-)(?<!^\*)(?<=[^\s|]) (?=—)"),
    re.compile(r"(?<=№) (?=[\dA-ZА-ЯЁ])"),
    re.compile(r"(?<=\d) (?=(?:г\.|гг\.|%|процент))"),
    re.compile(r"(?<=\d) (?=\((?:[a-z]|[IVX]+)\))"),
    re.compile(
        r"(?i:(?<=\bстатья)|(?<=\bстатьи)|(?<=\bправило)|(?<=\bпункт)|(?<=\bмодуль)) (?=\d)"
    ),
)
_RULES: Mapping[str, tuple[re.Pattern[str], ...]] = {"ru": _RUSSIAN}


def bound(text: str, language: str) -> str:
    """Give the text with no-break spaces where `language` wants them; its length stays the same."""
    for rule in _RULES.get(language, ()):
        text = rule.sub(NBSP, text)
    return text
