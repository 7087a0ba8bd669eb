"""What an article may say and when it may go out. Pure: values in, values out."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from sabaq.kernel.few import FEW_ANSWERS
from sabaq.newsroom.enums import Step
from sabaq.newsroom.ports import Opinion

LANGUAGES = ("en", "ru")
SUMMARY_LENGTH = 300
_QUOTE = re.compile(r"^\[\[\s*quote\s*:\s*([\w-]+)\s*\]\][ \t]*$", re.MULTILINE)
# A few common words in a row are nobody's quotation.
_WORDS_OF_A_QUOTATION = 5


def quote_line(key: str) -> str:
    """Give the line that stands for a quote in a text."""
    return f"[[quote: {key}]]"


def quote_keys(body: str) -> list[str]:
    """Give the keys of the quotes named in `body`, in order."""
    return _QUOTE.findall(body)


def parts_of(body: str) -> list[tuple[str, str]]:
    """Give `body` in parts: ("prose", Markdown) and ("quote", key), without empty ones."""
    parts: list[tuple[str, str]] = []
    for index, piece in enumerate(_QUOTE.split(body)):
        if index % 2:
            parts.append(("quote", piece))
        elif piece.strip():
            parts.append(("prose", piece.strip()))
    return parts


def repeats(body: str, words: str) -> bool:
    """Tell whether `body` holds a sentence of `words` typed out, in whatever punctuation."""
    said = f" {_plain(body)} "
    sentences = (_plain(sentence) for sentence in re.split(r"[.!?…;]+\s", f"{words} "))
    return any(
        f" {sentence} " in said
        for sentence in sentences
        if len(sentence.split()) >= _WORDS_OF_A_QUOTATION
    )


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold().replace("ё", "е")))


def summary_of(markdown: str) -> str:
    """Give the beginning of a text in at most `SUMMARY_LENGTH` signs, cut after a whole word."""
    plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", markdown)
    plain = " ".join(re.sub(r"[*_#>`]+", "", plain).split())
    if len(plain) <= SUMMARY_LENGTH:
        return plain
    return plain[: SUMMARY_LENGTH - 1].rsplit(" ", 1)[0].rstrip(",;:— ") + "…"


def steps_asked_for(*, needs_donor: bool) -> tuple[Step, ...]:
    """Give the steps of the way out, in order."""
    return tuple(step for step in Step if needs_donor or step is not Step.DONOR)


def next_step(given: Collection[str], *, needs_donor: bool) -> Step | None:
    """Give the step that is due, or None once all are done."""
    return next((s for s in steps_asked_for(needs_donor=needs_donor) if s not in given), None)


class ShareInWords(StrEnum):
    """How large a part of those who answered agreed, as a sentence may say it."""

    ALL = "all"
    NEARLY_ALL = "nearly all"
    MORE_THAN_THREE_QUARTERS = "more than three quarters"
    MORE_THAN_TWO_THIRDS = "more than two thirds"
    MORE_THAN_HALF = "more than half"
    HALF = "half"
    FEWER_THAN_HALF = "fewer than half"


def share_in_words(agreed: int, answered: int) -> ShareInWords:
    """Give the strongest words that are true: never "all" unless all, "nearly all" from nine in ten on."""
    if agreed == answered:
        return ShareInWords.ALL
    if 10 * agreed >= 9 * answered:
        return ShareInWords.NEARLY_ALL
    if 4 * agreed > 3 * answered:
        return ShareInWords.MORE_THAN_THREE_QUARTERS
    if 3 * agreed > 2 * answered:
        return ShareInWords.MORE_THAN_TWO_THIRDS
    if 2 * agreed > answered:
        return ShareInWords.MORE_THAN_HALF
    return ShareInWords.HALF if 2 * agreed == answered else ShareInWords.FEWER_THAN_HALF


def may_be_told(opinion: Opinion | None) -> bool:
    """Tell whether enough have answered for a sentence about it."""
    return opinion is not None and opinion.answered >= FEW_ANSWERS


@dataclass(frozen=True)
class ChangedFact:
    """A fact that is no longer what it was when the text was drafted."""

    label: Any
    before: str
    now: str


_FACTS: Mapping[str, Any] = {
    "title": _("Title"),
    "first_day": _("First day"),
    "last_day": _("Last day"),
    "officers": _("Officers who took part"),
    "women": _("Women among them"),
    "countries": _("Countries"),
    "topics": _("Topics"),
    "trainers": _("Trainers"),
    "speakers": _("Speakers and their words"),
    "survey": _("Survey"),
    "projects": _("Projects"),
    "sub_programmes": _("Sub-programmes"),
    "programmes": _("Programmes"),
    "donors": _("Donors"),
    "contact": _("Contact"),
}


def changed_facts(then: Mapping[str, Any], now: Mapping[str, Any]) -> list[ChangedFact]:
    """Give the facts that differ, as words; facts of a text drafted before a fact was known count as empty."""
    return [
        ChangedFact(label, _shown(then.get(key)), _shown(now.get(key)))
        for key, label in _FACTS.items()
        if then.get(key) != now.get(key)
    ]


def _shown(value: Any) -> str:
    if value is None or value == []:
        return "—"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "; ".join(str(one) for one in value)
    return str(value)
