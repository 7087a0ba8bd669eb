"""What the pages of a course's content share: finding the topic, grouping passages, saying what a page costs."""

import math
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.http import Http404

from sabaq.courses.enums import SessionKind
from sabaq.courses.models import Edition, Session
from sabaq.courses.packs import Pack, Topic
from sabaq.courses.packs.parts import Block, Lesson, Picture, Term
from sabaq.courses.packs.render import (
    ShownBlock,
    ShownSlide,
    shown_sheet,
    shown_slide,
    terms_in,
    weight_of_pictures,
)
from sabaq.courses.queries import pack_of

# What a page of ours weighs around its text: frame, headers, and the request for it.
FRAME_BYTES = 3000


@dataclass(frozen=True)
class Passage:
    """Blocks in a row that share a language and a state of translation, so that one note serves them all."""

    language: str
    is_fallback: bool
    is_stale: bool
    blocks: tuple[ShownBlock, ...]


def topic_in(edition: Edition, key: str) -> tuple[Pack, Topic]:
    """Give the edition's pack and the topic, or answer 404."""
    pack = pack_of(edition.version)
    topic = pack.topic(key)
    if topic is None:
        raise Http404
    return pack, topic


def has_exercise(session: Session) -> bool:
    """Tell whether this session practises what an exercise of its topic asks."""
    topic = pack_of(session.edition.version).topic(session.topic) if session.topic else None
    return session.kind == SessionKind.PRACTICE and topic is not None and topic.exercise is not None


def passages_of(blocks: Iterable[ShownBlock]) -> list[Passage]:
    """Group blocks that follow each other in the same language and state."""
    passages: list[Passage] = []
    for block in blocks:
        last = passages[-1] if passages else None
        state = (block.language, block.is_fallback, block.is_stale)
        if last and state == (last.language, last.is_fallback, last.is_stale):
            passages[-1] = Passage(*state, (*last.blocks, block))
        else:
            passages.append(Passage(*state, (block,)))
    return passages


def words_of(blocks: Iterable[Block], glossary: Mapping[str, Term]) -> list[Term]:
    """Give the terms of the glossary that these blocks link to, in order, each once."""
    keys = dict.fromkeys(key for block in blocks for key in terms_in(block))
    return [glossary[key] for key in keys if key in glossary]


def as_read(
    shown: Iterable[ShownBlock], sources: Iterable[Block], glossary: Mapping[str, Term]
) -> dict[str, object]:
    """Give what `content/passages.html` reads of a sheet: its passages, and the words they use."""
    return {"passages": passages_of(shown), "words": words_of(sources, glossary)}


def sheet_as_read(pack: Pack, sheet: Lesson, language: str, *, today: date) -> dict[str, object]:
    """Give a job aid or an exercise as `as_read` gives a lesson."""
    return as_read(shown_sheet(pack, sheet, language, today=today), sheet.blocks, pack.glossary)


def kilobytes(text: str, pictures: Iterable[Picture] = ()) -> int:
    """Give what a page around `text` weighs compressed, in KB rounded up, with its pictures among these."""
    seen = weight_of_pictures(text, pictures)
    return math.ceil((len(zlib.compress(text.encode(), 6)) + FRAME_BYTES + seen) / 1000)


@lru_cache(maxsize=64)
def slides_of(pack: Pack, topic: str, language: str) -> tuple[ShownSlide, ...]:
    """Give a topic's slides in `language`, rendered once per process (a pack never changes)."""
    found = pack.topic(topic)
    deck = found.deck if found else None
    return tuple(shown_slide(slide, language, pack) for slide in deck.slides) if deck else ()
