"""How far the work on a pack is: what it holds, how much is translated, how long its sentences are."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from statistics import median
from typing import Any

from sabaq.courses.packs.parts import Block, Pack, Slide, Texts

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_TARGET_OF_LINK = re.compile(r"\]\([^)]*\)")
_END_OF_SENTENCE = re.compile(r"(?<=[.!?:;])\s|\|")


@dataclass(frozen=True)
class Translation:
    """What is there of a pack in one language, in texts: `of` is what the source has."""

    language: str
    done: int
    of: int
    stale: int
    median_words: float


@dataclass(frozen=True)
class Progress:
    topics: int
    topics_complete: int
    items: int
    aids: int
    terms: int
    translations: tuple[Translation, ...]  # the source first


def progress_of(pack: Pack) -> Progress:
    """Count what a pack holds; texts that are asked in two places count once."""
    languages = (pack.source_language, *(x for x in pack.languages if x != pack.source_language))
    return Progress(
        topics=len(pack.topics),
        topics_complete=sum(not topic.is_outline for topic in pack.topics),
        items=len(pack.items),
        aids=len(pack.aids),
        terms=len(pack.glossary),
        translations=tuple(_translation(pack, language) for language in languages),
    )


def words_of(text: str) -> list[str]:
    """Give the words of a text; numbers are none."""
    return _WORD.findall(text)


def sentence_lengths(texts: Iterable[str]) -> list[int]:
    """Give the number of words of each sentence; a heading, a list entry and a cell is one, too."""
    lines = (_TARGET_OF_LINK.sub("]", line) for text in texts for line in text.split("\n"))
    parts = (part for line in lines for part in _END_OF_SENTENCE.split(line))
    return [count for part in parts if (count := len(words_of(part)))]


def _translation(pack: Pack, language: str) -> Translation:
    parts = list(_parts_of(pack, set()))
    texts = [text for part in parts for text in _texts_of(part) if text.get(pack.source_language)]
    sheets = [topic.lesson for topic in pack.topics] + [aid.sheet for aid in pack.aids.values()]
    read = [block.text.get(language, "") for sheet in sheets if sheet for block in sheet.blocks]
    lengths = sentence_lengths(read)
    return Translation(
        language=language,
        done=sum(bool(text.get(language)) for text in texts),
        of=len(texts),
        stale=pack.stale.get(language, 0)
        + sum(isinstance(part, Block | Slide) and language in part.stale for part in parts),
        median_words=median(lengths) if lengths else 0,
    )


def _parts_of(part: Any, seen: set[int]) -> Iterator[Any]:
    """Give `part` and all parts in it, each once however often a test or a topic names it."""
    if isinstance(part, Mapping):
        inside: Iterable[Any] = part.values()
    elif isinstance(part, tuple):
        inside = part
    elif is_dataclass(part) and id(part) not in seen:
        seen.add(id(part))
        yield part
        inside = (getattr(part, field.name) for field in fields(part))
    else:
        return
    for each in inside:
        yield from _parts_of(each, seen)


def _texts_of(part: Any) -> Iterator[Texts]:
    """Give the texts of a part that are its own."""
    for field in fields(part):
        if field.type is Texts:
            yield getattr(part, field.name)
