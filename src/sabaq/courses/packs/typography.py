"""Quotation marks and spaces as the reader's language sets them, whatever the author's keyboard gave."""

import re
from collections.abc import Mapping

NBSP = "\N{NO-BREAK SPACE}"

_MONTHS = "январ|феврал|март|апрел|ма[йя]|июн|июл|август|сентябр|октябр|ноябр|декабр"
_RUSSIAN = (
    # A dash never begins a line. (After a marker of a list or a cell it is no dash of a sentence.)
    (re.compile(r"(?m)(?<!^-)(?<!^\*)(?<=[^\s|]) (?=—)"), NBSP),
    # A number stays with the word that says what it counts.
    (re.compile(r"(?<=№) (?=[\dA-ZА-ЯЁ])"), NBSP),
    (re.compile(rf"(?<=\d) (?=(?:г\.|гг\.|%|процент|{_MONTHS}))"), NBSP),
    (re.compile(r"(?i:(?<=\bмодуль)|(?<=\bправила,)|(?<=\bманделы,)) (?=\d)"), NBSP),
    (re.compile(r"(?<=\d) (?=\((?:[a-z]|[IVX]+)\))"), NBSP),
    (
        re.compile(r"(?i:(?<=\bстатья)|(?<=\bстатьи)|(?<=\bправило)|(?<=\bпункт)) (?=\d)"),
        NBSP,
    ),
)
_MONTHS_EN = "January|February|March|April|May|June|July|August|September|October|November|December"
_ENGLISH = (
    (re.compile(rf"(?<=\d) (?=(?:{_MONTHS_EN})\b)"), NBSP),
    (re.compile(r'(^|[\s(]\**|^\**)"(?=\S)'), r"\1“"),
    (re.compile(r'"'), "”"),
    (re.compile(r"(?<=\w)'(?=\w)|(?<=s)'(?=\s)"), "’"),
    (re.compile(r"(?<=\d) (?=\([a-z\d]+\))"), NBSP),
    (
        re.compile(
            r"(?i:(?<=\barticle)|(?<=\brule)|(?<=\brules,)|(?<=\bprinciple)|(?<=\brecommendation)) (?=\d)"
        ),
        NBSP,
    ),
)
_RULES: Mapping[str, tuple[tuple[re.Pattern[str], str], ...]] = {"en": _ENGLISH, "ru": _RUSSIAN}


def typeset(text: str, language: str) -> str:
    """Give the text set by the rules of `language`, if it has any here; its length stays the same."""
    for pattern, put in _RULES.get(language, ()):
        text = pattern.sub(put, text)
    return text
